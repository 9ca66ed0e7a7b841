"""Judging for programs: each call works, outsiders are refused, bad input is told."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from campaign.campaigns.lifecycle import move_campaign
from campaign.campaigns.models import Campaign, State
from campaign.db import db, transaction
from campaign.judging.life.rounds import Plan, create_round
from campaign.judging.models import Round
from campaign.submissions.models import Submission, SubmissionState
from tests.counting import statements
from tests.factories import add_photos, make_campaign
from tests.people import Someone

API = "/api/v1"
ROUNDS = f"{API}/campaigns/flaunt-your-city/rounds"


def url(judged: Round, *rest: str) -> str:
    return "/".join([API, "rounds", str(judged.id), *rest])


def ballot(assignment: dict[str, Any]) -> str:
    return f"{API}/assignments/{assignment['id']}/ballot"


def test_a_round_from_draft_to_winners(
    closed_campaign: Campaign,
    photos: list[Submission],
    marketer: Someone,
    cast_member: Someone,
    other_cast_member: Someone,
    anonymous: Someone,
) -> None:
    made = marketer.browser.post(ROUNDS, json={"title": "First look", "method": "stars", "quorum": 2})
    assert (made.status_code, made.json["state"], made.json["panel_size"]) == (201, "draft", 2)
    round_url = f"{API}/rounds/{made.json['id']}"
    opened = marketer.browser.post(f"{round_url}/transitions", json={"to": "open"})
    assert (opened.status_code, opened.json["state"]) == (200, "open")

    for judge in (cast_member, other_cast_member):
        waiting = judge.browser.get(f"{round_url}/next?limit=1").json["data"][0]
        for number in range(4):
            stars = 5 - [str(photo.id) for photo in photos].index(waiting["submissions"][0]["id"])
            answer = judge.browser.put(ballot(waiting), json={"stars": stars}).json
            assert answer["assignment"] == {**waiting, "stars": stars, "scores": {"Overall": stars}}
            progress = answer["progress"]
            assert [progress[name] for name in ("done", "total", "skipped")] == [number + 1, 4, 0]
            waiting = answer["next"]
        assert waiting is None

    closed = marketer.browser.post(f"{round_url}/transitions", json={"to": "closed"})
    assert (closed.json["state"], closed.json["ballots"], len(closed.json["seal"])) == ("closed", 8, 64)
    rows = marketer.browser.get(f"{round_url}/results").json["data"]
    assert [(row["rank"], row["submission"]["id"], row["raw"]["mean"]) for row in rows] == [
        (place, str(photo.id), 6.0 - place) for place, photo in enumerate(photos, start=1)
    ]

    chosen = marketer.browser.put(
        f"{round_url}/selection", json={"finalists": [str(photos[1].id)], "winners": [str(photos[0].id)]}
    )
    assert [(one["award"], one["place"]) for one in chosen.json["data"]] == [("winner", 1), ("finalist", None)]
    winners = f"{API}/campaigns/flaunt-your-city/winners"
    assert anonymous.browser.get(winners).json == {"data": [], "next_cursor": None, "announced_at": None}
    moved = marketer.browser.post(f"{API}/campaigns/flaunt-your-city/transitions", json={"to": "announced"})
    assert moved.status_code == 200
    told = anonymous.browser.get(winners).json
    assert [(one["award"], one["place"], one["submission"]["id"]) for one in told["data"]] == [
        ("winner", 1, str(photos[0].id)),
        ("finalist", None, str(photos[1].id)),
    ]
    assert told["announced_at"].endswith("Z")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"quorum": 1}, "title"),
        ({"title": "x", "quorum": "many"}, "quorum"),
        ({"title": "x", "quorum": 10**30}, "quorum"),
        ({"title": "x", "quorum": 1, "method": "pairs"}, "method"),
        ({"title": "x", "quorum": 1, "panel": ["somebody"]}, "panel"),
        ({"title": "x", "quorum": 1, "panel": [str(uuid4())]}, "panel"),
        ({"title": "x", "quorum": 1, "closes_at": "2020-01-01T00:00:00Z"}, "closes_at"),
        ({"title": "x", "quorum": 1, "closes_at": "9999-12-31T23:59:59-12:00"}, "closes_at"),
        ({"title": "\x00", "quorum": 1}, "title"),
    ],
)
@pytest.mark.usefixtures("closed_campaign", "cast_member")
def test_a_round_that_cannot_be_is_told_by_field(marketer: Someone, body: dict[str, Any], field: str) -> None:
    answer = marketer.browser.post(ROUNDS, json=body)

    assert answer.status_code == 422
    assert any(name.split(".")[0] == field for name in answer.json["fields"])


@pytest.mark.parametrize(("name", "status"), [("anonymous", 401), ("fan", 403), ("cast_member", 403), ("staff", 403)])
def test_others_do_not_run_rounds(
    request: pytest.FixtureRequest, draft_round: Round, photos: list[Submission], name: str, status: int
) -> None:
    browser = request.getfixturevalue(name).browser

    answers = [
        browser.post(ROUNDS, json={"title": "Mine", "quorum": 1}),
        browser.post(url(draft_round, "transitions"), json={"to": "open"}),
        browser.get(f"{API}/campaigns/flaunt-your-city/cast"),
    ]

    assert [one.status_code for one in answers] == [status] * 3


@pytest.mark.parametrize(("name", "status"), [("anonymous", 404), ("fan", 404), ("cast_member", 403)])
def test_results_and_choice_are_the_desks(
    request: pytest.FixtureRequest, closed_round: Round, photos: list[Submission], name: str, status: int
) -> None:
    browser = request.getfixturevalue(name).browser

    results = browser.get(url(closed_round, "results"))
    chosen = browser.put(url(closed_round, "selection"), json={"winners": [str(photos[0].id)]})

    assert (results.status_code, chosen.status_code) == (status, status)


def test_a_withdrawn_photo_leaves_the_result_and_its_rank_empty(
    closed_round: Round, photos: list[Submission], staff: Someone
) -> None:
    with transaction():
        photos[0].state, photos[0].published_at, photos[0].entry_number = SubmissionState.WITHDRAWN, None, None

    rows = staff.browser.get(url(closed_round, "results")).json["data"]

    assert [row["rank"] for row in rows] == [2, 2, 4]


def test_results_come_in_pages(closed_round: Round, staff: Someone) -> None:
    pages, cursor = [], None
    while True:
        query = {"limit": 3, **({"cursor": cursor} if cursor else {})}
        page = staff.browser.get(url(closed_round, "results"), query_string=query).json
        pages.append([row["rank"] for row in page["data"]])
        cursor = page["next_cursor"]
        if cursor is None:
            break

    assert pages == [[1, 2, 2], [4]]
    assert staff.browser.get(url(closed_round, "results"), query_string={"cursor": "x"}).status_code == 422


def test_transitions_that_do_not_fit_are_explained(draft_round: Round, marketer: Someone) -> None:
    early = marketer.browser.post(url(draft_round, "transitions"), json={"to": "closed"})
    empty = marketer.browser.post(url(draft_round, "transitions"), json={"to": "open"})
    strange = marketer.browser.post(url(draft_round, "transitions"), json={"to": "draft"})

    assert [(one.status_code, one.json["code"]) for one in (early, empty)] == [(409, "illegal_transition")] * 2
    assert strange.status_code == 422


def test_what_is_not_there_is_not_found(marketer: Someone, cast_member: Someone) -> None:
    nowhere = f"{API}/rounds/{uuid4()}"

    answers = [
        marketer.browser.get(nowhere),
        marketer.browser.get(f"{nowhere}/results"),
        marketer.browser.post(f"{nowhere}/transitions", json={"to": "open"}),
        marketer.browser.put(f"{nowhere}/selection", json={"winners": []}),
        cast_member.browser.get(f"{nowhere}/next"),
        cast_member.browser.put(f"{API}/assignments/{uuid4()}/ballot", json={"stars": 1}),
        marketer.browser.get(f"{API}/campaigns/nowhere/rounds"),
        marketer.browser.get(f"{API}/campaigns/nowhere/winners"),
    ]

    assert {one.status_code for one in answers} == {404}


def test_the_cast_are_listed_for_the_marketer(
    closed_campaign: Campaign, marketer: Someone, cast_member: Someone, other_cast_member: Someone
) -> None:
    people = marketer.browser.get(f"{API}/campaigns/{closed_campaign.slug}/cast").json["data"]

    assert {UUID(one["id"]) for one in people} == {cast_member.person_id, other_cast_member.person_id}


def test_listing_rounds_asks_as_often_for_30_as_for_1(
    draft_round: Round, closed_campaign: Campaign, marketer: Someone
) -> None:
    counts = []
    for more in (0, 29):
        for number in range(more):
            with transaction():
                create_round(marketer.actor, closed_campaign.id, Plan(title=f"Round {number}", quorum=1))
        db.session.expire_all()
        marketer.browser.get(ROUNDS)
        with statements() as queries:
            assert len(marketer.browser.get(ROUNDS, query_string={"limit": 50}).json["data"]) == more + 1
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_results_and_winners_ask_as_often_for_30_as_for_1(
    marketer: Someone, fan: Someone, cast_member: Someone
) -> None:
    assert fan.person_id is not None
    counts = []
    for photos in (1, 30):
        slug = f"city-{photos}"
        campaign = make_campaign(marketer.actor, State.CLOSED, title=slug)
        ids = [str(photo.id) for photo in add_photos(campaign, fan.person_id, photos)]
        made = marketer.browser.post(f"{API}/campaigns/{slug}/rounds", json={"title": "One", "quorum": 1}).json
        one = f"{API}/rounds/{made['id']}"
        for to in ("open", "closed"):
            assert marketer.browser.post(f"{one}/transitions", json={"to": to}).status_code == 200
        with statements() as results:
            assert len(marketer.browser.get(f"{one}/results").json["data"]) == photos
        marketer.browser.put(f"{one}/selection", json={"winners": ids})
        with transaction():
            move_campaign(marketer.actor, campaign.id, State.ANNOUNCED)
        with statements() as winners:
            assert len(marketer.browser.get(f"{API}/campaigns/{slug}/winners").json["data"]) == photos
        counts.append((len(results), len(winners)))

    assert counts[0] == counts[1]
