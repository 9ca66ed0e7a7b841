"""Results for programs: places and intervals, chances at a cut, advice, more ballots, ties, agreement."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from campaign.db import db, transaction
from campaign.judging.allocation.dealing import next_assignments
from campaign.judging.life.rounds import Plan, edit_round, move_round
from campaign.judging.methods.shape import Method, Said
from campaign.judging.models import Round, RoundStage, TieRule
from campaign.judging.record.proof import verify
from campaign.judging.record.sealing import dossier_of
from campaign.judging.results.settling import ask_for_more, judges_left
from campaign.judging.voting.ballots import cast_ballot
from campaign.submissions.models import Submission
from tests.people import Someone

API = "/api/v1"


def url(judged: Round, *rest: str) -> str:
    return "/".join([API, "rounds", str(judged.id), *rest])


def told(browser: Any, judged: Round, **asked: object) -> dict[str, Any]:
    answer = browser.get(url(judged, "results"), query_string=asked)
    assert answer.status_code == 200
    return dict(answer.json)


@pytest.fixture
def chaired_round(
    draft_round: Round,
    photos: list[Submission],
    marketer: Someone,
    cast_member: Someone,
    other_cast_member: Someone,
    hand: Callable[..., list[Any]],
) -> Round:
    """Both judges gave photos 1 and 2 the same, so these share the second rank, which is the chair's to part."""
    judged = draft_round
    with transaction():
        judged.tie_rule = TieRule.CHAIR
        next(one for one in judged.panel if one.person_id == cast_member.person_id).is_chair = True
    return judged


@pytest.fixture
def tied_round(
    chaired_round: Round,
    closed_round: Round,
) -> Round:
    assert chaired_round.id == closed_round.id
    return closed_round


def test_rows_tell_score_interval_and_raw_figures(
    closed_round: Round, photos: list[Submission], staff: Someone
) -> None:
    first, second, third, last = told(staff.browser, closed_round)["data"]

    assert first["submission"]["id"] == str(photos[0].id)
    assert [row["rank"] for row in (first, second, third, last)] == [1, 2, 2, 4]
    assert first["low"] < first["score"] < first["high"]
    assert (first["raw"], first["ballots"], first["above"], first["award"]) == ({"mean": 4.5}, 2, None, None)
    assert (second["tied"], second["place"], second["broken_by"]) == (True, 2, None)
    assert (last["below_quorum"], last["piece"]) == (True, 1)


def test_pages_follow_each_other_and_chances_sum_to_the_cut(closed_round: Round, staff: Someone) -> None:
    whole = told(staff.browser, closed_round, cut=2)
    first = told(staff.browser, closed_round, limit=3)
    rest = told(staff.browser, closed_round, limit=3, cursor=first["next_cursor"])

    assert round(sum(row["above"] for row in whole["data"]), 6) == 2
    assert (whole["pieces"], whole["next_cursor"], rest["next_cursor"]) == (1, None, None)
    ids = [row["submission"]["id"] for row in [*first["data"], *rest["data"]]]
    assert ids == [row["submission"]["id"] for row in whole["data"]]
    assert staff.browser.get(url(closed_round, "results"), query_string={"cursor": "x"}).status_code == 422


def test_no_photo_is_below_a_cut_where_there_are_no_more(closed_round: Round, staff: Someone) -> None:
    """The cut that is asked for where none is named, 10, is more than this round's 4 photos."""
    whole = told(staff.browser, closed_round, cut=100_000)
    answer = staff.browser.get(url(closed_round, "advice"))

    assert [row["above"] for row in whole["data"]] == [1.0] * 4
    assert (answer.status_code, answer.json) == (200, {"cut": 10, "advice": None})


def test_advice_names_the_pair_at_the_cut(closed_round: Round, photos: list[Submission], staff: Someone) -> None:
    advice = staff.browser.get(url(closed_round, "advice"), query_string={"cut": 2}).json["advice"]

    assert {advice["above"], advice["below"]} == {str(photos[1].id), str(photos[2].id)}
    assert advice["sentence"].startswith("2nd against 3rd is a coin toss")
    assert staff.browser.get(url(closed_round, "advice"), query_string={"cut": 4}).json["advice"] is None


def test_advice_on_a_duel_counts_only_judges_who_did_not_meet_the_two(
    draft_round: Round, photos: list[Submission], marketer: Someone, cast_member: Someone, other_cast_member: Someone
) -> None:
    with transaction():
        edit_round(marketer.actor, draft_round.id, Plan(title="Two", quorum=6, method=Method.DUEL))
        move_round(marketer.actor, draft_round.id, RoundStage.OPEN)
    pair = [photos[0].id, photos[1].id]
    assert judges_left(draft_round.id, pair) == dict.fromkeys(pair, 2)
    while True:
        with transaction():
            hand = next_assignments(cast_member.actor, draft_round.id, 1)
        if not hand:
            break
        with transaction():
            cast_ballot(cast_member.actor, hand[0].id, Said(winner=hand[0].subject.split("+")[0]))

    assert judges_left(draft_round.id, pair) == dict.fromkeys(pair, 1)
    with transaction():
        move_round(marketer.actor, draft_round.id, RoundStage.CLOSED)
        _, planned = ask_for_more(marketer.actor, draft_round.id, pair, 2, "A coin toss.")
    assert planned == 1


def test_asking_for_more_opens_the_round_again_with_that_reason(
    draft_round: Round,
    photos: list[Submission],
    marketer: Someone,
    staff: Someone,
    cast_member: Someone,
    other_cast_member: Someone,
) -> None:
    """Each photo is seen by one of two judges, so one more can be had for each."""
    closed_round = draft_round
    with transaction():
        closed_round.quorum = 1
    for stage in (RoundStage.OPEN, RoundStage.CLOSED):
        with transaction():
            move_round(marketer.actor, closed_round.id, stage)
    body = {"submissions": [str(photos[3].id)], "each": 1, "reason": "4th was seen by one judge alone."}

    assert staff.browser.post(url(closed_round, "more"), json=body).status_code == 403
    for wrong in ({"each": 0}, {"submissions": [str(UUID(int=1))]}, {"reason": " "}):
        assert marketer.browser.post(url(closed_round, "more"), json=body | wrong).status_code == 422
    opened = marketer.browser.post(url(closed_round, "more"), json=body)

    assert (opened.status_code, opened.json["planned"], opened.json["round"]["state"]) == (200, 1, "open")
    assert [one["reason"] for one in opened.json["round"]["reopenings"]] == [body["reason"]]
    assert marketer.browser.post(url(closed_round, "more"), json=body).status_code == 409
    found = [judge.browser.get(url(closed_round, "next"), query_string={"limit": 20}).json["data"]
             for judge in (cast_member, other_cast_member)]  # fmt: skip
    assert all(str(photos[3].id) in [one["submissions"][0]["id"] for one in hand] for hand in found)


def test_chair_parts_those_who_share_a_rank_and_nobody_else_does(
    tied_round: Round,
    photos: list[Submission],
    cast_member: Someone,
    other_cast_member: Someone,
    marketer: Someone,
) -> None:
    order = [str(photos[2].id), str(photos[1].id)]
    tie = url(tied_round, "ties", "2")
    (before,) = cast_member.browser.get(url(tied_round, "ties")).json["data"]
    assert (before["rank"], sorted(before["submissions"]), before["is_broken"]) == (2, sorted(order), False)

    for somebody in (other_cast_member, marketer):
        assert somebody.browser.put(tie, json={"order": order}).status_code == 403
    for wrong in ([order[0], order[0]], [order[0], str(photos[0].id)]):
        assert cast_member.browser.put(tie, json={"order": wrong}).status_code == 422
    (after,) = cast_member.browser.put(tie, json={"order": order}).json["data"]

    assert after == {"rank": 2, "submissions": order, "is_broken": True, "broken_by": "chair"}
    assert [(row["place"], row["broken_by"]) for row in told(marketer.browser, tied_round)["data"]] == [
        (1, None), (2, "chair"), (3, "chair"), (4, None),
    ]  # fmt: skip
    assert marketer.browser.post(url(tied_round, "transitions"), json={"to": "final"}).json["state"] == "final"
    assert cast_member.browser.put(tie, json={"order": order}).json["code"] == "round_final"
    dossier = dossier_of(tied_round.id)
    assert (verify(dossier), [one.order for one in dossier.ties]) == ([], [order])


def test_chair_votes_only_where_the_rule_was_chosen_before(
    closed_round: Round, photos: list[Submission], cast_member: Someone
) -> None:
    with transaction():
        next(one for one in closed_round.panel if one.person_id == cast_member.person_id).is_chair = True
    order = [str(photos[2].id), str(photos[1].id)]

    answer = cast_member.browser.put(url(closed_round, "ties", "2"), json={"order": order})

    assert (answer.status_code, answer.json["code"]) == (409, "other_tie_rule")


def test_draw_follows_from_the_published_seed(
    draft_round: Round, closed_round: Round, marketer: Someone, staff: Someone
) -> None:
    assert [row["place"] for row in told(staff.browser, closed_round)["data"]] == [1, 2, 2, 4]
    with transaction():
        move_round(marketer.actor, closed_round.id, RoundStage.OPEN, "To see the draw.")
        db.session.get_one(Round, closed_round.id).tie_rule = TieRule.DRAW
    with transaction():
        move_round(marketer.actor, closed_round.id, RoundStage.CLOSED)

    places = [(row["rank"], row["place"], row["broken_by"]) for row in told(staff.browser, closed_round)["data"]]
    assert places == [(1, 1, None), (2, 2, "draw"), (2, 3, "draw"), (4, 4, None)]


@pytest.mark.parametrize(("name", "status"), [("anonymous", 404), ("fan", 404), ("staff", 403), ("marketer", 200),
                                              ("cast_member", 200), ("other_cast_member", 403)])  # fmt: skip
def test_agreement_is_for_the_marketer_and_the_chair(
    request: pytest.FixtureRequest, tied_round: Round, name: str, status: int
) -> None:
    answer = request.getfixturevalue(name).browser.get(url(tied_round, "agreement"))

    assert answer.status_code == status
    if status == 200:
        assert [(one["judge"], one["ballots"]) for one in answer.json["judges"]] in (
            [("Judge 1", 4), ("Judge 2", 3)],
            [("Judge 1", 3), ("Judge 2", 4)],
        )
        assert (answer.json["metric"], answer.json["units"]) == ("interval", 3)


def test_nothing_is_seen_before_the_closing(open_round: Round, admin: Someone) -> None:
    for rest in ("results", "advice", "ties", "agreement"):
        answer = admin.browser.get(url(open_round, rest))
        assert (answer.status_code, answer.json["code"]) == (409, "round_not_closed")
