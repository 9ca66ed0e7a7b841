"""The worker's side of one job: claim it, do it with nothing locked, and say how it went. RQ executes `run`."""

from __future__ import annotations

import time
from uuid import UUID

import structlog
from flask import Flask, current_app

from campaign.db import db, transaction
from campaign.jobs import leases
from campaign.jobs.attempt import Retry, Superseded
from campaign.jobs.endings import DATABASE_AWAY, end_in_exception
from campaign.jobs.heartbeat import Heartbeat
from campaign.jobs.leases import Claim
from campaign.jobs.registry import current_registry

log = structlog.get_logger(__name__)

TELLING_PAUSES = (0.2, 0.5, 1.0, 2.0, 4.0)
"""Seconds between tries to write down how an attempt ended, while the database does not answer."""


def run(job_id: str) -> None:
    """Do the job if it is due, once; deliver it as often as you like. Needs an application context.

    Never raises for what a handler did: the row says it. A database that does not answer leaves the row as it is,
    and the relay or the reconciler brings it back.
    """
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 -- Flask's documented way
    try:
        with transaction():
            claim = leases.claim(UUID(job_id), current_registry().timing)
    except DATABASE_AWAY as problem:
        log.warning("job.not_claimed", job_id=job_id, problem=type(problem).__name__)
        return
    finally:
        db.session.remove()
    if claim is None:
        return
    attempt = claim.attempt
    with structlog.contextvars.bound_contextvars(
        job_id=job_id, kind=attempt.kind, attempt=attempt.number, request_id=claim.request_id
    ):
        _work(app, claim)


def _work(app: Flask, claim: Claim) -> None:
    started = time.monotonic()
    raised: Exception | None = None
    try:
        with Heartbeat(app, claim.attempt, current_registry().timing):
            _handle(claim)
    except Exception as problem:  # noqa: BLE001 -- whatever a handler raises is written into its row
        raised = problem
    except BaseException:
        db.session.remove()
        _tell(claim, SystemExit())
        raise
    db.session.remove()
    if _tell(claim, raised):
        log.info("job.ended", outcome=type(raised).__name__ if raised else "done", seconds=_since(started))


def _handle(claim: Claim) -> None:
    bound = current_registry().handlers.get(claim.attempt.kind)
    if bound is None:
        raise Retry(f"No handler for {claim.attempt.kind} in this release. Another release's worker may know it.")
    bound.handler(claim.payload, attempt=claim.attempt)


def _tell(claim: Claim, raised: BaseException | None) -> bool:
    """Write down how it ended; False where the database never answered, and the lease simply runs out."""
    for pause in (*TELLING_PAUSES, None):
        try:
            _write_ending(claim, raised)
        except DATABASE_AWAY as problem:
            if pause is None:
                log.warning("job.ending_not_written", problem=type(problem).__name__)
                return False
            time.sleep(pause)
        except Exception:
            log.exception("job.ending_not_written")  # a failure hook raised; the reconciler will call it again
            return False
        else:
            return True
    return False


def _write_ending(claim: Claim, raised: BaseException | None) -> None:
    if raised is None:
        with transaction():
            leases.finish(claim.attempt)
    elif isinstance(raised, Superseded):
        log.info("job.superseded")
    elif isinstance(raised, Exception):
        end_in_exception(claim, raised)
    else:
        with transaction():
            leases.give_back(claim.attempt)


def _since(started: float) -> float:
    return round(time.monotonic() - started, 3)
