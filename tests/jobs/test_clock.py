from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import text

from campaign import jobs
from campaign.config import Settings
from campaign.db import db
from campaign.jobs import Timing
from campaign.jobs.clock import keep_time
from campaign.jobs.waiting import connect, queue_on, waiting_in
from tests.jobs.processes import eventually
from tests.jobs.rows import given_job


@pytest.fixture
def timing() -> Timing:
    return Timing(poll=30.0)


@contextmanager
def ticking(app: Flask, settings: Settings) -> Iterator[threading.Event]:
    stop = threading.Event()
    clock = threading.Thread(target=keep_time, args=(app, settings, stop))
    clock.start()
    try:
        yield stop
    finally:
        stop.set()
        _wake(app)
        clock.join(10)
        assert not clock.is_alive()


def _wake(app: Flask) -> None:
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("NOTIFY flaunt_job"))


def leaders() -> list[int]:
    query = (
        "SELECT pid FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database "
        "WHERE locktype = 'advisory' AND classid = 5 AND granted AND datname = current_database()"
    )
    with db.engine.connect() as connection:
        return list(connection.execute(text(query)).scalars())


def test_a_job_that_is_written_wakes_the_relay(inside: Flask, house_settings: Settings) -> None:
    queue = queue_on(connect(house_settings))
    with ticking(inside, house_settings):
        eventually(leaders, within=5)
        given_job()
        eventually(lambda: waiting_in(queue), within=5)
        second = given_job()
        started = time.monotonic()

        eventually(lambda: second in waiting_in(queue), within=5)

    assert time.monotonic() - started < 15, "polling alone would have taken 30 s"


def test_one_clock_leads_and_another_follows_when_it_ends(inside: Flask, house_settings: Settings) -> None:
    with ticking(inside, house_settings):
        first = eventually(leaders, within=5)
        with ticking(inside, house_settings) as second_stop:
            assert leaders() == first
            assert not second_stop.is_set()

    with ticking(inside, house_settings):
        assert eventually(leaders, within=5) != first


def test_the_clock_outlives_its_connection(inside: Flask, house_settings: Settings) -> None:
    queue = queue_on(connect(house_settings))
    with ticking(inside, house_settings):
        (pid,) = eventually(leaders, within=5)
        with db.engine.connect() as connection:
            connection.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})

        eventually(lambda: leaders() not in ([], [pid]), within=10)
        job_id = given_job()

        assert eventually(lambda: waiting_in(queue), within=5) == [job_id]


def test_periodic_tasks_are_repeated_and_survive_raising(inside: Flask, house_settings: Settings) -> None:
    calls: list[int] = []

    def tick() -> None:
        calls.append(db.session.execute(text("SELECT 1")).scalar_one())
        raise ZeroDivisionError

    jobs.bind_periodic(inside, "test.tick", 0.02, tick)

    with ticking(inside, house_settings):
        eventually(lambda: len(calls) > 2, within=5)
