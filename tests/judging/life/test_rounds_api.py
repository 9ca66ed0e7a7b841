"""Rounds for programs, second part: methods, sources, changes of a draft, more time, and a judge's own rounds."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from campaign.db import db, transaction
from campaign.judging.life.rounds import move_round
from campaign.judging.models import Round, RoundStage
from campaign.submissions.models import Submission
from tests.people import Someone

API = "/api/v1"
ROUNDS = f"{API}/campaigns/flaunt-your-city/rounds"
CRITERIA = [{"name": "Light", "weight": 2}, {"name": "Story", "weight": 1}]


def url(judged: Round, *rest: str) -> str:
    return "/".join([API, "rounds", str(judged.id), *rest])


def opened(judged: Round, marketer: Someone, **changes: Any) -> Round:
    """The draft, changed and opened."""
    assert marketer.browser.patch(url(judged), json=changes).status_code == 200
    with transaction():
        return move_round(marketer.actor, judged.id, RoundStage.OPEN)


def first_of(judge: Someone, judged: Round) -> dict[str, Any]:
    return dict(judge.browser.get(url(judged, "next"), query_string={"limit": 1}).json["data"][0])


def ballot(assignment: dict[str, Any]) -> str:
    return f"{API}/assignments/{assignment['id']}/ballot"


def test_only_what_is_sent_changes(draft_round: Round, marketer: Someone) -> None:
    changed = marketer.browser.patch(url(draft_round), json={"criteria": CRITERIA, "title": None})
    assert (changed.status_code, changed.json["criteria"], changed.json["title"]) == (200, CRITERIA, "First look")

    listed = marketer.browser.patch(url(draft_round), json={"method": "shortlist", "closes_at": "2099-01-01T00:00:00Z"})
    assert (listed.json["method"], listed.json["criteria"], listed.json["panel_size"]) == ("shortlist", [], 2)
    assert listed.json["closes_at"] == "2099-01-01T00:00:00Z"

    cleared = marketer.browser.patch(url(draft_round), json={"method": "stars", "closes_at": None})
    assert (cleared.json["criteria"], cleared.json["closes_at"]) == ([{"name": "Overall", "weight": 1}], None)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"quorum": 3}, "quorum"),
        ({"method": "dance"}, "method"),
        ({"scale": 7}, "scale"),
        ({"list_size": 21}, "list_size"),
        ({"seed": -1}, "seed"),
        ({"chair": str(uuid4())}, "chair"),
        ({"tie_rule": "chair"}, "chair"),
        ({"source": {"category": "Nowhere"}}, "source"),
        ({"source": {"top": 3}}, "source"),
        ({"criteria": []}, "criteria"),
        ({"criteria": [{"name": "Light", "weight": 0}]}, "criteria"),
        ({"criteria": [{"name": "Light"}] * 7}, "criteria"),
        ({"method": "shortlist", "criteria": CRITERIA}, "criteria"),
        ({"source": {"round": str(uuid4()), "top": 3}}, "source"),
        ({"source": {"round": "x", "top": 3}}, "source"),
        ({"more": 1}, "more"),
    ],
)
def test_change_that_cannot_be_is_told_by_field(
    draft_round: Round, marketer: Someone, body: dict[str, Any], field: str
) -> None:
    answer = marketer.browser.patch(url(draft_round), json=body)

    assert answer.status_code == 422
    assert any(name.split(".")[0] == field for name in answer.json["fields"])


@pytest.mark.parametrize(("name", "status"), [("anonymous", 404), ("fan", 404), ("cast_member", 403), ("staff", 403)])
def test_others_neither_change_nor_delete(
    request: pytest.FixtureRequest, draft_round: Round, name: str, status: int
) -> None:
    browser = request.getfixturevalue(name).browser

    assert browser.patch(url(draft_round), json={"title": "Mine"}).status_code == status
    assert browser.delete(url(draft_round)).status_code in (status, 401, 403)
    assert db.session.get_one(Round, draft_round.id).title == "First look"


@pytest.mark.parametrize(("name", "status"), [("anonymous", 404), ("fan", 404), ("cast_member", 403)])
def test_panel_is_told_to_the_desk(request: pytest.FixtureRequest, draft_round: Round, name: str, status: int) -> None:
    assert request.getfixturevalue(name).browser.get(url(draft_round, "panel")).status_code == status


def test_draft_is_deleted(draft_round: Round, marketer: Someone) -> None:
    assert marketer.browser.delete(url(draft_round)).status_code == 204
    assert marketer.browser.get(url(draft_round)).status_code == 404
    assert marketer.browser.delete(url(draft_round)).status_code == 404


def test_open_round_gets_more_time_and_nothing_else(open_round: Round, marketer: Someone) -> None:
    later = marketer.browser.patch(url(open_round), json={"closes_at": "2099-01-02T00:00:00Z"})
    earlier = marketer.browser.patch(url(open_round), json={"closes_at": "2099-01-01T00:00:00Z"})
    more = marketer.browser.patch(url(open_round), json={"closes_at": "2099-01-03T00:00:00Z", "quorum": 1})

    assert (later.status_code, later.json["closes_at"]) == (200, "2099-01-02T00:00:00Z")
    assert (earlier.status_code, list(earlier.json["fields"])) == (422, ["closes_at"])
    assert (more.status_code, more.json["code"]) == (409, "round_opened")
    assert marketer.browser.delete(url(open_round)).status_code == 409


def test_round_of_the_best_is_made_and_told(closed_round: Round, marketer: Someone) -> None:
    source = {"round": str(closed_round.id), "top": 2}

    made = marketer.browser.post(ROUNDS, json={"title": "Finals", "quorum": 1, "source": source, "criteria": CRITERIA})

    others = {"least": None, "category": None, "picked": None, "reason": None}
    assert (made.status_code, made.json["source"]) == (201, {**source, **others, "kind": "top", "title": "First look"})
    assert marketer.browser.patch(f"{API}/rounds/{made.json['id']}", json={"source": None}).json["source"] is None


def test_weighted_ballots_and_their_result(
    draft_round: Round, photos: list[Submission], marketer: Someone, cast_member: Someone
) -> None:
    judged = opened(draft_round, marketer, criteria=CRITERIA, quorum=1)
    first = first_of(cast_member, judged)
    scores = {"Story": 2, "Light": 5}

    given = cast_member.browser.put(ballot(first), json={"scores": scores})

    assert given.json["assignment"] == {**first, "scores": scores}
    for body in ({"stars": 4}, {"scores": {"Light": 4}}, {"scores": {**scores, "Mood": 1}}, {"vote": "yes"}):
        assert cast_member.browser.put(ballot(first), json=body).status_code == 422
    assert marketer.browser.post(url(judged, "transitions"), json={"to": "closed"}).status_code == 200
    best = marketer.browser.get(url(judged, "results")).json["data"][0]
    assert best["raw"] == {"mean": 4.0, "Light": 5.0, "Story": 2.0}


def test_shortlist_votes_and_skips(
    draft_round: Round, photos: list[Submission], marketer: Someone, cast_member: Someone
) -> None:
    judged = opened(draft_round, marketer, method="shortlist")
    first = first_of(cast_member, judged)

    skipped = cast_member.browser.post(f"{API}/assignments/{first['id']}/skip")
    assert (skipped.status_code, skipped.json["assignment"]) == (200, {**first, "skipped": True})
    assert skipped.json["next"]["id"] != first["id"]
    assert (skipped.json["progress"]["done"], skipped.json["progress"]["skipped"]) == (0, 1)

    voted = cast_member.browser.put(ballot(first), json={"vote": "maybe"})
    assert voted.json["assignment"] == {**first, "vote": "maybe"}
    again = cast_member.browser.post(f"{API}/assignments/{first['id']}/skip")
    assert (again.status_code, again.json["code"]) == (409, "judged")
    assert cast_member.browser.put(ballot(first), json={"stars": 3}).status_code == 422
    assert cast_member.browser.put(ballot(first), json={"vote": "perhaps"}).status_code == 422


@pytest.mark.parametrize(("name", "status"), [("anonymous", 401), ("fan", 403), ("staff", 403),
                                              ("other_cast_member", 404)])  # fmt: skip
def test_nobody_else_skips(
    request: pytest.FixtureRequest, open_round: Round, cast_member: Someone, name: str, status: int
) -> None:
    first = first_of(cast_member, open_round)

    answer = request.getfixturevalue(name).browser.post(f"{API}/assignments/{first['id']}/skip")

    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")


def test_judge_lists_their_open_rounds(
    open_round: Round, cast_member: Someone, fan: Someone, anonymous: Someone
) -> None:
    (mine,) = cast_member.browser.get(f"{API}/me/rounds").json["data"]

    assert (mine["round"]["id"], mine["progress"]["total"]) == (str(open_round.id), 4)
    assert fan.browser.get(f"{API}/me/rounds").status_code == 403
    assert anonymous.browser.get(f"{API}/me/rounds").status_code == 401
