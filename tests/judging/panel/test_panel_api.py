"""The panel for programs: what a judge is given and says, and that nobody else does or sees it early."""

from __future__ import annotations

from typing import Any

import pytest

from campaign.accounts.models import Scope
from campaign.db import db, transaction
from campaign.judging.life.rounds import Plan, edit_round, move_round
from campaign.judging.methods.shape import Method
from campaign.judging.models import PanelMember, Round, RoundStage
from campaign.submissions.models import Submission
from tests.counting import statements
from tests.people import Someone

API = "/api/v1"
ROUNDS = f"{API}/campaigns/flaunt-your-city/rounds"
BLIND = {"id", "caption", "place", "width", "height", "thumbhash", "dominant", "renditions"}
UNSAID = {"stars": None, "scores": None, "vote": None, "winner": None, "ranking": None, "skipped": False}
UNBEGUN = {"done": 0, "total": 4, "skipped": 0, "panel_done": 0, "panel_total": 8}


def url(judged: Round, *rest: str) -> str:
    return "/".join([API, "rounds", str(judged.id), *rest])


def ballot(assignment: dict[str, Any]) -> str:
    return f"{API}/assignments/{assignment['id']}/ballot"


def next_of(judge: Someone, judged: Round, limit: int = 5) -> dict[str, Any]:
    answer = judge.browser.get(url(judged, "next"), query_string={"limit": limit})
    assert answer.status_code == 200
    return dict(answer.json)


def test_next_gives_whole_photos_without_their_senders(open_round: Round, cast_member: Someone) -> None:
    body = next_of(cast_member, open_round, 3)

    assert (len(body["data"]), body["next_cursor"], body["progress"]) == (
        3,
        None,
        UNBEGUN,
    )
    first = body["data"][0]
    assert set(first["submissions"][0]) == BLIND
    assert {name: first[name] for name in first if name not in {"id", "submissions"}} == UNSAID
    assert first["submissions"][0]["renditions"][0]["url"].startswith("http")


def test_undo_puts_the_photo_back(open_round: Round, cast_member: Someone) -> None:
    first = next_of(cast_member, open_round)["data"][0]
    cast_member.browser.put(ballot(first), json={"stars": 5})

    answer = cast_member.browser.delete(ballot(first))

    assert answer.status_code == 200
    assert answer.json == {"assignment": first, "next": first, "progress": UNBEGUN}


def test_a_token_with_the_judges_scope_votes(open_round: Round, cast_member: Someone) -> None:
    first = next_of(cast_member, open_round)["data"][0]
    browser = cast_member.browser
    browser.delete_cookie("flaunt_session")
    browser.intent = False

    allowed = browser.put(ballot(first), json={"stars": 5}, headers=cast_member.bearer(Scope.JUDGE))
    refused = browser.put(ballot(first), json={"stars": 5}, headers=cast_member.bearer(Scope.READ))

    assert (allowed.status_code, refused.status_code, refused.json["code"]) == (200, 403, "scope_missing")


@pytest.mark.parametrize("body", [{}, {"stars": 0}, {"stars": 6}, {"stars": "5"}, {"stars": 4.5}, {"stars": True},
                                  {"stars": None}, {"stars": 5, "more": 1}, [], 10**40])  # fmt: skip
def test_a_ballot_that_is_none_is_told(open_round: Round, cast_member: Someone, body: Any) -> None:
    first = next_of(cast_member, open_round)["data"][0]

    answer = cast_member.browser.put(ballot(first), json=body)

    assert (answer.status_code, answer.content_type) == (422, "application/problem+json")


@pytest.mark.parametrize(("name", "status"), [("anonymous", 401), ("fan", 403), ("staff", 403), ("marketer", 403),
                                              ("other_cast_member", 404)])  # fmt: skip
def test_nobody_else_votes(
    request: pytest.FixtureRequest, open_round: Round, cast_member: Someone, name: str, status: int
) -> None:
    first = next_of(cast_member, open_round)["data"][0]
    browser = request.getfixturevalue(name).browser

    answers = [browser.put(ballot(first), json={"stars": 5}), browser.delete(ballot(first))]

    assert [(one.status_code, one.content_type) for one in answers] == [(status, "application/problem+json")] * 2


@pytest.mark.parametrize(("name", "status"), [("anonymous", 401), ("fan", 403), ("staff", 403), ("admin", 403)])
def test_next_is_for_the_panel(request: pytest.FixtureRequest, open_round: Round, name: str, status: int) -> None:
    assert request.getfixturevalue(name).browser.get(url(open_round, "next")).status_code == status


def test_no_answer_holds_a_score_before_closing(
    open_round: Round, marketer: Someone, staff: Someone, cast_member: Someone, other_cast_member: Someone
) -> None:
    for assignment in next_of(cast_member, open_round)["data"]:
        cast_member.browser.put(ballot(assignment), json={"stars": 5})

    results = staff.browser.get(url(open_round, "results"))
    seen = [
        other_cast_member.browser.get(url(open_round)).get_data(as_text=True),
        marketer.browser.get(url(open_round)).get_data(as_text=True),
        marketer.browser.get(ROUNDS).get_data(as_text=True),
    ]
    others = next_of(other_cast_member, open_round)

    assert (results.status_code, results.json["code"]) == (409, "round_not_closed")
    assert not any("mean" in text or 'stars":5' in text for text in seen)
    assert {one["stars"] for one in others["data"]} == {None}


def test_a_judge_off_the_panel_sees_no_round(open_round: Round, cast_member: Someone) -> None:
    assert cast_member.browser.get(url(open_round)).json["state"] == RoundStage.OPEN
    with transaction():
        db.session.delete(db.session.get_one(PanelMember, (open_round.id, cast_member.person_id)))

    assert cast_member.browser.get(url(open_round)).status_code == 404


@pytest.mark.parametrize("method", [Method.DUEL, Method.RANKING])
def test_duels_and_rankings_are_judged_looked_back_on_and_taken_back(
    draft_round: Round, photos: list[Submission], marketer: Someone, cast_member: Someone, method: Method
) -> None:
    with transaction():
        edit_round(marketer.actor, draft_round.id, Plan(title="Beside", quorum=1, method=method, list_size=3))
        move_round(marketer.actor, draft_round.id, RoundStage.OPEN)
    first = next_of(cast_member, draft_round)["data"][0]
    ids = [one["id"] for one in first["submissions"]]
    word = {"winner": ids[1]} if method is Method.DUEL else {"ranking": [[ids[2]], ids[:2]]}

    strange = cast_member.browser.put(ballot(first), json={"winner": first["id"], "ranking": [[first["id"]]]})
    cast = cast_member.browser.put(ballot(first), json=word)
    history = cast_member.browser.get(url(draft_round, "ballots"))
    undone = cast_member.browser.delete(ballot(first))

    assert (len(ids), len(photos)) == (2 if method is Method.DUEL else 3, 4)
    assert (strange.status_code, cast.status_code, undone.status_code) == (422, 200, 200)
    assert {**first, **word} == cast.json["assignment"]
    assert cast.json["progress"]["panel_done"] == 1
    assert [{name: one[name] for name in first} for one in history.json["data"]] == [cast.json["assignment"]]
    assert undone.json["assignment"] == first
    assert cast_member.browser.get(url(draft_round, "ballots")).json["data"] == []


def test_stepping_aside_answers_with_what_comes_next(open_round: Round, cast_member: Someone) -> None:
    first, second = next_of(cast_member, open_round, 2)["data"]

    answer = cast_member.browser.post(f"{API}/assignments/{first['id']}/recuse", json={"reason": "A cousin."})

    assert (answer.status_code, answer.json["next"]) == (200, second)
    assert answer.json["progress"] == {"done": 0, "total": 3, "skipped": 0, "panel_done": 0, "panel_total": 7}


def test_a_cycle_is_few_statements_however_many_photos(open_round: Round, cast_member: Someone) -> None:
    first = next_of(cast_member, open_round, 1)["data"][0]
    headers = cast_member.bearer(Scope.JUDGE)

    with statements() as sent:
        answer = cast_member.browser.put(ballot(first), json={"stars": 5}, headers=headers)

    assert (answer.status_code, len(sent)) == (200, 8)
