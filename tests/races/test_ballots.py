"""Votes under fire (promises 16, 17 and 19): one per assignment, nothing late, nothing acknowledged lost.

`CLOSINGS=1000` runs as many closings as the promise speaks of; a few are enough to see a lock that is missing.
"""

from __future__ import annotations

import os
import random
import threading
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import func, select

from campaign.accounts.actor import Actor
from campaign.db import db, transaction
from campaign.errors import Conflict
from campaign.judging.allocation.changes import Change, apply_change
from campaign.judging.allocation.dealing import next_assignments
from campaign.judging.allocation.planning import plan_of
from campaign.judging.life.rounds import close_round, finish_round
from campaign.judging.life.window import hold_round
from campaign.judging.methods.shape import Said
from campaign.judging.models import Assignment, Ballot, BallotEvent, PanelMember, Round, RoundStage
from campaign.judging.record.proof import verify
from campaign.judging.record.sealing import dossier_of
from campaign.judging.tasks import close_due_rounds
from campaign.judging.voting.ballots import cast_ballot, recuse, skip_assignment, undo_ballot
from tests.races.table import THREADS, Scene

CLOSINGS = int(os.environ.get("CLOSINGS", "6"))
UNDONE = 0.2
"""How many votes are taken back at once."""
PUT_ASIDE = 0.2
"""How often a photo is put aside before the vote."""

Acknowledged = dict[UUID, int | None]
"""The last word on each assignment that was answered with success; None after it was taken back."""


@dataclass
class UnderWay:
    """What was acknowledged so far, and whether that is enough for the closing to come."""

    enough: int
    acknowledged: Acknowledged = field(default_factory=dict)
    reached: threading.Event = field(default_factory=threading.Event)

    def acknowledge(self, assignment_id: UUID, stars: int | None) -> None:
        self.acknowledged[assignment_id] = stars
        if len(self.acknowledged) >= self.enough:
            self.reached.set()


def vote_until_closed(under_way: UnderWay, judge: Actor, round_id: UUID) -> None:
    """Vote, change and take back without a pause; write down what was acknowledged."""
    dice = random.Random(judge.display_name)
    own: list[UUID] = []
    while True:
        try:
            with transaction():
                waiting = [one.id for one in next_assignments(judge, round_id, 3)]
            own += [one for one in waiting if one not in own]
            if dice.random() < PUT_ASIDE:
                _put_aside(judge, waiting.pop() if waiting else dice.choice(own))
            for assignment_id in {*waiting, dice.choice(own)}:
                stars = dice.randint(1, 5)
                with transaction():
                    cast_ballot(judge, assignment_id, Said(stars=stars))
                under_way.acknowledge(assignment_id, stars)
                if dice.random() < UNDONE:
                    with transaction():
                        undo_ballot(judge, assignment_id)
                    under_way.acknowledge(assignment_id, None)
        except Conflict as refusal:
            if refusal.code == "round_closed":
                return
            raise


def _put_aside(judge: Actor, assignment_id: UUID) -> None:
    try:
        with transaction():
            skip_assignment(judge, assignment_id)
    except Conflict as refusal:
        if refusal.code != "judged":
            raise


@pytest.mark.parametrize("way", ["closed by a person", "at its deadline"])
def test_closing_under_fire_loses_nothing_and_lets_nothing_in(scene: Scene, way: str) -> None:
    dice = random.Random(way)
    for _ in range(max(1, CLOSINGS // 2)):
        round_id = scene.round(THREADS)
        under_way = UnderWay(enough=dice.randint(2 * THREADS, 8 * THREADS))
        closer = threading.Thread(target=_end, args=(scene, round_id, under_way, way))
        closer.start()
        scene.all_at_once(partial(_vote, scene, round_id, under_way))
        closer.join()
        close_due_rounds()
        _assert_right(scene, round_id, under_way.acknowledged)


def _vote(scene: Scene, round_id: UUID, under_way: UnderWay, number: int) -> None:
    try:
        vote_until_closed(under_way, scene.judges[number], round_id)
    finally:
        under_way.reached.set()


def _end(scene: Scene, round_id: UUID, under_way: UnderWay, way: str) -> None:
    """Once enough votes are in: close, or let the deadline come in a fifth of a second."""
    under_way.reached.wait()
    with scene.app.app_context(), transaction():
        if way == "closed by a person":
            close_round(scene.marketer, round_id)
        else:
            judged, now = hold_round(round_id)
            judged.closes_at = now + timedelta(seconds=0.2)


def _assert_right(scene: Scene, round_id: UUID, acknowledged: Acknowledged) -> None:
    db.session.expire_all()
    closed = db.session.get_one(Round, round_id)
    assert closed.stage is RoundStage.CLOSED
    assert closed.closed_at is not None
    kept = dict(
        db.session.execute(
            select(Ballot.assignment_id, Ballot.scores[1]).join(Assignment).where(Assignment.round_id == round_id)
        ).all()
    )
    assert len(acknowledged) > THREADS
    assert kept == {key: stars for key, stars in acknowledged.items() if stars is not None}
    with transaction():
        seal = finish_round(scene.marketer, round_id).seal
    dossier = dossier_of(round_id)
    assert verify(dossier, seal=seal) == []
    recorded = {UUID(one.assignment): one.word["scores"]["Overall"] for one in dossier.ballots}
    assert recorded == kept
    instants = [event.at for one in dossier.panel for event in one.events]
    assert max(instants) < dossier.round.closed_at
    _assert_counted(round_id)


def _assert_counted(round_id: UUID) -> None:
    """Each photo is one judge's once; what is judged has a ballot; the counters on the panel say the same."""
    rows = db.session.scalars(select(Assignment).where(Assignment.round_id == round_id)).all()
    seats = [(one.judge_id, one.subject) for one in rows if one.gone_at is None]
    seats += [(judge, str(photo)) for judge, ahead in plan_of(round_id).items() for photo in ahead]
    assert max(Counter(seats).values()) == 1
    quorum = db.session.get_one(Round, round_id).quorum
    assert set(Counter(subject for _, subject in seats).values()) == {quorum}
    judged = select(Assignment.id).where(Assignment.round_id == round_id, Assignment.judged)
    with_ballot = select(Ballot.assignment_id).join(Assignment).where(Assignment.round_id == round_id)
    assert set(db.session.scalars(judged)) == set(db.session.scalars(with_ballot))
    by_judge = Counter(one.judge_id for one in rows if one.judged)
    panel = db.session.scalars(select(PanelMember).where(PanelMember.round_id == round_id)).all()
    assert {one.person_id: one.judged for one in panel} == {one.person_id: by_judge[one.person_id] for one in panel}
    links = select(BallotEvent.judge, func.max(BallotEvent.sequence)).where(BallotEvent.round_id == round_id)
    events = dict(db.session.execute(links.group_by(BallotEvent.judge)).all())
    assert {one.commitment: one.events for one in panel if one.events} == events


def test_one_judge_in_twenty_windows_has_one_ballot_and_one_chain(scene: Scene) -> None:
    judge, round_id = scene.judges[0], scene.round(1)
    with transaction():
        (assignment_id,) = [one.id for one in next_assignments(judge, round_id, 1)]

    def act(number: int) -> None:
        for stars in range(1, 6):
            with transaction():
                cast_ballot(judge, assignment_id, Said(stars=(stars + number) % 5 + 1))

    scene.all_at_once(act)

    assert db.session.scalar(select(func.count()).select_from(Ballot)) == 1
    with transaction():
        close_round(scene.marketer, round_id)
        finish_round(scene.marketer, round_id)
    dossier = dossier_of(round_id)
    assert verify(dossier) == []
    numbers = [event.sequence for one in dossier.panel for event in one.events]
    assert numbers == list(range(1, db.session.scalar(select(func.count()).select_from(BallotEvent)) + 1))


def test_one_judge_in_twenty_windows_is_given_each_photo_once(scene: Scene) -> None:
    judge, round_id = scene.judges[0], scene.round(THREADS)

    def act(_number: int) -> None:
        for _ in range(3):
            with transaction():
                next_assignments(judge, round_id, 20)

    scene.all_at_once(act)

    _assert_counted(round_id)
    assert db.session.scalar(select(func.count()).select_from(Assignment)) == 20


def test_twenty_judges_give_each_photo_its_quorum_and_no_more(scene: Scene) -> None:
    round_id = scene.round(3)

    def act(number: int) -> None:
        judge = scene.judges[number]
        while True:
            with transaction():
                ids = [one.id for one in next_assignments(judge, round_id, 4)]
            if not ids:
                return
            for assignment_id in ids:
                with transaction():
                    cast_ballot(judge, assignment_id, Said(stars=3))

    scene.all_at_once(act)

    _assert_counted(round_id)
    assert db.session.scalar(select(func.count()).select_from(Ballot)) == 90


def test_changes_under_way_and_recusals_lose_no_ballot_and_keep_the_quorum(scene: Scene) -> None:
    round_id = scene.round(3)
    given: set[UUID] = set()
    left = frozenset({one.person_id for one in scene.judges[:2] if one.person_id})

    def act(number: int) -> None:
        if number == THREADS - 1:
            for change in (Change(drop=left), Change(quorum=4), Change(add=left, deal_again=True)):
                with transaction():
                    apply_change(scene.marketer, round_id, change)
            return
        judge, steps_aside = scene.judges[number], number % 5 == 0
        while number not in (0, 1):
            with transaction():
                hand = [one.id for one in next_assignments(judge, round_id, 2)]
            if not hand:
                return
            for assignment_id in hand:
                steps_aside = not _answer(judge, assignment_id, aside=steps_aside) and steps_aside
                given.add(assignment_id)

    scene.all_at_once(act)

    db.session.expire_all()
    rows = db.session.scalars(select(Assignment).where(Assignment.round_id == round_id)).all()
    settled = {one.id for one in rows if one.judged or one.gone_at}
    assert given <= settled
    _assert_counted(round_id)


def _answer(judge: Actor, assignment_id: UUID, *, aside: bool) -> bool:
    """A word, or stepping aside; whether it was that. A word on what was taken over meanwhile counts all the same."""
    with transaction():
        if aside:
            recuse(judge, assignment_id)
        else:
            cast_ballot(judge, assignment_id, Said(stars=3))
    return aside
