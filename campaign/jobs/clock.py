"""The clock process: of all that run, one leads.

It relays jobs, takes them from silent workers, and runs what is bound to run every so often. It holds no state:
kill it, restart the database, it goes on.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import psycopg
import structlog
from flask import Flask

from campaign.config import Settings
from campaign.db import db
from campaign.jobs.endings import DATABASE_AWAY
from campaign.jobs.leadership import Line, leading
from campaign.jobs.registry import Periodic, registry_of
from campaign.jobs.relay import Relay
from campaign.jobs.waiting import connect

log = structlog.get_logger(__name__)

RECONNECT = 1.0
LAST_WORDS = 5.0
"""Seconds that running periodic tasks get when leadership ends."""


def run_clock(app: Flask, settings: Settings) -> None:
    """Be a clock until SIGTERM or SIGINT. Returns within about a second of it."""
    stop = threading.Event()

    def end(_signum: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    keep_time(app, settings, stop)
    with app.app_context():
        db.engine.dispose()


def keep_time(app: Flask, settings: Settings, stop: threading.Event) -> None:
    """Lead or wait to lead, until `stop` is set. A database that goes away is waited for."""
    with app.app_context():
        engine = db.engine
    relay = Relay(connect(settings), registry_of(app).timing, settings.worker_processes)
    away = False
    while not stop.is_set():
        try:
            with leading(engine, stop) as line:
                if line is None:
                    return
                log.info("clock.leads")
                away = False
                _lead(app, relay, line, stop)
        except (psycopg.OperationalError, *DATABASE_AWAY) as problem:
            if not away:
                log.warning("clock.database_away", problem=type(problem).__name__)
            away = True
            stop.wait(RECONNECT)


def _lead(app: Flask, relay: Relay, line: Line, stop: threading.Event) -> None:
    poll = registry_of(app).timing.poll
    with _periodic_tasks(app):
        while not stop.is_set():
            with app.app_context():
                rest = relay.hand_over()
            if rest is None:
                line.wait(poll)
            else:
                stop.wait(rest)


@contextmanager
def _periodic_tasks(app: Flask) -> Iterator[None]:
    over = threading.Event()
    threads = [
        threading.Thread(target=_repeat, args=(app, task, over), name=task.name, daemon=True)
        for task in registry_of(app).periodic
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join(LAST_WORDS)


def _repeat(app: Flask, periodic: Periodic, over: threading.Event) -> None:
    while not over.wait(periodic.seconds):
        try:
            with app.app_context():
                periodic.task()
        except DATABASE_AWAY as problem:
            log.warning("clock.task_waits", task=periodic.name, problem=type(problem).__name__)
        except Exception:
            log.exception("clock.task_raised", task=periodic.name)
