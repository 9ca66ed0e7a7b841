"""The worker processes: RQ's simple worker, which runs a job in its own process.

Decoding has a process of its own anyway, so a fork for every job would buy nothing.
"""

from __future__ import annotations

import time
from contextlib import suppress
from functools import partial
from traceback import walk_tb
from types import FrameType, TracebackType
from typing import Any

import structlog
from flask import Flask
from redis import Redis
from redis.exceptions import RedisError
from rq import SimpleWorker
from rq.exceptions import InvalidJobOperation, NoSuchJobError
from rq.job import Job
from rq.serializers import JSONSerializer
from rq.timeouts import UnixSignalDeathPenalty
from rq.worker_registration import register

from campaign.config import Settings
from campaign.db import db
from campaign.jobs.attempt import TookTooLong
from campaign.jobs.registry import registry_of
from campaign.jobs.supervisor import Supervisor
from campaign.jobs.waiting import connect, queue_on
from uploads.sandbox.kernel import hide_from_equals

log = structlog.get_logger(__name__)

MAINTENANCE_SECONDS = 60
WORKER_SECONDS = 30
"""A worker waits 15 s less than this for a job before it says that it is alive, and is forgotten 60 s after it."""
FORGOTTEN = (RedisError, InvalidJobOperation, NoSuchJobError)
"""What RQ raises after a job when Redis was emptied, or went away, while the job was done."""


def run_worker(app: Flask, settings: Settings) -> None:
    """Work with `settings.worker_processes` processes until SIGTERM or SIGINT, started again when they die."""
    hide_from_equals()  # our settings hold secrets
    grace = registry_of(app).timing.stop_grace
    Supervisor(partial(serve, app, settings), settings.worker_processes, grace=grace).run()


def serve(app: Flask, settings: Settings) -> None:
    """Be one worker process, until told to stop or until Redis goes away in an awkward moment."""
    with app.app_context():
        engine = db.engine
    engine.dispose(close=False)  # connections made before the fork belong to the parent
    wait_for_redis(settings)
    try:
        RowWorker(app, connect(settings)).work(logging_level="WARNING")
    except RedisError as problem:
        log.warning("worker.redis_away", problem=type(problem).__name__)
    finally:
        engine.dispose()


def wait_for_redis(settings: Settings) -> None:
    """Return when Redis answers. Asks on connections of its own: RQ's have longer time limits."""
    told = False
    with connect(settings) as connection:
        while True:
            try:
                connection.ping()
            except RedisError as problem:
                if not told:
                    log.warning("worker.waits_for_redis", problem=type(problem).__name__)
                told = True
                time.sleep(1)
            else:
                return


def passed_through_us(problem: TracebackType | None) -> bool:
    """Whether our code was running; if not, RQ only stumbled over its own notes, which Redis may have lost."""
    return any(str(frame.f_globals.get("__name__")).startswith("campaign.") for frame, _ in walk_tb(problem))


class TimeLimit(UnixSignalDeathPenalty):
    """Ends an attempt in words that a person can read."""

    def handle_death_penalty(self, _signum: int, _frame: FrameType | None) -> None:
        raise TookTooLong(f"It took longer than {self._timeout} s and was ended.")


class RowWorker(SimpleWorker):
    """RQ's worker, with the application around each job and without RQ's remote commands."""

    death_penalty_class = TimeLimit
    max_connection_wait_time = 2.0

    def __init__(self, app: Flask, connection: Redis) -> None:
        super().__init__(
            [queue_on(connection)],
            connection=connection,
            serializer=JSONSerializer,
            maintenance_interval=MAINTENANCE_SECONDS,
            worker_ttl=WORKER_SECONDS,
        )
        self._app = app

    def perform_job(self, *args: Any, **kwargs: Any) -> bool:
        with self._app.app_context():
            return super().perform_job(*args, **kwargs)

    def run_maintenance_tasks(self) -> None:
        """Say again that this worker is here: Redis may have been emptied."""
        register(self)
        super().run_maintenance_tasks()  # type: ignore[no-untyped-call]  # RQ says no types here

    def handle_exception(self, job: Job, *exc_info: Any) -> None:
        """Say in a line what is no fault: the row knows how the job ended, whatever Redis thinks of its delivery."""
        if exc_info[0] is SystemExit:
            log.warning("worker.gave_back_job", delivery=job.id)
        elif issubclass(exc_info[0], FORGOTTEN) or not passed_through_us(exc_info[2]):
            log.warning("worker.delivery_forgotten", delivery=job.id, problem=exc_info[0].__name__)
        else:
            super().handle_exception(job, *exc_info)

    def set_shutdown_requested_date(self) -> None:
        """Redis being away must not turn a request to stop into an exception in the middle of a job."""
        with suppress(RedisError):
            super().set_shutdown_requested_date()  # type: ignore[no-untyped-call]  # RQ says no types here

    def subscribe(self) -> None:
        """Nobody commands workers through Redis; a thread less."""

    def unsubscribe(self) -> None:
        """See `subscribe`."""
