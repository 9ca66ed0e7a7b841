"""A round's whole life, as Hypothesis leads it: what may be done is done, what may not is refused, nothing is lost."""

from __future__ import annotations

from itertools import count
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import func, select

from campaign.campaigns.models import State
from campaign.db import db, transaction
from campaign.errors import Conflict
from campaign.judging.allocation.dealing import next_assignments
from campaign.judging.life.rounds import Plan, create_round, edit_round, move_round
from campaign.judging.methods.shape import Said
from campaign.judging.models import Assignment, Ballot, BallotEvent, Reopening, Round, RoundStage
from campaign.judging.record.proof import verify
from campaign.judging.record.sealing import dossier_of
from campaign.judging.results.sealed import sealed_result
from campaign.judging.voting.ballots import cast_ballot, skip_assignment, undo_ballot
from tests.factories import add_photos, make_campaign
from tests.people import Someone

NUMBERS = count(1)
LEGAL = {
    (RoundStage.DRAFT, RoundStage.OPEN),
    (RoundStage.OPEN, RoundStage.CLOSED),
    (RoundStage.CLOSED, RoundStage.FINAL),
    (RoundStage.CLOSED, RoundStage.OPEN),
    (RoundStage.FINAL, RoundStage.OPEN),
}
STAGES = st.sampled_from(RoundStage)


class Life(RuleBasedStateMachine):
    """One round of three photos and two judges; the model knows only stages, seals and how much was said."""

    marketer: Someone
    fan: Someone
    judges: tuple[Someone, Someone]

    def __init__(self) -> None:
        super().__init__()
        number = next(NUMBERS)
        campaign = make_campaign(self.marketer.actor, State.CLOSED, title=f"Campaign {number}")
        assert self.fan.person_id is not None
        add_photos(campaign, self.fan.person_id, 3)
        with transaction():
            self.id: UUID = create_round(self.marketer.actor, campaign.id, Plan(title="Look", quorum=2)).id
        self.stage, self.seals, self.said = RoundStage.DRAFT, list[str](), 0
        self.words: dict[UUID, int] = {}

    @rule(to=STAGES)
    def move(self, to: RoundStage) -> None:
        """To any stage: along the legal ways, and refused along all others."""
        legal = (self.stage, to) in LEGAL
        try:
            with transaction():
                move_round(self.marketer.actor, self.id, to, "To look again.")
        except Conflict:
            assert not legal, (self.stage, to)
            return
        assert legal, (self.stage, to)
        self.stage = to
        if to is RoundStage.CLOSED:
            seal = self.round.seal or ""
            assert seal not in self.seals
            self.seals.append(seal)

    @rule(quorum=st.sampled_from((1, 2)))
    def edit(self, quorum: int) -> None:
        """Only a draft is edited."""
        try:
            with transaction():
                edit_round(self.marketer.actor, self.id, Plan(title="Look", quorum=quorum))
        except Conflict:
            assert self.stage is not RoundStage.DRAFT
        else:
            assert (self.stage, self.round.quorum) == (RoundStage.DRAFT, quorum)

    @rule(judge=st.integers(0, 1), stars=st.integers(1, 5), act=st.sampled_from(("cast", "undo", "skip")))
    def judge(self, judge: int, stars: int, act: str) -> None:
        """A judge acts on the first photo that waits, or takes back the last word; closed, nothing gets in."""
        actor = self.judges[judge].actor
        try:
            with transaction():
                waiting = next_assignments(actor, self.id, 1)
                if act == "undo":
                    mine = [
                        one for one in self.words if db.session.get_one(Assignment, one).judge_id == actor.person_id
                    ]
                    for one in mine[-1:]:
                        undo_ballot(actor, one)
                        del self.words[one]
                        self.said += 1
                elif waiting and act == "cast":
                    cast_ballot(actor, waiting[0].id, Said(stars=stars))
                    self.words[waiting[0].id] = stars
                    self.said += 1
                elif waiting:
                    skip_assignment(actor, waiting[0].id)
                    self.said += 1
        except Conflict:
            assert self.stage is not RoundStage.OPEN
        else:
            assert self.stage is RoundStage.OPEN

    @precondition(lambda self: self.words)
    @rule(stars=st.integers(1, 5))
    def change_or_refuse(self, stars: int) -> None:
        """Another word on what was judged: taken while open, refused after the closing."""
        one, before = next(iter(self.words.items()))
        judge_id = db.session.get_one(Assignment, one).judge_id
        actor = next(judge.actor for judge in self.judges if judge.person_id == judge_id)
        try:
            with transaction():
                cast_ballot(actor, one, Said(stars=stars))
        except Conflict:
            assert self.stage is not RoundStage.OPEN
        else:
            assert self.stage is RoundStage.OPEN
            self.words[one] = stars
            self.said += stars != before

    @invariant()
    def stage_and_seal_are_as_they_should(self) -> None:
        found = self.round
        sealed = self.stage in {RoundStage.CLOSED, RoundStage.FINAL}
        assert found.stage is self.stage
        assert found.seal == (self.seals[-1] if sealed else None)
        assert (found.final_seal is not None) == (self.stage is RoundStage.FINAL)
        former = select(Reopening.seal).where(Reopening.round_id == self.id).order_by(Reopening.created_at)
        assert list(db.session.scalars(former)) == (self.seals[:-1] if sealed else self.seals)

    @invariant()
    def nothing_that_was_said_is_lost(self) -> None:
        mine = select(Assignment.id).where(Assignment.round_id == self.id)
        given = select(Ballot.assignment_id, Ballot.scores).where(Ballot.assignment_id.in_(mine))
        ballots = {one: scores[0] for one, scores in db.session.execute(given) if scores}
        events = select(func.count()).select_from(BallotEvent).where(BallotEvent.round_id == self.id)
        assert (ballots, db.session.scalar(events)) == (self.words, self.said)

    @invariant()
    def results_are_seen_when_closed_and_hold_when_final(self) -> None:
        try:
            with transaction():
                counted = sum(one.ballots for one in sealed_result(self.round))
        except Conflict:
            assert self.stage in {RoundStage.DRAFT, RoundStage.OPEN}
        else:
            assert (self.stage in {RoundStage.CLOSED, RoundStage.FINAL}, counted) == (True, len(self.words))
        if self.stage is RoundStage.FINAL:
            assert verify(dossier_of(self.id), seal=self.seals[-1]) == []

    @property
    def round(self) -> Round:
        db.session.expire_all()
        return db.session.get_one(Round, self.id)


def test_a_round_lives_as_its_rules_say(
    marketer: Someone, fan: Someone, cast_member: Someone, other_cast_member: Someone
) -> None:
    people = {"marketer": marketer, "fan": fan, "judges": (cast_member, other_cast_member)}
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]

    run_state_machine_as_test(
        type("LifeOfThese", (Life,), people),
        settings=settings(max_examples=4, stateful_step_count=22, deadline=None, suppress_health_check=checks),
    )
