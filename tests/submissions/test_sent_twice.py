"""What a fan reads and may say about a photo that was put aside as sent before; and what the desk may say for them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from campaign.accounts.audit import AuditEntry
from campaign.campaigns.models import Campaign
from campaign.db import db, transaction
from campaign.submissions.models import DUPLICATE, SubmissionState
from campaign.submissions.words import ENTRY_BACK, KEPT_FIRST, ONE_PHOTO, TWO_PHOTOS
from tests.counting import statements
from tests.factories import add_photos
from tests.people import Someone
from tests.submissions.conftest import stored

SENT_FIRST = datetime(2026, 5, 3, 9, 12, tzinfo=UTC)
BUTTON = "They are two different photos"
PAGES = {"fan": "/me/photos/{}/distinct", "staff": "/desk/photos/{}/distinct"}
API = "/api/v1/submissions/{}/distinct"


def put_aside(campaign: Campaign, fan: Someone, count: int = 1, *, first_entry: int = 1) -> list[UUID]:
    """A photo of 3 May, and as many others that were taken for copies of it; the first one's id comes first."""
    assert fan.person_id is not None
    first, *copies = add_photos(campaign, fan.person_id, count + 1, SubmissionState.READY, first_entry)
    with transaction(), db.session.no_autoflush:
        first.created_at = SENT_FIRST
        for one in copies:
            one.state, one.reason, one.duplicate_of_id = SubmissionState.REJECTED, DUPLICATE, first.id
            one.entry_number, one.rejected_at = None, one.received_at
            one.photo.renditions = []
    return [first.id, *(one.id for one in copies)]


def told(fan: Someone, submission_id: UUID) -> dict[str, Any]:
    document: dict[str, Any] = fan.browser.get(f"/api/v1/me/submissions/{submission_id}").json
    return document


def send_the_same_file(first: UUID, copy: UUID) -> None:
    with transaction():
        stored(copy).photo.sha256 = stored(first).photo.sha256


def test_the_fan_reads_kind_words_with_the_day_of_the_first(campaign: Campaign, fan: Someone) -> None:
    first, copy = put_aside(campaign, fan)

    document = told(fan, copy)

    assert document["words"] == {
        "title": KEPT_FIRST,
        "sentence": "You sent the same photo on Sunday 3 May, 10:12, so we kept that one and gave your entry back.",
        "next_step": TWO_PHOTOS,
    }
    assert (document["duplicate_of"], document["can_keep"], document["reason_code"]) == (str(first), True, DUPLICATE)
    steps = [step["step"] for step in document["timeline"]]  # type: ignore[attr-defined]  # a list of objects
    assert steps == ["received", "duplicate"]


def test_my_photos_lead_to_the_first_and_have_a_button(campaign: Campaign, fan: Someone) -> None:
    first, copy = put_aside(campaign, fan)

    page = fan.browser.get("/me/photos").text

    assert (page.count(BUTTON), page.count(KEPT_FIRST)) == (1, 2)
    assert f'href="/photos/{first}">See the one we kept' in page
    assert f'action="/me/photos/{copy}/distinct"' in page
    assert ENTRY_BACK not in page
    assert (page.count("Put aside, until you tell us."), page.count("No picture is kept")) == (1, 0)


def test_the_very_same_file_is_one_photo(campaign: Campaign, fan: Someone, staff: Someone) -> None:
    first, copy = put_aside(campaign, fan)
    send_the_same_file(first, copy)

    refused = fan.browser.post(API.format(copy))

    page = fan.browser.get("/me/photos").text
    lines = (BUTTON, "We kept the one you sent first.", "No picture is kept")
    assert [page.count(line) for line in lines] == [0, 1, 0]
    assert BUTTON not in staff.browser.get(f"/desk/c/flaunt-your-city/moderation?state=rejected&photo={copy}").text
    assert (told(fan, copy)["can_keep"], told(fan, copy)["words"]["next_step"]) == (False, ONE_PHOTO)
    assert (refused.status_code, refused.json["code"]) == (409, "same_file")


@pytest.mark.parametrize("who", ["fan", "staff"])
@pytest.mark.parametrize("way", ["page", "api"])
def test_the_fan_and_the_desk_may_say_that_it_is_another(
    campaign: Campaign, fan: Someone, staff: Someone, who: str, way: str
) -> None:
    _, copy = put_aside(campaign, fan)
    someone = {"fan": fan, "staff": staff}[who]

    answer = someone.browser.post((PAGES[who] if way == "page" else API).format(copy))

    kept = stored(copy)
    assert answer.status_code == (302 if way == "page" else 200)
    assert (kept.state, kept.is_distinct, kept.duplicate_of_id) == (SubmissionState.RECEIVED, True, None)
    audited = db.session.scalars(select(AuditEntry.action).where(AuditEntry.subject_id == copy)).all()
    assert audited == (["submission.kept_as_distinct"] if who == "staff" else [])


def test_what_cannot_be_kept_any_more_is_said_on_the_next_page(campaign: Campaign, fan: Someone) -> None:
    first, copy = put_aside(campaign, fan)
    send_the_same_file(first, copy)

    page = fan.browser.post(PAGES["fan"].format(copy), follow_redirects=True).text

    assert "These two are the very same file" in page
    assert stored(copy).state is SubmissionState.REJECTED


@pytest.mark.parametrize("path", [PAGES["fan"], API])
def test_others_learn_nothing_of_it(campaign: Campaign, fan: Someone, other_fan: Someone, path: str) -> None:
    _, copy = put_aside(campaign, fan)

    assert other_fan.browser.post(path.format(copy)).status_code == 404
    assert stored(copy).state is SubmissionState.REJECTED


def test_the_desk_reads_that_it_was_sent_twice(campaign: Campaign, fan: Someone, staff: Someone) -> None:
    first, copy = put_aside(campaign, fan)
    query = "/desk/c/flaunt-your-city/moderation?state=rejected"

    page = staff.browser.get(f"{query}&photo={copy}").text
    document = staff.browser.get(f"/api/v1/submissions/{copy}/moderation").json

    assert "Sent twice" in page
    assert f"photo={first}" in page
    assert f'action="/desk/photos/{copy}/distinct?state=rejected"' in page
    assert document["duplicate_of"] == str(first)


@pytest.mark.parametrize("path", ["/me/photos", "/api/v1/me/submissions"])
def test_many_copies_cost_no_more_queries_than_one(campaign: Campaign, fan: Someone, path: str) -> None:
    put_aside(campaign, fan)
    fan.browser.get(path)
    with statements() as one:
        fan.browser.get(path)
    put_aside(campaign, fan, 12, first_entry=2)
    with statements() as many:
        fan.browser.get(path)

    assert len(many) == len(one)
