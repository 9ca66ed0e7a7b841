"""A round's panel at work: judges at different paces, absent ones, skips, recusals, changes under way, in any order."""

from __future__ import annotations

from collections import Counter
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import select, text

from campaign.accounts.actor import Actor
from campaign.accounts.models import Role
from campaign.accounts.people import ensure_person, grant_role
from campaign.accounts.queries import actor_for
from campaign.campaigns.models import State
from campaign.db import db, transaction
from campaign.jobs import Attempt
from campaign.judging.allocation.agenda import agendas_of
from campaign.judging.allocation.bars import barred_pairs
from campaign.judging.allocation.changes import Change, apply_change, preview_change
from campaign.judging.allocation.dealing import next_assignments
from campaign.judging.allocation.filling import seated
from campaign.judging.allocation.following import follow_gallery
from campaign.judging.life.rounds import Plan, create_round, open_round
from campaign.judging.methods.shape import Said
from campaign.judging.models import Assignment, Ballot, Round
from campaign.judging.voting.ballots import cast_ballot, recuse, skip_assignment, undo_ballot
from campaign.submissions.models import Submission, SubmissionState
from tests.factories import add_photos, make_campaign
from tests.people import ISSUER, Someone

JUDGES, PHOTOS = 5, 9
NUMBERS = count()
ATTEMPT = Attempt(UUID(int=0), "judging.follow_gallery.published", 1, 0)

judges = st.integers(0, JUDGES - 1)
LAPSE = "UPDATE assignment SET held_until = held_until - interval '31 minutes' WHERE round_id = :id"


class Panel(RuleBasedStateMachine):
    """Every photo keeps the judges that the quorum asks for; nobody meets a photo twice, or one they must not."""

    marketer: Actor
    fan_id: UUID

    def __init__(self) -> None:
        super().__init__()
        campaign = make_campaign(self.marketer, State.CLOSED, title=f"Panel {next(NUMBERS)}")
        self.people = [self._judge(number) for number in range(JUDGES)]
        self.campaign_id = campaign.id
        with transaction():
            panel = [one.person_id for one in self.people[:4] if one.person_id]
            plan = Plan(title="At work", quorum=2, panel=panel)
            judged = create_round(self.marketer, campaign.id, plan)
        add_photos(campaign, self.fan_id, PHOTOS)
        add_photos(campaign, panel[0], 1)
        with transaction():
            open_round(self.marketer, judged.id)
        self.id, self.highest, self.given = judged.id, 2, {}  # type: ignore[var-annotated]  # (judge, photo) -> stars

    def _judge(self, number: int) -> Actor:
        with transaction():
            person = ensure_person(ISSUER, f"judge-{number}", f"Judge {number}")
            grant_role(person, Role.CAST)
            return actor_for(person.id)

    def _seated(self) -> set[UUID]:
        return set(seated(self.id))

    def _hand(self, judge: int, limit: int = 2) -> list[Assignment]:
        with transaction():
            return next_assignments(self.people[judge], self.id, limit)

    def _is_seated(self, judge: int) -> bool:
        return self.people[judge].person_id in self._seated()

    @rule(judge=judges, stars=st.integers(1, 5), limit=st.integers(1, 4))
    def work(self, judge: int, stars: int, limit: int) -> None:
        """Look at a few, and judge the first."""
        if self._is_seated(judge) and (hand := self._hand(judge, limit)):
            self._cast(judge, hand[0], stars)

    def _cast(self, judge: int, one: Assignment, stars: int) -> None:
        with transaction():
            cast_ballot(self.people[judge], one.id, Said(stars=stars))
        self.given[self.people[judge].person_id, UUID(one.subject)] = stars

    @rule(judge=judges)
    def put_aside(self, judge: int) -> None:
        """Skip what lies on top."""
        if self._is_seated(judge) and (hand := self._hand(judge)):
            with transaction():
                skip_assignment(self.people[judge], hand[0].id)

    @rule(judge=judges)
    def step_aside(self, judge: int) -> None:
        """From what lies on top."""
        if self._is_seated(judge) and (hand := self._hand(judge)):
            with transaction():
                recuse(self.people[judge], hand[0].id, "a cousin")

    @precondition(lambda self: self.given)
    @rule(data=st.data(), away=st.booleans())
    def think_again(self, data: Any, *, away: bool) -> None:
        """Take a ballot back, or step aside from what was judged."""
        judge_id, photo = data.draw(st.sampled_from(sorted(self.given)))
        if judge_id not in self._seated():
            return
        mine = (Assignment.round_id == self.id, Assignment.judge_id == judge_id, Assignment.subject == str(photo))
        assignment_id = db.session.scalars(select(Assignment.id).where(*mine)).one()
        actor = next(one for one in self.people if one.person_id == judge_id)
        with transaction():
            if away:
                recuse(actor, assignment_id)
            else:
                undo_ballot(actor, assignment_id)
        del self.given[judge_id, photo]

    @rule()
    def half_an_hour(self) -> None:
        """Passes, and nobody who holds something did anything."""
        with transaction():
            db.session.execute(text(LAPSE), {"id": self.id})

    @rule(judge=judges, again=st.booleans())
    def change_panel(self, judge: int, *, again: bool) -> None:
        """Whoever is not on it joins; who is leaves, where enough remain; the preview tells what then happens."""
        judge_id = self.people[judge].person_id
        assert judge_id is not None
        here = self._seated()
        one = frozenset({judge_id})
        if judge_id in here and len(here) <= self.round.quorum:
            return
        change = Change(drop=one) if judge_id in here else Change(add=one, deal_again=again)
        foreseen = preview_change(self.marketer, self.id, change)
        with transaction():
            assert apply_change(self.marketer, self.id, change) == foreseen

    @rule(quorum=st.integers(1, 3))
    def change_quorum(self, quorum: int) -> None:
        """Raise or lower it."""
        if quorum <= len(self._seated()):
            with transaction():
                apply_change(self.marketer, self.id, Change(quorum=quorum))
            self.highest = max(self.highest, quorum)

    @rule(data=st.data())
    def take_down(self, data: Any) -> None:
        """A photo hangs no more, or hangs again."""
        photos = select(Submission).where(Submission.campaign_id == self.campaign_id).order_by(Submission.id)
        photo = data.draw(st.sampled_from(db.session.scalars(photos).all()))
        with transaction():
            hung = photo.state is SubmissionState.PUBLISHED
            photo.state = SubmissionState.READY if hung else SubmissionState.PUBLISHED
            photo.published_at = None if hung else photo.created_at
        follow_gallery({"submission_id": str(photo.id)}, attempt=ATTEMPT)

    @property
    def round(self) -> Round:
        return db.session.get_one(Round, self.id, populate_existing=True)

    def _hung(self) -> set[UUID]:
        hung = (Submission.campaign_id == self.campaign_id, Submission.state == SubmissionState.PUBLISHED)
        return set(db.session.scalars(select(Submission.id).where(*hung)))

    @invariant()
    def every_photo_has_its_judges(self) -> None:
        held = select(Assignment.subject, Assignment.judge_id).where(
            Assignment.round_id == self.id, Assignment.gone_at.is_(None)
        )
        seats = [(UUID(subject), judge) for subject, judge in db.session.execute(held)]
        seats += [(photo, judge) for judge, photos in agendas_of(self.id).items() for photo in photos]
        assert max(Counter(seats).values(), default=0) <= 1, "nobody meets a photo twice"
        barred = barred_pairs(self.campaign_id, [one.person_id for one in self.people if one.person_id])
        assert not barred & set(seats), "nobody meets what they must not"
        counts, here = Counter(photo for photo, _ in seats), self._seated()
        for photo in self._hung():
            able = {one for one in here if (photo, one) not in barred} | {one for of, one in seats if of == photo}
            assert min(self.round.quorum, len(able)) <= counts[photo] <= self.highest, "the quorum is kept"

    @invariant()
    def no_ballot_is_lost(self) -> None:
        kept = select(Assignment.judge_id, Assignment.subject, Ballot.scores[1]).join(Ballot)
        rows = db.session.execute(kept.where(Assignment.round_id == self.id)).all()
        assert {(judge, UUID(subject)): stars for judge, subject, stars in rows} == self.given

    def teardown(self) -> None:
        """All but one go on until nothing is left for them; then the last one comes back. Nobody waits for ever."""
        here = [number for number in range(JUDGES) if self._is_seated(number)]
        self.half_an_hour()
        for workers in (here[1:], here):
            while sum(self._finish(number) for number in workers):
                pass
        counts = Counter(photo for _, photo in self.given)
        barred = barred_pairs(self.campaign_id, list(self._seated()))
        for photo in self._hung():
            able = {one for one in self._seated() if (photo, one) not in barred}
            able |= {judge for judge, of in self.given if of == photo}
            assert counts[photo] >= min(self.round.quorum, len(able))
        self.every_photo_has_its_judges()
        self.no_ballot_is_lost()

    def _finish(self, number: int) -> bool:
        hand = self._hand(number, 3)
        for one in hand:
            self._cast(number, one, 3)
        return bool(hand)


@pytest.mark.usefixtures("database")
def test_a_panel_at_work_keeps_quorum_conflicts_and_ballots(marketer: Someone, fan: Someone) -> None:
    assert fan.person_id is not None
    Panel.marketer, Panel.fan_id = marketer.actor, fan.person_id
    quick = settings(
        max_examples=4, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
    )
    run_state_machine_as_test(Panel, settings=quick)
