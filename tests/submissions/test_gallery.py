"""The gallery, and the same number of queries for one photo and for thirty."""

from __future__ import annotations

from datetime import timedelta

import pytest

from campaign.campaigns.models import Campaign
from campaign.db import db, transaction
from campaign.submissions.gallery import PublishedPhotos
from campaign.submissions.models import SubmissionState
from campaign.submissions.queries import newer_and_older
from campaign.submissions.views import BLANK, photo_view
from tests.counting import statements
from tests.factories import add_photos, make_campaign
from tests.people import Someone
from tests.submissions.conftest import stored

gallery = PublishedPhotos()


@pytest.fixture
def wide(marketer: Someone) -> Campaign:
    return make_campaign(marketer.actor, slug="wide", title="Wide", entry_limit=100)


def test_newest_come_first_and_every_photo_once(wide: Campaign, fan: Someone) -> None:
    assert fan.person_id is not None
    sent = add_photos(wide, fan.person_id, 65)
    with transaction():
        for number, submission in enumerate(sent):
            submission.published_at = wide.opens_at + timedelta(minutes=number // 2)

    seen, cursor = [], None
    for expected in (30, 30, 5):
        page = gallery.hall(wide, {}, cursor=cursor).page
        assert len(page.items) == expected
        seen, cursor = [*seen, *page.items], page.next_cursor

    assert cursor is None
    assert len({photo.id for photo in seen}) == 65
    assert [photo.published_at for photo in seen] == sorted((photo.published_at for photo in seen), reverse=True)


def test_only_published_photos_hang(wide: Campaign, fan: Someone) -> None:
    assert fan.person_id is not None
    for number, state in enumerate(SubmissionState, start=1):
        if state.value not in {"rejected", "withdrawn", "expired"}:
            add_photos(wide, fan.person_id, state=state, first_entry=number)

    assert [photo.state for photo in gallery.hall(wide, {}, cursor=None).page.items] == ["published"]


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/campaigns/wide/submissions",
        "/api/v1/me/submissions",
        "/c/wide",
        "/me/photos",
        "/desk/c/wide/moderation",
    ],
)
def test_lists_take_the_same_queries_for_1_and_30(wide: Campaign, fan: Someone, admin: Someone, path: str) -> None:
    someone = admin if "desk" in path else fan
    assert fan.person_id is not None
    state = SubmissionState.READY if "desk" in path else SubmissionState.PUBLISHED
    counts = []
    for first, count in ((1, 1), (2, 29)):
        add_photos(wide, fan.person_id, count, state, first_entry=first)
        someone.browser.get(path)
        db.session.remove()
        with statements() as sent:
            assert someone.browser.get(path).status_code == 200
        counts.append(len(sent))

    assert counts[0] == counts[1]
    assert counts[0] <= 25


def test_neighbours_lead_through_the_gallery(wide: Campaign, fan: Someone) -> None:
    assert fan.person_id is not None
    oldest, middle, newest = (one.id for one in add_photos(wide, fan.person_id, 3))
    with transaction():
        for number, one in enumerate((oldest, middle, newest)):
            stored(one).published_at = wide.opens_at + timedelta(minutes=number)

    newer, older = newer_and_older(stored(middle))

    assert newer is not None
    assert older is not None
    assert (newer.id, older.id) == (newest, oldest)
    assert newer_and_older(stored(newest))[0] is None
    assert newer_and_older(stored(oldest))[1] is None


def test_cover_counts_and_entries_left(wide: Campaign, campaign: Campaign, fan: Someone, anonymous: Someone) -> None:
    assert fan.person_id is not None
    add_photos(wide, fan.person_id, 2)
    newest = add_photos(wide, fan.person_id, first_entry=3)[0].id
    add_photos(wide, fan.person_id, state=SubmissionState.READY, first_entry=4)

    counts = gallery.counts([wide.id, campaign.id])

    assert gallery.covers([wide.id, campaign.id])[wide.id].id == newest
    assert campaign.id not in gallery.covers([wide.id, campaign.id])
    assert (counts[wide.id]["published"], counts[wide.id]["ready"], counts[campaign.id]["published"]) == (3, 1, 0)
    assert gallery.entries_left(wide, fan.actor) == 96
    assert gallery.entries_left(wide, anonymous.actor) is None


def test_view_offers_the_rendition_that_fits(wide: Campaign, fan: Someone) -> None:
    assert fan.person_id is not None
    submission = stored(add_photos(wide, fan.person_id)[0].id)
    photo = photo_view(submission, fan.actor)

    assert photo.src("1280").endswith("/640.webp")
    assert photo.src("320").endswith("/320.webp")
    assert photo.src("100").endswith("/320.webp")
    assert photo.srcset.count("w") >= 2
    assert photo.mine
    assert photo.placeholder.startswith("data:image/png;base64,")


def test_view_of_a_photo_on_its_way_has_no_picture(wide: Campaign, fan: Someone) -> None:
    assert fan.person_id is not None
    submission = stored(add_photos(wide, fan.person_id, state=SubmissionState.RECEIVED)[0].id)
    submission.photo.renditions = []
    submission.photo.thumbhash = None
    photo = photo_view(submission)

    assert (photo.width, photo.src("640"), photo.srcset, photo.placeholder) == (None, BLANK, "", "")
