"""A judge's word: given once, changed, taken back, always in the record, and never from anybody else."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import IntegrityError

from campaign.accounts.actor import Actor
from campaign.campaigns.models import Campaign
from campaign.db import db, transaction
from campaign.errors import Conflict, InvalidInput, NotFound, NotPermitted, SignInNeeded
from campaign.judging.life.rounds import close_round
from campaign.judging.methods.shape import Said
from campaign.judging.models import Assignment, AssignmentItem, Ballot, BallotEvent, PanelMember, Round
from campaign.judging.record import chain
from campaign.judging.voting.ballots import cast_ballot, undo_ballot
from campaign.submissions.models import Submission, SubmissionState
from tests.factories import add_photos
from tests.judging.conftest import end_deadline
from tests.people import Someone

Hand = Callable[..., list[Assignment]]


def give(judge: Someone, assignment: Assignment, stars: int) -> None:
    with transaction():
        cast_ballot(judge.actor, assignment.id, Said(stars=stars))


def stars_now() -> list[int]:
    return list(db.session.scalars(select(Ballot.scores[1])))


def events() -> list[BallotEvent]:
    return list(db.session.scalars(select(BallotEvent).order_by(BallotEvent.judge, BallotEvent.sequence)))


def _score(event: BallotEvent) -> int | None:
    return event.body["word"]["scores"]["Overall"] if event.body["word"] else None


def said() -> list[tuple[int, str, int | None]]:
    return [(one.sequence, one.body["kind"], _score(one)) for one in events()]


@pytest.fixture
def first(hand: Hand, cast_member: Someone) -> Assignment:
    return hand(cast_member)[0]


def test_each_step_is_in_the_record(first: Assignment, cast_member: Someone) -> None:
    give(cast_member, first, 4)
    give(cast_member, first, 2)
    with transaction():
        undo_ballot(cast_member.actor, first.id)

    assert stars_now() == []
    assert said() == [(1, "cast", 4), (2, "changed", 2), (3, "undone", None)]


def test_the_same_stars_again_change_nothing(first: Assignment, cast_member: Someone) -> None:
    give(cast_member, first, 4)
    give(cast_member, first, 4)

    assert (stars_now(), said()) == ([4], [(1, "cast", 4)])


def test_taking_back_what_was_not_given_changes_nothing(first: Assignment, cast_member: Someone) -> None:
    with transaction():
        undo_ballot(cast_member.actor, first.id)

    assert said() == []


def test_the_chain_of_a_judge_verifies_and_names_nobody(hand: Hand, open_round: Round, cast_member: Someone) -> None:
    for stars, assignment in enumerate(hand(cast_member), start=1):
        give(cast_member, assignment, stars)
    member = db.session.get_one(PanelMember, (open_round.id, cast_member.person_id))
    links = [chain.Link(one.sequence, one.body, one.previous, one.hash) for one in events()]

    assert chain.verify_chain(member.commitment, links) == []
    assert member.salt is not None
    assert chain.commit_to(member.salt, member.person_id) == member.commitment
    assert str(cast_member.person_id) not in str([one.body for one in events()])


@pytest.mark.parametrize("stars", [0, 6, -1, 10**30])
def test_other_numbers_of_stars_are_refused(first: Assignment, cast_member: Someone, stars: int) -> None:
    with pytest.raises(InvalidInput):
        cast_ballot(cast_member.actor, first.id, Said(stars=stars))


@pytest.mark.parametrize(
    ("name", "refusal"),
    [("anonymous", SignInNeeded), ("fan", NotPermitted), ("marketer", NotPermitted), ("other_cast_member", NotFound)],
)
def test_nobody_else_votes_on_a_judges_assignment(
    request: pytest.FixtureRequest, first: Assignment, name: str, refusal: type[Exception]
) -> None:
    somebody: Someone = request.getfixturevalue(name)

    for act in (lambda actor: cast_ballot(actor, first.id, Said(stars=5)), lambda actor: undo_ballot(actor, first.id)):
        with pytest.raises(refusal):
            act(somebody.actor)
    assert (stars_now(), said()) == ([], [])


def test_an_assignment_that_is_not_there_is_not_found(open_round: Round, cast_member: Someone) -> None:
    with pytest.raises(NotFound):
        cast_ballot(cast_member.actor, uuid4(), Said(stars=3))


def test_a_judge_taken_off_the_panel_is_refused(first: Assignment, open_round: Round, cast_member: Someone) -> None:
    with transaction():
        db.session.delete(db.session.get_one(PanelMember, (open_round.id, cast_member.person_id)))

    with pytest.raises(NotPermitted, match="not on the panel"):
        cast_ballot(cast_member.actor, first.id, Said(stars=3))


def test_a_judge_who_left_the_cast_is_refused(first: Assignment, cast_member: Someone) -> None:
    fan_now = Actor(person_id=cast_member.person_id)

    with pytest.raises(NotPermitted):
        cast_ballot(fan_now, first.id, Said(stars=3))


def test_ones_own_photo_is_refused_even_when_it_was_assigned(
    open_round: Round, closed_campaign: Campaign, cast_member: Someone
) -> None:
    assert cast_member.person_id is not None
    (own,) = add_photos(closed_campaign, cast_member.person_id)
    with transaction():
        assignment = Assignment(
            round_id=open_round.id, judge_id=cast_member.person_id, subject=str(own.id), position=99
        )
        assignment.items = [AssignmentItem(ordinal=0, submission_id=own.id)]
        db.session.add(assignment)

    with pytest.raises(NotPermitted, match="is yours"):
        cast_ballot(cast_member.actor, assignment.id, Said(stars=5))


def test_a_photo_that_was_taken_down_is_refused_and_its_ballot_can_be_taken_back(
    hand: Hand, cast_member: Someone
) -> None:
    judged, unjudged, *_ = hand(cast_member)
    give(cast_member, judged, 5)
    with transaction():
        for assignment in (judged, unjudged):
            photo = db.session.get_one(Submission, UUID(assignment.subject))
            photo.state, photo.published_at, photo.entry_number = SubmissionState.WITHDRAWN, None, None

    for assignment in (judged, unjudged):
        with pytest.raises(Conflict, match="taken down"):
            cast_ballot(cast_member.actor, assignment.id, Said(stars=3))
        db.session.rollback()
    with transaction():
        undo_ballot(cast_member.actor, judged.id)
    assert stars_now() == []


@pytest.mark.parametrize("way", ["closed by a person", "past its deadline"])
def test_nothing_late_gets_in(
    first: Assignment, open_round: Round, cast_member: Someone, marketer: Someone, way: str
) -> None:
    give(cast_member, first, 3)
    if way == "closed by a person":
        with transaction():
            close_round(marketer.actor, open_round.id)
    else:
        end_deadline(open_round)

    with pytest.raises(Conflict, match="has closed"):
        cast_ballot(cast_member.actor, first.id, Said(stars=5))
    with pytest.raises(Conflict, match="has closed"):
        undo_ballot(cast_member.actor, first.id)
    assert (stars_now(), said()) == ([3], [(1, "cast", 3)])


@pytest.mark.parametrize(
    "statement",
    ["UPDATE ballot_event SET hash = 'x'", "DELETE FROM ballot_event", "TRUNCATE ballot_event",
     "UPDATE ballot_event SET body = '{}' WHERE false"],
)  # fmt: skip
def test_the_database_refuses_to_rewrite_history(first: Assignment, cast_member: Someone, statement: str) -> None:
    give(cast_member, first, 3)

    with pytest.raises(IntegrityError, match="append-only"), db.session.begin_nested():
        db.session.execute(text(statement))
    assert said() == [(1, "cast", 3)]


def test_the_database_knows_one_assignment_per_judge_and_photo(first: Assignment) -> None:
    again = {"id": uuid4(), "round_id": first.round_id, "judge_id": first.judge_id, "subject": first.subject}

    with pytest.raises(IntegrityError, match="uq_assignment"), db.session.begin_nested():
        db.session.execute(insert(Assignment).values(**again, position=50))
    assert db.session.scalar(select(func.count()).select_from(Assignment)) == 4
