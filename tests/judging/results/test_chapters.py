"""What fans read about judging in their photo's timeline, and that nothing of it leaks before the announcement."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from campaign.campaigns.lifecycle import move_campaign
from campaign.campaigns.models import Campaign, State
from campaign.clock import database_now
from campaign.db import db, transaction
from campaign.judging.life.plan import Plan, Source
from campaign.judging.life.rounds import create_round, move_round
from campaign.judging.models import Round, RoundStage
from campaign.judging.results.selection import choose
from campaign.submissions.journey import present_words, timelines
from campaign.submissions.models import Submission
from campaign.submissions.queries import submission_of
from tests.counting import statements
from tests.factories import add_photos, make_campaign
from tests.people import Someone


def told(photo: Submission) -> list[tuple[str, bool]]:
    """The photo's steps after the gallery, and whether each has happened."""
    steps = timelines([submission_of(photo.id)])[photo.id]
    return [(step.step, step.done) for step in steps if step.step not in ("received", "looked_at", "published")]


def in_the_api(fan: Someone, photo: Submission) -> list[dict[str, Any]]:
    timeline: list[dict[str, Any]] = fan.browser.get(f"/api/v1/me/submissions/{photo.id}").json["timeline"]
    return timeline


@pytest.fixture
def chosen(closed_round: Round, photos: list[Submission], marketer: Someone) -> list[Submission]:
    """The first photo wins, the second is a finalist; the rest are neither. Nothing is announced."""
    with transaction():
        choose(marketer.actor, closed_round, finalists=[photos[1].id], winners=[photos[0].id])
    return photos


def test_jury_lies_ahead_until_a_round_opens(draft_round: Round, photos: list[Submission]) -> None:
    assert told(photos[0]) == [("with_jury", False), ("announcement", False)]


def test_photo_is_in_the_jurys_hands_since_the_round_opened(open_round: Round, photos: list[Submission]) -> None:
    steps = {step.step: step.at for step in timelines([submission_of(photos[0].id)])[photos[0].id]}

    assert steps["with_jury"] == open_round.opened_at
    assert told(photos[0]) == [("with_jury", True), ("announcement", False)]


def test_photo_stays_in_the_jurys_hands_after_the_round(closed_round: Round, photos: list[Submission]) -> None:
    assert told(photos[0]) == [("with_jury", True), ("announcement", False)]


def test_page_says_so_in_words(open_round: Round, photos: list[Submission], fan: Someone) -> None:
    page = fan.browser.get("/me/photos").text

    assert "In the jury&#39;s hands</h2>" in page
    assert "The cast look at every photo in the gallery" in page


def test_nothing_tells_chosen_photos_from_others_before_the_announcement(
    chosen: list[Submission], fan: Someone
) -> None:
    ways = [[(step["step"], step["at"], step["words"]) for step in in_the_api(fan, photo)] for photo in chosen]
    after_the_gallery = [[step for step in way if step[0] in ("with_jury", "announcement")] for way in ways]
    page = fan.browser.get("/me/photos").text

    assert [len(way) for way in ways] == [5] * 4
    assert all(way == after_the_gallery[0] for way in after_the_gallery)
    assert "winner" not in page.lower().replace("winners are shown", "")
    assert "finalist" not in page.lower().replace("finalists and", "")


def test_a_second_round_does_not_tell_who_came_so_far(
    closed_round: Round, photos: list[Submission], marketer: Someone
) -> None:
    before = [timelines([submission_of(photo.id)])[photo.id] for photo in photos]
    with transaction():
        second = create_round(
            marketer.actor, closed_round.campaign_id, Plan(title="Final", quorum=2, source=Source(closed_round.id, 2))
        )
        move_round(marketer.actor, second.id, RoundStage.OPEN)

    while_open = [timelines([submission_of(photo.id)])[photo.id] for photo in photos]
    with transaction():
        move_round(marketer.actor, second.id, RoundStage.CLOSED)
    afterwards = [timelines([submission_of(photo.id)])[photo.id] for photo in photos]

    assert before == while_open == afterwards


def test_announcement_tells_each_its_own(
    closed_campaign: Campaign, chosen: list[Submission], marketer: Someone, fan: Someone
) -> None:
    with transaction():
        move_campaign(marketer.actor, closed_campaign.id, State.ANNOUNCED)

    assert [told(photo)[-1] for photo in chosen] == [
        ("winner", True),
        ("finalist", True),
        ("not_this_time", True),
        ("not_this_time", True),
    ]
    third = in_the_api(fan, chosen[2])[-1]
    assert third["words"] == "Out of 4 photos the cast chose 2, and 2 judges looked at yours. It stays in the gallery."
    page = fan.browser.get("/me/photos").text
    for title in ("A winner</h2>", "A finalist</h2>", "Not this time</h2>"):
        assert title in page


def test_embargo_is_a_rule_of_time(closed_campaign: Campaign, chosen: list[Submission]) -> None:
    with transaction():
        closed_campaign.announces_at = database_now() + timedelta(hours=1)
    before = told(chosen[0])
    with transaction():
        closed_campaign.announces_at = announced_at = database_now() - timedelta(seconds=1)

    winner = timelines([submission_of(chosen[0].id)])[chosen[0].id][-1]

    assert before[-1] == ("announcement", False)
    assert (winner.step, winner.at) == ("winner", announced_at)


def test_words_of_now_follow_the_last_step(
    closed_campaign: Campaign, chosen: list[Submission], marketer: Someone
) -> None:
    with transaction():
        move_campaign(marketer.actor, closed_campaign.id, State.ANNOUNCED)
    winner = submission_of(chosen[0].id)

    words = present_words(winner, timelines([winner])[winner.id])

    assert (words.title, words.sentence) == ("A winner", "Your photo won. Come and see it on the winners' page.")


def test_chapters_take_the_same_queries_for_1_and_30(
    app: Flask, closed_campaign: Campaign, chosen: list[Submission], marketer: Someone, fan: Someone
) -> None:
    assert fan.person_id is not None
    with transaction():
        move_campaign(marketer.actor, closed_campaign.id, State.ANNOUNCED)
    other = make_campaign(marketer.actor, slug="wide", title="Wide", entry_limit=100)
    rest = add_photos(other, fan.person_id, 29)
    counts = []
    for ids in ([chosen[0].id], [chosen[0].id, *(photo.id for photo in rest)]):
        found = [submission_of(one) for one in ids]
        with statements() as sent:
            timelines(found)
        counts.append(len(sent))
        db.session.expire_all()

    assert counts[0] == counts[1]


def test_round_of_a_category_concerns_its_photos_alone(
    closed_campaign: Campaign, photos: list[Submission], marketer: Someone, cast_member: Someone
) -> None:
    assert cast_member
    with transaction():
        closed_campaign.categories = ["Streets"]
        photos[1].category = "Streets"
    with transaction():
        streets = Plan(title="Streets", quorum=1, source=Source(category="Streets"))
        move_round(marketer.actor, create_round(marketer.actor, closed_campaign.id, streets).id, RoundStage.OPEN)

    assert [told(one)[0] for one in photos[:3]] == [("with_jury", False), ("with_jury", True), ("with_jury", False)]
