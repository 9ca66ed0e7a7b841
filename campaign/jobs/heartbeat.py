"""While a handler works, a thread says so in short transactions of its own, and gives up on an attempt that hangs."""

from __future__ import annotations

import os
import threading
import time
from types import TracebackType
from typing import Self

import sqlalchemy.exc
import structlog
from flask import Flask

from campaign.db import transaction
from campaign.jobs import leases
from campaign.jobs.attempt import Attempt
from campaign.jobs.timing import Timing

log = structlog.get_logger(__name__)

HUNG_GRACE = 30.0
"""Seconds after its time limit in which an attempt may still be ended by an exception."""
EXIT_HUNG = 75


class Heartbeat:
    """Extends the lease every `timing.beat` seconds for as long as the `with` block runs.

    An attempt that outlives its time limit by 30 s is stuck where no exception reaches it: the process ends itself,
    the supervisor starts another, and the lease runs out like after any crash.
    """

    def __init__(self, app: Flask, attempt: Attempt, timing: Timing) -> None:
        self._app = app
        self._attempt = attempt
        self._timing = timing
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="heartbeat", daemon=True)

    def __enter__(self) -> Self:
        self._started = time.monotonic()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._over.set()

    def _beat(self) -> None:
        while not self._over.wait(self._timing.beat):
            if time.monotonic() - self._started > self._timing.time_limit + HUNG_GRACE:
                log.error("job.hangs", job_id=str(self._attempt.job_id), kind=self._attempt.kind)
                os._exit(EXIT_HUNG)
            if not self._extend():
                log.warning("job.lost", job_id=str(self._attempt.job_id), kind=self._attempt.kind)
                return

    def _extend(self) -> bool:
        try:
            with self._app.app_context(), transaction():
                return leases.extend(self._attempt, self._timing)
        except sqlalchemy.exc.SQLAlchemyError as problem:
            log.warning("job.beat_missed", job_id=str(self._attempt.job_id), problem=type(problem).__name__)
            return True
