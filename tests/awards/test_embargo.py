"""The embargo, proved: before the instant nothing that anybody but the desk can fetch depends on who was chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from campaign.accounts.audit import AuditEntry
from campaign.awards.releases import ask_for_release
from campaign.awards.words import write_words
from campaign.campaigns.announcement import record_announcement, schedule_announcement
from campaign.campaigns.models import Campaign
from campaign.clock import database_now
from campaign.db import db, transaction
from campaign.errors import Conflict
from campaign.extensions import storage
from campaign.judging.models import Round
from campaign.judging.panel import pages
from campaign.judging.results.selection import chosen_photos, selection_of
from campaign.submissions import pages as photo_pages
from campaign.submissions.models import Submission
from campaign.submissions.moderation import decline_submission
from campaign.web.times import iso
from tests.awards.chosen import announce_at, choose_nobody, choose_photos
from tests.awards.crawl import Crawl, crawl, differences
from tests.people import Someone

AHEAD = timedelta(days=30, hours=12)
WINNERS = "/c/flaunt-your-city/winners"
API_WINNERS = "/api/v1/campaigns/flaunt-your-city/winners"


@pytest.fixture
def public(fan: Someone, other_fan: Someone, cast_member: Someone, anonymous: Someone) -> list[Someone]:
    """Everybody who is not of the desk; the fan is the one who wins."""
    return [fan, other_fan, cast_member, anonymous]


@pytest.fixture
def crawled(app: Flask, public: list[Someone]) -> Callable[..., Crawl]:
    return lambda *under: crawl(app, public, under or ("/",))


@pytest.fixture
def pictures(photos: list[Submission]) -> Iterator[None]:
    """Something in the store for every rendition, so that pictures answer as they do in earnest."""
    keys = [rendition.key for photo in photos for rendition in photo.photo.renditions]
    for key in keys:
        storage().put_bytes(key, b"picture", content_type="image/webp")
    yield
    for key in keys:
        storage().delete(key)


@pytest.mark.usefixtures("pictures")
def test_nobody_can_tell_who_was_chosen(
    campaign: Campaign, judged: Round, photos: list[Submission], marketer: Someone, crawled: Callable[..., Crawl]
) -> None:
    announce_at(campaign.id, AHEAD)
    choose_photos(marketer.actor, judged, [photos[0]], [photos[2]])
    some = crawled()
    choose_nobody(campaign.id)
    nobody = crawled()

    assert differences(some, nobody) == []
    assert {answer[0] for answer in some.values()} >= {200, 302, 401, 403, 404}
    assert len([answer for answer in some.values() if answer[0] == 200]) > 100


def test_a_question_is_seen_by_its_fan_alone(
    embargo: Campaign, marketer: Someone, public: list[Someone], fan: Someone, crawled: Callable[..., Crawl]
) -> None:
    with transaction():
        write_words(marketer.actor, embargo.id, "May we?")
    before = crawled("/me/", "/api/v1/me/", "/c/")
    with transaction():
        release = ask_for_release(
            marketer.actor, embargo.id, [one.submission_id for one in chosen_photos(embargo.id)][:1]
        )
    question, nothing = f"/me/releases/{release.made[0].id}", f"/me/releases/{embargo.id}"
    after = crawled("/me/", "/api/v1/me/", "/c/")

    told = {where for where in after if where not in before or after[where] != before[where]}
    assert {who for who, address in told if after[who, address][0] == 200} == {"fan"}
    for who in ("other_fan", "cast_member"):
        assert after[who, question] == before[who, nothing]
    assert after["anonymous", question][0] == before["anonymous", nothing][0] == 302


def test_the_question_does_not_say_what_the_photo_became(embargo: Campaign, marketer: Someone, fan: Someone) -> None:
    with transaction():
        write_words(marketer.actor, embargo.id, "May we?")
        release = ask_for_release(marketer.actor, embargo.id).made[0]

    listed = fan.browser.get("/api/v1/me/releases").json["data"]
    page = fan.browser.get(f"/me/releases/{release.id}").get_data(as_text=True).lower()

    assert not {"award", "place", "winner", "finalist"} & set(listed[0])
    assert "finalist" not in page
    assert "you won" not in page


def _forget_the_embargo(monkeypatch: pytest.MonkeyPatch) -> None:
    """A winners' page that shows whom it has."""
    view = pages.view_campaign
    monkeypatch.setattr(pages, "view_campaign", lambda one: replace(view(one), announced_at=one.announces_at))


def _lengthen_a_name_by_a_blank(monkeypatch: pytest.MonkeyPatch) -> None:
    """One blank more, on the pages of photos that were chosen."""
    view = photo_pages.photo_view

    def leaking(submission: Submission, *rest: Any, **more: Any) -> Any:
        shown = view(submission, *rest, **more)
        is_chosen = submission.id in selection_of(submission.campaign_id)
        return replace(shown, caption=f"{shown.caption} ") if is_chosen else shown

    monkeypatch.setattr(photo_pages, "photo_view", leaking)


@pytest.mark.parametrize("leak", [_forget_the_embargo, _lengthen_a_name_by_a_blank])
def test_the_proof_notices_a_leak(
    embargo: Campaign,
    judged: Round,
    photos: list[Submission],
    marketer: Someone,
    crawled: Callable[..., Crawl],
    monkeypatch: pytest.MonkeyPatch,
    leak: Callable[[pytest.MonkeyPatch], None],
) -> None:
    leak(monkeypatch)
    first = crawled("/c/flaunt-your-city/w", "/photos/")
    choose_photos(marketer.actor, judged, [photos[3]])

    told = differences(first, crawled("/c/flaunt-your-city/w", "/photos/"))

    assert {who for who, _ in told} == {"fan", "other_fan", "cast_member", "anonymous"}


def test_from_the_instant_on_the_winners_are_there_though_nobody_wrote_it_down(
    embargo: Campaign, chosen: list[Submission], anonymous: Someone
) -> None:
    assert chosen[0].caption not in anonymous.browser.get(WINNERS).get_data(as_text=True)
    assert anonymous.browser.get(API_WINNERS).json == {"data": [], "next_cursor": None, "announced_at": None}

    announce_at(embargo.id, timedelta(seconds=-1))

    page = anonymous.browser.get(WINNERS).get_data(as_text=True)
    told = anonymous.browser.get(API_WINNERS).json
    assert f"/photos/{chosen[1].id}" in page
    assert chosen[0].photo.renditions[0].key in page
    assert [(one["award"], one["place"], one["submission"]["id"]) for one in told["data"]] == [
        ("winner", 1, str(chosen[0].id)),
        ("finalist", None, str(chosen[1].id)),
    ]
    assert told["announced_at"].endswith("Z")
    assert embargo.announced_at is None


def test_writing_it_down_changes_nothing_that_is_seen(
    embargo: Campaign, chosen: list[Submission], anonymous: Someone
) -> None:
    announce_at(embargo.id, timedelta(seconds=-1))
    before = anonymous.browser.get(API_WINNERS).json

    with transaction():
        assert record_announcement(embargo.id)

    assert anonymous.browser.get(API_WINNERS).json == before


def test_the_early_page_says_when(embargo: Campaign, anonymous: Someone) -> None:
    page = anonymous.browser.get(WINNERS).get_data(as_text=True)

    assert "Not yet" in page
    assert f'<time datetime="{iso(embargo.announces_at)}"' in page


def test_from_the_instant_on_the_choice_stays(
    embargo: Campaign, judged: Round, photos: list[Submission], marketer: Someone, staff: Someone
) -> None:
    with pytest.raises(Conflict, match="chosen as a winner"), transaction():
        decline_submission(staff.actor, photos[0].id, "Not sharp enough.")
    choose_photos(marketer.actor, judged, [photos[0]], [photos[1]])

    announce_at(embargo.id, timedelta(seconds=-1))

    with pytest.raises(Conflict, match="announced"):
        choose_photos(marketer.actor, judged, [photos[3]])
    with transaction():
        decline_submission(staff.actor, photos[1].id, "Its fan asked us to.")
    assert [one.submission_id for one in chosen_photos(embargo.id)] == [photos[0].id]


def test_an_arranged_announcement_keeps_a_winner(
    embargo: Campaign, judged: Round, photos: list[Submission], marketer: Someone
) -> None:
    with pytest.raises(Conflict, match="needs a winner"):
        choose_photos(marketer.actor, judged, [], [photos[0]])
    with transaction():
        schedule_announcement(marketer.actor, embargo.id, database_now() + timedelta(hours=1))


def test_a_choice_is_in_the_audit_log(judged: Round, photos: list[Submission], marketer: Someone) -> None:
    choose_photos(marketer.actor, judged, [photos[0]], [photos[2]])

    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "selection.made")).one()
    assert (entry.actor_id, entry.subject_id) == (marketer.person_id, judged.id)
    assert entry.details == {"winners": [str(photos[0].id)], "finalists": [str(photos[2].id)]}
