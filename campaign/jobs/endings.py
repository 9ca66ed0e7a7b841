"""How an attempt ends when it does not finish: an outage, a strike, or the job's failure with its hook."""

from __future__ import annotations

import redis
import sqlalchemy.exc
import structlog

from campaign.db import db, transaction
from campaign.errors import FlauntError, Unavailable
from campaign.jobs import leases
from campaign.jobs.attempt import Attempt, Retry
from campaign.jobs.leases import Claim
from campaign.jobs.registry import current_registry
from campaign.jobs.timing import STRIKE_PAUSES
from uploads.objects import StorageUnavailable

log = structlog.get_logger(__name__)

DATABASE_AWAY = (sqlalchemy.exc.OperationalError, sqlalchemy.exc.InterfaceError, sqlalchemy.exc.TimeoutError)
"""The database does not answer, is restarting, or has no connection left for us."""

OUTAGES: tuple[type[BaseException], ...] = (
    *DATABASE_AWAY,
    Retry,
    Unavailable,
    StorageUnavailable,
    redis.exceptions.ConnectionError,
    redis.exceptions.TimeoutError,
    ConnectionError,
)
"""What says nothing about the job itself: something it needs does not answer. The job waits and goes on."""


def end_in_exception(claim: Claim, raised: Exception) -> None:
    """Put the job back, or make it failed, according to what its handler raised."""
    attempt, timing = claim.attempt, current_registry().timing
    if isinstance(raised, OUTAGES):
        problem = raised.problem if isinstance(raised, Retry) else _words_for_outage(raised)
        after = raised.after_seconds if isinstance(raised, Retry) else None
        log.info("job.waits", problem=problem)
        with transaction():
            if leases.has_patience_left(attempt, timing):
                leases.postpone(attempt, problem, timing, after_seconds=after)
                return
        fail_job(claim, problem)
        return
    problem = words_for(raised)
    log.error("job.raised", problem=problem, exc_info=None if isinstance(raised, FlauntError) else raised)
    _strike_or_fail(claim, problem)


def _strike_or_fail(claim: Claim, problem: str) -> None:
    if claim.attempt.is_last:
        fail_job(claim, problem)
        return
    with transaction():
        leases.strike(claim.attempt, problem, pause=STRIKE_PAUSES[claim.attempt.strikes])


def fail_job(claim: Claim, problem: str, *, only_if_silent: bool = False) -> bool:
    """Make the job failed and call its kind's hook, in one transaction; False when the attempt had lost it."""
    bound = current_registry().handlers.get(claim.attempt.kind)
    with transaction():
        if not leases.fail(claim.attempt, problem, only_if_silent=only_if_silent):
            return False
        if bound is not None and bound.on_failed is not None:
            bound.on_failed(claim.payload, problem)
            db.session.flush()
    log.error("job.failed", job_id=str(claim.attempt.job_id), kind=claim.attempt.kind, problem=problem)
    return True


def words_for(raised: BaseException) -> str:
    """What the desk reads. A message of ours is for people; anybody else's stays in the log, it may hold secrets."""
    if isinstance(raised, FlauntError):
        return raised.message
    return f"It stopped unexpectedly ({type(raised).__name__}). The log has the rest, under this job's id."


def words_for_crashes(attempt: Attempt) -> str:
    """What the desk reads when the last straw was a worker that went silent."""
    times = attempt.strikes + 1
    return f"The worker stopped in the middle of it, and this was attempt {times} of {times} that went wrong."


def _words_for_outage(raised: BaseException) -> str:
    if isinstance(raised, FlauntError):
        return raised.message
    return f"Something it needs does not answer just now ({type(raised).__name__}). It is tried again by itself."
