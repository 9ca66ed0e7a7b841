"""Twenty judges at once, each in a thread with a connection of its own."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import text

from campaign.accounts.actor import Actor
from campaign.accounts.models import Role
from campaign.accounts.people import ensure_person, grant_role
from campaign.accounts.queries import actor_for
from campaign.app import create_app
from campaign.campaigns.models import Campaign, State
from campaign.config import Settings
from campaign.db import db, transaction
from campaign.judging.life.rounds import Plan, create_round, open_round
from tests.factories import add_photos, make_campaign

THREADS = 20
ISSUER = "https://people.example.test"
SOON = 10.0
Answer = TypeVar("Answer")


@dataclass
class Scene:
    """A campaign with its judges."""

    app: Flask
    marketer: Actor
    judges: list[Actor]
    campaign: Campaign

    def round(self, quorum: int) -> UUID:
        """An open round of the whole cast."""
        plan = Plan(title="Under fire", quorum=quorum)
        with transaction():
            round_id = create_round(self.marketer, self.campaign.id, plan).id
        with transaction():
            open_round(self.marketer, round_id)
        return round_id

    def all_at_once(self, act: Callable[[int], None]) -> None:
        """Run `act` in every thread, each with an application context of its own; raise what one of them raised."""
        together = threading.Barrier(THREADS)

        def run(number: int) -> None:
            with self.app.app_context():
                together.wait()
                act(number)

        with ThreadPoolExecutor(THREADS) as pool:
            for done in [pool.submit(run, number) for number in range(THREADS)]:
                done.result()


def someone(name: str, role: Role) -> Actor:
    with transaction():
        person = ensure_person(ISSUER, name, name, None)
        grant_role(person, role)
        person_id = person.id
    actor = actor_for(person_id)
    assert actor is not None
    return actor


@pytest.fixture
def crowded(settings: Settings, committed: None) -> Iterator[Flask]:
    """The application with a connection for each thread and for whoever closes."""
    application = create_app(settings.model_copy(update={"database_pool_size": THREADS + 5}))
    yield application
    with application.app_context():
        db.engine.dispose()


@pytest.fixture
def scene(crowded: Flask) -> Scene:
    marketer = someone("marketer", Role.MARKETER)
    judges = [someone(f"judge {number}", Role.CAST) for number in range(THREADS)]
    campaign = make_campaign(marketer, State.CLOSED)
    assert marketer.person_id is not None
    add_photos(campaign, marketer.person_id, 30)
    return Scene(crowded, marketer, judges, campaign)


@contextmanager
def beside(scene: Scene, act: Callable[[], Answer]) -> Iterator[Future[Answer]]:
    """Somebody else, in a transaction of their own, done soon after the block."""

    def run() -> Answer:
        with scene.app.app_context(), transaction():
            return act()

    with ThreadPoolExecutor(1) as pool:
        acting = pool.submit(run)
        try:
            yield acting
        except BaseException:
            db.session.rollback()  # they may be waiting for us
            raise
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
