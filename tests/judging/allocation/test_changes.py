"""A round changed under way: what it would do is told first, done work stays, and the rest is dealt anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from campaign.accounts.models import Role
from campaign.accounts.people import ensure_person, grant_role
from campaign.db import db, transaction
from campaign.errors import Conflict, InvalidInput, NotPermitted
from campaign.judging.allocation.changes import Change, apply_change, preview_change
from campaign.judging.allocation.planning import plan_more, plan_of
from campaign.judging.life.rounds import move_round
from campaign.judging.methods.shape import Said
from campaign.judging.models import Assignment, Ballot, PanelMember, Round, RoundStage
from campaign.judging.voting.ballots import cast_ballot
from campaign.submissions.models import Submission
from tests.people import ISSUER, Someone

Hand = Callable[..., list[Assignment]]
API = "/api/v1/rounds"


@pytest.fixture
def newcomer(database: None) -> UUID:
    with transaction():
        person = ensure_person(ISSUER, "newcomer", "Newcomer")
        grant_role(person, Role.CAST)
        return person.id


@pytest.fixture
def judged_one(hand: Hand, cast_member: Someone) -> Assignment:
    """The first of two judges has judged one photo of four, and holds another."""
    first, _ = hand(cast_member, 2)
    with transaction():
        cast_ballot(cast_member.actor, first.id, Said(stars=5))
    return first


def seats(round_id: UUID) -> Counter[str]:
    query = select(Assignment.subject).where(Assignment.round_id == round_id, Assignment.gone_at.is_(None))
    return Counter(db.session.scalars(query)) + Counter(str(one) for own in plan_of(round_id).values() for one in own)


@pytest.mark.usefixtures("judged_one")
def test_a_newcomer_gets_as_much_of_the_rest_as_the_others(
    open_round: Round, marketer: Someone, newcomer: UUID
) -> None:
    change = Change(add=frozenset({newcomer}), deal_again=True)
    foreseen = preview_change(marketer.actor, open_round.id, change)
    assert db.session.get(PanelMember, (open_round.id, newcomer)) is None

    with transaction():
        assert apply_change(marketer.actor, open_round.id, change) == foreseen

    rest = {one.display_name: (one.done, one.now, one.then) for one in foreseen.judges}
    assert sum(then for _, _, then in rest.values()) == 7
    assert rest["Newcomer"][:2] == (0, 0)
    assert max(then for _, _, then in rest.values()) - min(then for _, _, then in rest.values()) <= 1
    assert (foreseen.short, foreseen.over, foreseen.pieces, foreseen.more_work) == ([], 0, 1, 0)
    assert set(seats(open_round.id).values()) == {2}


def test_a_judge_who_leaves_keeps_their_ballots_and_their_photos_go_to_others(
    open_round: Round, judged_one: Assignment, marketer: Someone, cast_member: Someone, newcomer: UUID, hand: Hand
) -> None:
    assert cast_member.person_id is not None
    with transaction():
        apply_change(
            marketer.actor, open_round.id, Change(add=frozenset({newcomer}), drop=frozenset({cast_member.person_id}))
        )

    assert db.session.scalars(select(Ballot.assignment_id)).all() == [judged_one.id]
    assert cast_member.person_id not in plan_of(open_round.id)
    assert set(seats(open_round.id).values()) == {2}
    with pytest.raises(NotPermitted, match="not on the panel"):
        hand(cast_member)

    with transaction():
        apply_change(marketer.actor, open_round.id, Change(add=frozenset({cast_member.person_id})))
    member = db.session.get_one(PanelMember, (open_round.id, cast_member.person_id))
    assert (member.left_at, member.judged, member.events) == (None, 1, 1)
    assert judged_one.subject not in {one.subject for one in hand(cast_member, 20)}


def test_a_lower_quorum_spares_the_rest_and_keeps_what_is_there(
    open_round: Round, judged_one: Assignment, marketer: Someone
) -> None:
    with transaction():
        told = apply_change(marketer.actor, open_round.id, Change(quorum=1))

    assert (told.ballots_now, told.ballots_then, told.more_work) == (7, 3, -4)
    assert set(seats(open_round.id).values()) == {1}
    assert db.session.get_one(Round, open_round.id).planned == 4
    assert db.session.scalar(select(func.count()).select_from(Ballot)) == 1


def test_dealing_again_away_from_an_absent_judge(
    open_round: Round, marketer: Someone, other_cast_member: Someone, judged_one: Assignment
) -> None:
    assert other_cast_member.person_id is not None
    change = Change(deal_again=True, away_from=frozenset({other_cast_member.person_id}))

    told = preview_change(marketer.actor, open_round.id, change)

    assert len(told.short) == 4, "each photo needs two, and one goes on"
    assert judged_one


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (Change(), "quorum"),
        (Change(quorum=3), "quorum"),
        (Change(quorum=0), "quorum"),
        (Change(quorum=101), "quorum"),
        (Change(add=frozenset({uuid4()})), "add"),
        (Change(drop=frozenset({uuid4()})), "drop"),
        (Change(deal_again=True, away_from=frozenset({uuid4()})), "away_from"),
    ],
)
def test_what_cannot_be_is_told_by_field(open_round: Round, marketer: Someone, change: Change, field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        preview_change(marketer.actor, open_round.id, change)

    assert set(refusal.value.fields) == {field}


def test_only_an_open_round_is_changed_and_only_by_its_marketer(
    open_round: Round, marketer: Someone, staff: Someone
) -> None:
    with pytest.raises(NotPermitted):
        apply_change(staff.actor, open_round.id, Change(quorum=1))
    with transaction():
        move_round(marketer.actor, open_round.id, RoundStage.CLOSED)
    with pytest.raises(Conflict, match="open"):
        preview_change(marketer.actor, open_round.id, Change(quorum=1))


def test_more_ballots_on_some_photos_are_found_where_others_may_judge_them(
    open_round: Round, photos: list[Submission], marketer: Someone, newcomer: UUID
) -> None:
    with transaction():
        apply_change(marketer.actor, open_round.id, Change(add=frozenset({newcomer})))
        assert plan_more(open_round, [photos[0].id], 2) == 1

    assert seats(open_round.id)[str(photos[0].id)] == 3


def test_a_change_over_the_api_is_previewed_done_and_written_down(
    open_round: Round, marketer: Someone, newcomer: UUID
) -> None:
    body = {"add": [str(newcomer)], "quorum": 3}

    foreseen = marketer.browser.post(f"{API}/{open_round.id}/changes/preview", json=body)
    done = marketer.browser.post(f"{API}/{open_round.id}/changes", json=body)
    audit = marketer.browser.get("/api/v1/audit").get_data(as_text=True)

    assert (foreseen.status_code, done.status_code) == (200, 200)
    assert foreseen.json == done.json
    assert (done.json["quorum"], done.json["ballots_then"], done.json["more_work"]) == (3, 12, 4)
    assert audit.count("round.judge_added") == 1
    assert audit.count("round.quorum_changed") == 1
