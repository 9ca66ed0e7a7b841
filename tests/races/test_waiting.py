"""Nobody at the table waits for somebody who may be waiting for them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select, text, update

from campaign.accounts.actor import Actor
from campaign.campaigns.models import State
from campaign.clock import database_now
from campaign.db import Lock, db, lock_exclusive, transaction
from campaign.judging.allocation.agenda import agendas_of, put_first, strike
from campaign.judging.allocation.conflicts import Against, declare_conflict
from campaign.judging.allocation.dealing import next_assignments
from campaign.judging.life.plan import Plan
from campaign.judging.life.rounds import create_round, open_round
from campaign.judging.methods.shape import Method, Said, photos_in
from campaign.judging.models import Assignment, DeclaredConflict
from campaign.judging.voting.ballots import cast_ballot
from campaign.judging.voting.sitting import sit_for
from campaign.judging.voting.stepping_aside import declare
from campaign.submissions.queries import locked_submission
from tests.factories import add_photos, make_campaign
from tests.races.table import Scene

SOON = 10.0
Answer = TypeVar("Answer")


@contextmanager
def beside(scene: Scene, act: Callable[[], Answer]) -> Iterator[Future[Answer]]:
    """Somebody else, in a transaction of their own, done soon after the block."""

    def run() -> Answer:
        with scene.app.app_context(), transaction():
            return act()

    with ThreadPoolExecutor(1) as pool:
        acting = pool.submit(run)
        yield acting
        acting.result(SOON)


def at_once(act: Callable[[], Answer]) -> Answer:
    """What may wait for no lock: a wait is an error."""
    db.session.execute(text("SET LOCAL lock_timeout = '500ms'"))
    return act()


def until_somebody_waits() -> None:
    over = time.monotonic() + SOON
    while not db.session.scalar(text("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")):
        assert time.monotonic() < over, "nobody waits"
        time.sleep(0.02)


def ahead_of(round_id: UUID, judge: Actor) -> list[UUID]:
    assert judge.person_id is not None
    return agendas_of(round_id)[judge.person_id]


def test_a_photo_is_planned_for_a_judge_who_is_just_voting(scene: Scene) -> None:
    round_id, judge, other = scene.round(1), *scene.judges[:2]
    judge_id = judge.person_id
    assert judge_id is not None
    photos = ahead_of(round_id, other)

    with transaction():
        sit_for(round_id, judge_id)
        with beside(scene, lambda: at_once(lambda: put_first(round_id, judge_id, photos))):
            pass
    assert ahead_of(round_id, judge)[: len(photos)] == photos


def test_whoever_is_about_to_take_from_others_does_not_hold_their_own_yet(scene: Scene) -> None:
    round_id, judge = scene.round(1), scene.judges[0]
    own = ahead_of(round_id, judge)[0]
    db.session.rollback()

    with transaction():
        lock_exclusive(Lock.ALLOCATION, round_id)
        with beside(scene, lambda: [UUID(one.subject) for one in next_assignments(judge, round_id, 20)]) as taking:
            until_somebody_waits()
            at_once(lambda: strike(round_id, own))
            db.session.commit()
    assert taking.result()
    assert own not in taking.result()


def test_a_duel_that_lay_for_long_is_left_to_its_judge_who_decides_it_now(scene: Scene) -> None:
    campaign = make_campaign(scene.marketer, State.CLOSED, title="Two photos")
    assert scene.marketer.person_id is not None
    add_photos(campaign, scene.marketer.person_id, 2)
    with transaction():
        plan = Plan(title="One against the other", method=Method.DUEL, quorum=1)
        round_id = create_round(scene.marketer, campaign.id, plan).id
    with transaction():
        open_round(scene.marketer, round_id)
    judge, other = scene.judges[:2]
    with transaction():
        duel = next_assignments(judge, round_id, 1)[0].id
        late = database_now() - timedelta(seconds=1)
        db.session.execute(update(Assignment).where(Assignment.id == duel).values(held_until=late))

    with transaction():
        subject = db.session.scalar(select(Assignment.subject).where(Assignment.id == duel))
        assert subject is not None
        cast_ballot(judge, duel, Said(winner=photos_in(subject)[0]))
        with beside(scene, lambda: at_once(lambda: len(next_assignments(other, round_id, 1)))) as coming:
            pass
    assert coming.result() == 0


def test_a_conflict_is_noted_for_a_judge_who_is_declaring_it(scene: Scene) -> None:
    round_id, judge = scene.round(1), scene.judges[0]
    judge_id = judge.person_id
    assert judge_id is not None
    photo = ahead_of(round_id, judge)[0]
    db.session.rollback()

    with transaction():
        sit_for(round_id, judge_id)
        with beside(
            scene,
            lambda: declare_conflict(scene.marketer, round_id, Against(submission_id=photo), judge_id=judge_id).id,
        ):
            until_somebody_waits()
            at_once(lambda: declare(scene.campaign.id, judge_id, [photo], why="", by=judge_id))
            db.session.commit()
    assert db.session.scalars(select(DeclaredConflict.submission_id)).all() == [photo]


def test_a_photo_that_staff_look_at_is_handed_to_a_judge(scene: Scene) -> None:
    round_id, judge = scene.round(1), scene.judges[0]
    photo = ahead_of(round_id, judge)[0]
    db.session.rollback()

    with transaction():
        locked_submission(photo)
        with beside(
            scene, lambda: at_once(lambda: [one.subject for one in next_assignments(judge, round_id, 1)])
        ) as hand:
            pass
    assert hand.result() == [str(photo)]
