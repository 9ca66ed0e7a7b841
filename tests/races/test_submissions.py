"""Twenty threads send photos while the campaign closes: nothing late gets in, nothing acknowledged is lost."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from threading import Barrier
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from campaign.accounts.actor import Actor
from campaign.campaigns.lifecycle import move_campaign, record_closing
from campaign.campaigns.models import Campaign, Stage, State
from campaign.clock import database_now
from campaign.db import db, transaction
from campaign.errors import Conflict
from campaign.jobs.models import Job
from campaign.submissions.arrival import record_arrival
from campaign.submissions.intake import Entry, issue_submission_ticket
from campaign.submissions.models import Submission, SubmissionState
from campaign.submissions.moderation import decline_submission, publish_submission
from campaign.submissions.tickets import expire_unused_tickets
from tests.factories import add_photos, make_campaign
from tests.people import meet
from uploads.limits import Limits

THREADS = 20
ENTRY = Entry(caption="Home", place="Lisbon", rules_version=1, filename="a.jpg", content_type="image/jpeg", bytes=1000)


@dataclass
class Crowd:
    """What the threads were told."""

    accepted: list[UUID] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


@pytest.fixture
def marketer(app: Flask, committed: None) -> Actor:
    return meet(app, "marketer").actor


def submit(app: Flask, actor: Actor, campaign_id: UUID, crowd: Crowd) -> bool:
    """One fan's request; whether there was still a place for it."""
    with app.app_context():
        try:
            with transaction():
                issued = issue_submission_ticket(
                    actor,
                    db.session.get_one(Campaign, campaign_id),
                    ENTRY,
                    storage=app.extensions["flaunt_storage"],
                    limits=Limits(),
                    seconds=900,
                )
                submission_id = issued.submission.id
        except Conflict as problem:
            crowd.refused.append(problem.code)
            return False
        crowd.accepted.append(submission_id)
        return True


def rush(app: Flask, actors: list[Actor], campaign_id: UUID, *, goes_on: bool = False) -> Crowd:
    """All at once; each once, or again and again until it is refused."""
    crowd, start = Crowd(), Barrier(len(actors))

    def send(actor: Actor) -> None:
        start.wait()
        was_taken = submit(app, actor, campaign_id, crowd)
        while goes_on and was_taken:
            was_taken = submit(app, actor, campaign_id, crowd)

    with ThreadPoolExecutor(len(actors)) as pool:
        list(pool.map(send, actors))
    return crowd


def fans(app: Flask, count: int) -> list[Actor]:
    return [meet(app, f"fan {number}").actor for number in range(count)]


def rows(campaign_id: UUID) -> dict[UUID, datetime]:
    query = select(Submission.id, Submission.created_at).where(Submission.campaign_id == campaign_id)
    return {row.id: row.created_at for row in db.session.execute(query)}


def in_threads(work: list[Callable[[], object]]) -> list[object]:
    start = Barrier(len(work))

    def run(one: Callable[[], object]) -> object:
        start.wait()
        return one()

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(run, work))


@pytest.mark.parametrize("attempt", range(3))
def test_nothing_late_and_nothing_lost_when_a_person_closes(app: Flask, marketer: Actor, attempt: int) -> None:
    campaign_id = make_campaign(marketer, entry_limit=100).id
    db.session.commit()

    def close() -> tuple[datetime, set[UUID]]:
        with app.app_context():
            while db.session.scalar(select(func.count()).select_from(Submission)) in (0, None):
                db.session.rollback()
            db.session.rollback()
            with transaction():
                at = move_campaign(marketer, campaign_id, State.CLOSED).closed_at
                seen = set(rows(campaign_id))
            assert at is not None
            return at, seen

    with ThreadPoolExecutor(1) as pool:
        closing = pool.submit(close)
        crowd = rush(app, fans(app, THREADS), campaign_id, goes_on=True)
        closed_at, seen_by_the_closer = closing.result()

    kept = rows(campaign_id)
    assert set(crowd.accepted) == set(kept) == seen_by_the_closer
    assert max(kept.values()) < closed_at
    assert set(crowd.refused) == {"closed"}
    assert len(crowd.refused) == THREADS


def test_nothing_late_and_nothing_lost_when_time_closes(app: Flask, marketer: Actor) -> None:
    campaign_id = make_campaign(marketer, entry_limit=100).id
    actors = fans(app, THREADS)
    with transaction():
        campaign = db.session.get_one(Campaign, campaign_id)
        campaign.closes_at = closes_at = database_now() + timedelta(seconds=1.5)

    crowd = rush(app, actors, campaign_id, goes_on=True)
    with transaction():
        record_closing(campaign_id)

    kept = rows(campaign_id)
    assert set(crowd.accepted) == set(kept)
    assert kept
    assert max(kept.values()) < closes_at
    assert set(crowd.refused) == {"closed"}
    assert db.session.get_one(Campaign, campaign_id).stage is Stage.CLOSED


def test_entry_limit_holds_under_twenty_threads(app: Flask, marketer: Actor) -> None:
    campaign_id = make_campaign(marketer, entry_limit=3).id
    actor = fans(app, 1)[0]
    db.session.commit()

    crowd = rush(app, [actor] * THREADS, campaign_id)

    numbers = db.session.scalars(select(Submission.entry_number).order_by(Submission.entry_number)).all()
    assert numbers == [1, 2, 3]
    assert len(crowd.accepted) == 3
    assert crowd.refused == ["entry_limit"] * (THREADS - 3)


def test_completing_twenty_times_queues_once(app: Flask, marketer: Actor) -> None:
    campaign_id = make_campaign(marketer).id
    crowd = rush(app, fans(app, 1), campaign_id)

    def complete() -> None:
        with app.app_context(), transaction():
            record_arrival(crowd.accepted[0])

    in_threads([complete] * THREADS)

    assert db.session.scalar(select(func.count()).select_from(Job).where(Job.kind == "photo.process")) == 1


def test_completing_and_expiring_at_once_has_one_winner(app: Flask, marketer: Actor) -> None:
    campaign_id = make_campaign(marketer, entry_limit=100).id
    crowd = rush(app, fans(app, THREADS), campaign_id)
    with transaction():
        soon = database_now() + timedelta(milliseconds=300)
        for submission in db.session.scalars(select(Submission)):
            submission.ticket_expires_at = soon

    def wait_until(instant: datetime) -> None:
        while database_now() < instant:
            db.session.rollback()

    def complete(number: int, submission_id: UUID) -> bool:
        with app.app_context():
            wait_until(soon + timedelta(milliseconds=2 * (number - THREADS // 2)))
            try:
                with transaction():
                    record_arrival(submission_id)
            except Conflict:
                return False
            return True

    def expire() -> None:
        with app.app_context():
            wait_until(soon)
            expire_unused_tickets()

    told = in_threads([expire, *(partial(complete, *one) for one in enumerate(crowd.accepted))])[1:]
    expire_unused_tickets()  # those whose late fans held the row at the first look

    states = {row.id: row.state for row in db.session.execute(select(Submission.id, Submission.state))}
    for submission_id, was_taken in zip(crowd.accepted, told, strict=True):
        expected = SubmissionState.RECEIVED if was_taken else SubmissionState.EXPIRED
        assert states[submission_id] is expected


def test_two_people_deciding_at_once_leave_one_sound_state(app: Flask, marketer: Actor) -> None:
    campaign = make_campaign(marketer)
    fan = fans(app, 1)[0]
    assert fan.person_id is not None
    submission_id = add_photos(campaign, fan.person_id, state=SubmissionState.READY)[0].id
    db.session.commit()

    def publish() -> None:
        with app.app_context(), transaction():
            publish_submission(marketer, submission_id)

    def decline() -> None:
        with app.app_context():
            try:
                with transaction():
                    decline_submission(marketer, submission_id, "Too dark.")
            except Conflict:
                pass

    in_threads([publish, decline] * 6)

    submission = db.session.get_one(Submission, submission_id)
    assert submission.state in (SubmissionState.PUBLISHED, SubmissionState.DECLINED)
    assert (submission.reason == "") == (submission.state is SubmissionState.PUBLISHED)
