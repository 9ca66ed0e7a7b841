"""Twenty threads send photos while a person pauses and extends: after a pause nothing is added, and nothing is lost."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from campaign.accounts.actor import Actor
from campaign.campaigns.announcement import record_announcement, schedule_announcement
from campaign.campaigns.extending import extend_campaign
from campaign.campaigns.hooks import KEY
from campaign.campaigns.models import Campaign, State
from campaign.campaigns.pausing import pause_campaign, resume_campaign
from campaign.clock import database_now
from campaign.db import db, transaction
from campaign.errors import Conflict
from campaign.submissions.arrival import record_arrival
from campaign.submissions.models import Submission, SubmissionState
from tests.factories import make_campaign
from tests.people import meet
from tests.races.test_submissions import THREADS, Crowd, fans, in_threads, rows, rush, submit


@pytest.fixture
def marketer(app: Flask, committed: None) -> Actor:
    return meet(app, "marketer").actor


def _wait_for(count: int) -> None:
    """Until so many submissions are there."""
    while (db.session.scalar(select(func.count()).select_from(Submission)) or 0) < count:
        db.session.rollback()
    db.session.rollback()


@pytest.mark.parametrize("attempt", range(3))
def test_nothing_is_added_after_a_pause(app: Flask, marketer: Actor, attempt: int) -> None:
    campaign_id = make_campaign(marketer, entry_limit=100).id
    db.session.commit()

    def pause() -> tuple[datetime, set[UUID]]:
        with app.app_context():
            _wait_for(1 + 7 * attempt)
            with transaction():
                at = pause_campaign(marketer, campaign_id, "A day off").paused_at
                seen = set(rows(campaign_id))
            assert at is not None
            return at, seen

    with ThreadPoolExecutor(1) as pool:
        pausing = pool.submit(pause)
        crowd = rush(app, fans(app, THREADS), campaign_id, goes_on=True)
        paused_at, seen_by_the_pauser = pausing.result()

    kept = rows(campaign_id)
    assert set(crowd.accepted) == set(kept) == seen_by_the_pauser
    assert max(kept.values()) < paused_at
    assert crowd.refused == ["paused"] * THREADS


def test_ticket_from_before_a_pause_is_honoured(app: Flask, marketer: Actor) -> None:
    campaign_id = make_campaign(marketer).id
    crowd = rush(app, fans(app, 3), campaign_id)
    with transaction():
        pause_campaign(marketer, campaign_id, "A day off")

    for submission_id in crowd.accepted:
        with transaction():
            record_arrival(submission_id)

    states = db.session.scalars(select(Submission.state)).all()
    assert states == [SubmissionState.RECEIVED] * 3


def test_pausing_and_resuming_under_fire_takes_photos_only_in_between(app: Flask, marketer: Actor) -> None:
    """Whatever the order of pauses: every photo was added while nobody had paused."""
    campaign_id = make_campaign(marketer, entry_limit=100).id
    actors = fans(app, THREADS)
    db.session.commit()
    dice, held, crowd = random.Random(7), [], Crowd()

    def hold_now_and_then() -> None:
        with app.app_context():
            for turn in range(8):
                _wait_for(turn + dice.randrange(3))
                with transaction():
                    began = pause_campaign(marketer, campaign_id, "A moment").paused_at
                with transaction():
                    resume_campaign(marketer, campaign_id)
                    held.append((began, database_now()))

    def send(actor: Actor) -> None:
        for _ in range(6):
            submit(app, actor, campaign_id, crowd)

    with ThreadPoolExecutor(THREADS + 1) as pool:
        holding = pool.submit(hold_now_and_then)
        list(pool.map(send, actors))
        while not holding.done():
            submit(app, actors[0], campaign_id, crowd)
        holding.result()

    kept = rows(campaign_id)
    assert set(crowd.accepted) == set(kept)
    assert len(held) == 8
    assert not [at for at in kept.values() for began, ended in held if began <= at <= ended]
    assert set(crowd.refused) <= {"paused", "entry_limit"}


def test_nothing_late_and_nothing_lost_when_the_closing_moves_at_the_last_moment(app: Flask, marketer: Actor) -> None:
    campaign_id = make_campaign(marketer, entry_limit=100).id
    actors = fans(app, THREADS)
    with transaction():
        campaign = db.session.get_one(Campaign, campaign_id)
        campaign.closes_at = closes_at = database_now() + timedelta(seconds=1)
    later = closes_at + timedelta(seconds=0.7)

    def extend() -> bool:
        with app.app_context():
            while database_now() < closes_at - timedelta(milliseconds=30):
                db.session.rollback()
            db.session.rollback()
            try:
                with transaction():
                    extend_campaign(marketer, campaign_id, later)
            except Conflict:
                return False
            return True

    with ThreadPoolExecutor(1) as pool:
        extending = pool.submit(extend)
        crowd = rush(app, actors, campaign_id, goes_on=True)
        extended = extending.result()

    kept = rows(campaign_id)
    assert set(crowd.accepted) == set(kept)
    assert max(kept.values()) < (later if extended else closes_at)
    assert set(crowd.refused) == {"closed"}


def test_announcement_is_recorded_once_by_many_clocks(
    app: Flask, marketer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app.extensions[KEY], "announcement_guards", [])
    told: list[str] = []
    monkeypatch.setattr("campaign.campaigns.announcement.record", lambda kind, _payload: told.append(kind))
    campaign_id = make_campaign(marketer, State.CLOSED).id
    with transaction():
        schedule_announcement(marketer, campaign_id, database_now() + timedelta(seconds=0.5), 0)

    def record() -> bool:
        with app.app_context():
            recorded = False
            while not recorded and db.session.get_one(Campaign, campaign_id).announced_at is None:
                db.session.rollback()
                with transaction():
                    recorded = record_announcement(campaign_id)
            return recorded

    recorded = in_threads([record] * 8)

    assert (sorted(recorded), told) == ([False] * 7 + [True], ["campaign.announced"])
