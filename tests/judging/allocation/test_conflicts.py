"""Stepping aside: no vote of a judge with a conflict counts, others take the photo on, and it never comes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from campaign.campaigns.models import Campaign
from campaign.db import db, transaction
from campaign.errors import InvalidInput, NotFound, NotPermitted
from campaign.jobs import Attempt
from campaign.jobs.models import Job
from campaign.judging.allocation.changes import Change, apply_change
from campaign.judging.allocation.conflicts import Against, declare_conflict, withdraw_conflict
from campaign.judging.allocation.dealing import next_assignments
from campaign.judging.allocation.filling import short_photos
from campaign.judging.allocation.following import follow_conflict, follow_opening
from campaign.judging.allocation.planning import plan_of
from campaign.judging.life.rounds import Plan, create_round, edit_round, move_round, reopen_round
from campaign.judging.methods.shape import Method, Said
from campaign.judging.models import Assignment, Ballot, BallotEvent, DeclaredConflict, PanelMember, Round, RoundStage
from campaign.judging.queries import panel_sizes
from campaign.judging.voting.ballots import cast_ballot, recuse
from campaign.submissions.models import Submission
from tests.people import Someone

Hand = Callable[..., list[Assignment]]
ATTEMPT = Attempt(UUID(int=0), "judging.follow_conflict", 1, 0)


@pytest.fixture
def thin_round(draft_round: Round, photos: list[Submission], marketer: Someone) -> Round:
    """Two judges, and each photo is seen by one of them."""
    assert photos
    with transaction():
        edit_round(marketer.actor, draft_round.id, Plan(title="One look", quorum=1))
        return move_round(marketer.actor, draft_round.id, RoundStage.OPEN)


def lying_before(judge: Someone, judged: Round, limit: int = 5) -> list[Assignment]:
    with transaction():
        return next_assignments(judge.actor, judged.id, limit)


def judges_of(photo_id: UUID) -> set[UUID]:
    held = select(Assignment.judge_id).where(Assignment.subject == str(photo_id), Assignment.gone_at.is_(None))
    round_id = db.session.scalars(select(Round.id)).one()
    ahead = {judge for judge, photos in plan_of(round_id).items() if photo_id in photos}
    return set(db.session.scalars(held)) | ahead


def told_of_conflict() -> dict[str, Any]:
    return db.session.scalars(select(Job.payload).where(Job.kind == "judging.follow_conflict")).one()


@pytest.mark.parametrize("judged", [True, False])
def test_recusing_takes_the_vote_and_gives_the_photo_to_another(
    thin_round: Round, cast_member: Someone, other_cast_member: Someone, *, judged: bool
) -> None:
    first = lying_before(cast_member, thin_round, 1)[0]
    if judged:
        with transaction():
            cast_ballot(cast_member.actor, first.id, Said(stars=5))
    for _ in range(2):
        with transaction():
            recuse(cast_member.actor, first.id, "My cousin took it.")

    assert db.session.scalars(select(Ballot)).all() == []
    assert judges_of(UUID(first.subject)) == {other_cast_member.person_id}
    assert lying_before(other_cast_member, thin_round, 1)[0].subject == first.subject
    events = db.session.scalars(select(BallotEvent).order_by(BallotEvent.sequence)).all()
    assert [one.body["kind"] for one in events] == ["cast", "recused"][not judged :]
    assert not any("cousin" in str(one.body) for one in events)
    assert db.session.scalars(select(DeclaredConflict.reason)).one() == "My cousin took it."
    with pytest.raises(NotPermitted, match="stepped aside"):
        cast_ballot(cast_member.actor, first.id, Said(stars=1))


def test_a_conflict_counts_in_every_open_round_of_the_campaign(
    thin_round: Round, closed_campaign: Campaign, marketer: Someone, cast_member: Someone, other_cast_member: Someone
) -> None:
    with transaction():
        beside = create_round(marketer.actor, closed_campaign.id, Plan(title="Beside it", quorum=2))
        move_round(marketer.actor, beside.id, RoundStage.OPEN)
    first = lying_before(cast_member, thin_round, 1)[0]
    there = {one.subject: one for one in lying_before(cast_member, beside)}
    kept, gone = there.pop(next(one for one in there if one != first.subject)), there[first.subject]
    with transaction():
        for one in (kept, gone):
            cast_ballot(cast_member.actor, one.id, Said(stars=5))
    with transaction():
        recuse(cast_member.actor, first.id)
    for _ in range(2):
        follow_conflict(told_of_conflict(), attempt=ATTEMPT)

    assert db.session.scalars(select(Ballot.assignment_id)).all() == [kept.id]
    assert first.subject not in {one.subject for one in lying_before(cast_member, beside)}
    assert short_photos(beside) == {UUID(first.subject): 1}
    kinds = select(BallotEvent.body["kind"].astext).where(BallotEvent.round_id == beside.id)
    assert db.session.scalars(kinds.order_by(BallotEvent.sequence)).all() == ["cast", "cast", "recused"]
    assert first.subject in {one.subject for one in lying_before(other_cast_member, beside)}


def test_a_photo_that_nobody_else_may_judge_is_short_of_its_quorum(
    open_round: Round, hand: Hand, cast_member: Someone
) -> None:
    first = hand(cast_member, 1)[0]
    with transaction():
        recuse(cast_member.actor, first.id)

    assert short_photos(open_round) == {UUID(first.subject): 1}
    assert db.session.get_one(Round, open_round.id, populate_existing=True).planned == 7


def test_a_conflict_declared_beforehand_is_planned_around(
    draft_round: Round, photos: list[Submission], marketer: Someone, cast_member: Someone, other_cast_member: Someone
) -> None:
    with transaction():
        edit_round(marketer.actor, draft_round.id, Plan(title="One look", quorum=1))
        declare_conflict(cast_member.actor, draft_round.id, Against(submission_id=photos[0].id))
        move_round(marketer.actor, draft_round.id, RoundStage.OPEN)

    assert judges_of(photos[0].id) == {other_cast_member.person_id}


def test_a_conflict_with_a_fan_takes_all_their_photos_and_the_votes_on_them(
    thin_round: Round, photos: list[Submission], fan: Someone, marketer: Someone, cast_member: Someone,
    other_cast_member: Someone,
) -> None:  # fmt: skip
    with transaction():
        cast_ballot(cast_member.actor, lying_before(cast_member, thin_round, 2)[0].id, Said(stars=5))
    with transaction():
        declare_conflict(marketer.actor, thin_round.id, Against(fan_id=fan.person_id), judge_id=cast_member.person_id)

    assert {photo.id: judges_of(photo.id) for photo in photos} == {
        photo.id: {other_cast_member.person_id} for photo in photos
    }
    assert db.session.scalars(select(Ballot)).all() == []
    assert lying_before(cast_member, thin_round) == []


def test_stepping_aside_from_a_duel_takes_the_others_with_its_photos_too(
    draft_round: Round, photos: list[Submission], marketer: Someone, cast_member: Someone
) -> None:
    """Of four photos, two and two: whoever knows two of them is left with the duel of the others."""
    assert photos
    assert cast_member.person_id is not None
    with transaction():
        plan = Plan(title="Two by two", quorum=3, method=Method.DUEL, panel=[cast_member.person_id])
        edit_round(marketer.actor, draft_round.id, plan)
        move_round(marketer.actor, draft_round.id, RoundStage.OPEN)
    while before := lying_before(cast_member, draft_round, 1):
        with transaction():
            cast_ballot(cast_member.actor, before[0].id, Said(winner=before[0].subject.split("+")[0]))
    given = db.session.scalars(select(Assignment).where(Assignment.judged)).all()
    known = set(given[0].subject.split("+"))
    with transaction():
        recuse(cast_member.actor, given[0].id)

    left = db.session.scalars(select(Assignment.subject).where(Assignment.gone_at.is_(None))).all()
    assert (len(given), [known & set(one.split("+")) for one in left]) == (6, [set()])
    assert len(db.session.scalars(select(Ballot)).all()) == 1
    assert db.session.get_one(PanelMember, (draft_round.id, cast_member.person_id), populate_existing=True).judged == 1


def test_a_conflict_of_a_judge_who_left_takes_their_vote_too(
    open_round: Round, hand: Hand, marketer: Someone, cast_member: Someone, other_cast_member: Someone
) -> None:
    assert cast_member.person_id is not None
    first = hand(cast_member, 1)[0]
    with transaction():
        cast_ballot(cast_member.actor, first.id, Said(stars=5))
    with transaction():
        drop = frozenset({cast_member.person_id})
        apply_change(marketer.actor, open_round.id, Change(drop=drop, quorum=1))
    assert panel_sizes([open_round.id]) == {open_round.id: 1}
    with transaction():
        against = Against(submission_id=UUID(first.subject))
        declare_conflict(marketer.actor, open_round.id, against, judge_id=cast_member.person_id)

    assert db.session.scalars(select(Ballot)).all() == []
    assert judges_of(UUID(first.subject)) == {other_cast_member.person_id}


def test_a_conflict_declared_after_the_closing_counts_once_the_round_is_open_again(
    closed_round: Round, photos: list[Submission], marketer: Someone, cast_member: Someone
) -> None:
    voted = select(Assignment.judge_id).join(Ballot).where(Assignment.subject == str(photos[0].id))
    with transaction():
        declare_conflict(cast_member.actor, closed_round.id, Against(submission_id=photos[0].id))
    assert cast_member.person_id in db.session.scalars(voted).all()
    with transaction():
        reopen_round(marketer.actor, closed_round.id, "One knew whose photo it was")
    told = db.session.scalars(select(Job.payload).where(Job.kind == "judging.follow_opening.reopened")).one()
    follow_opening(told, attempt=ATTEMPT)

    assert cast_member.person_id not in db.session.scalars(voted).all()


def test_conflicts_over_the_api_are_the_judges_own_or_for_the_desk(
    open_round: Round, photos: list[Submission], cast_member: Someone, other_cast_member: Someone, marketer: Someone
) -> None:
    url = f"/api/v1/rounds/{open_round.id}/conflicts"
    made = cast_member.browser.post(url, json={"submission": str(photos[0].id), "reason": "A friend."})
    again = cast_member.browser.post(url, json={"submission": str(photos[0].id)})
    for_another = cast_member.browser.post(
        url, json={"submission": str(photos[1].id), "judge": str(other_cast_member.person_id)}
    )

    assert (made.status_code, made.json["judge"], made.json["reason"]) == (201, str(cast_member.person_id), "A friend.")
    assert (again.json["id"], for_another.status_code) == (made.json["id"], 403)
    assert [len(one.browser.get(url).json["data"]) for one in (cast_member, other_cast_member, marketer)] == [1, 0, 1]
    own = f"{url}/{made.json['id']}"
    assert [one.browser.delete(own).status_code for one in (other_cast_member, cast_member, cast_member)] == [
        404,
        204,
        404,
    ]


def test_what_is_no_conflict_is_told(open_round: Round, photos: list[Submission], cast_member: Someone) -> None:
    for against in (Against(), Against(photos[0].id, cast_member.person_id), Against(submission_id=UUID(int=1))):
        with pytest.raises(InvalidInput):
            declare_conflict(cast_member.actor, open_round.id, against)
    with pytest.raises(NotFound):
        withdraw_conflict(cast_member.actor, open_round.id, UUID(int=1))
