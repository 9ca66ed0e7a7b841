"""Takes jobs from workers that went silent, and clears away finished rows."""

from __future__ import annotations

import structlog
from sqlalchemy import delete, select, update

from campaign.db import db, transaction
from campaign.jobs.attempt import Attempt
from campaign.jobs.endings import fail_job, words_for_crashes
from campaign.jobs.leases import NOTHING_HELD, Claim, from_now
from campaign.jobs.models import Job, JobState
from campaign.jobs.registry import current_registry
from campaign.jobs.timing import MOST_STRIKES

log = structlog.get_logger(__name__)

BATCH = 1000


def reconcile() -> tuple[int, int]:
    """Make jobs with expired leases due again, or failed when it was their last strike. Returns how many of each.

    Opens its own transactions. A failure hook that raises leaves its job for the next time and holds up no other.
    """
    with transaction():
        due = _make_due()
    failed = sum(_fail(claim) for claim in _worn_out())
    if due or failed:
        log.warning("jobs.reclaimed", due=due, failed=failed)
    return due, failed


def _make_due() -> int:
    expired = (
        select(Job.id)
        .where(Job.state == JobState.RUNNING, Job.lease_until < from_now(0), Job.strikes < MOST_STRIKES - 1)
        .order_by(Job.lease_until)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    problem = "The worker stopped in the middle of it. It is tried again by itself."
    values = {"state": JobState.DUE, "run_at": from_now(0), "problem": problem, "waiting_since": None, **NOTHING_HELD}
    changed = update(Job).where(Job.id.in_(expired)).values(strikes=Job.strikes + 1, **values).returning(Job.id)
    return len(db.session.execute(changed).all())


def _worn_out() -> list[Claim]:
    with transaction():
        rows = db.session.execute(
            select(Job.id, Job.kind, Job.attempt, Job.strikes, Job.payload)
            .where(Job.state == JobState.RUNNING, Job.lease_until < from_now(0), Job.strikes >= MOST_STRIKES - 1)
            .order_by(Job.lease_until)
            .limit(BATCH)
        ).all()
    return [Claim(Attempt(row.id, row.kind, row.attempt, row.strikes), row.payload) for row in rows]


def _fail(claim: Claim) -> bool:
    try:
        return fail_job(claim, words_for_crashes(claim.attempt), only_if_silent=True)
    except Exception:
        log.exception("job.failure_not_written", job_id=str(claim.attempt.job_id), kind=claim.attempt.kind)
        return False


def sweep() -> int:
    """Delete rows that were done longer ago than they are kept; failed ones stay until somebody looks. In batches."""
    kept = current_registry().timing.kept
    old = select(Job.id).where(Job.state == JobState.DONE, Job.finished_at < from_now(-kept)).limit(BATCH)
    swept = 0
    while True:
        with transaction():
            gone = len(db.session.execute(delete(Job).where(Job.id.in_(old)).returning(Job.id)).all())
        swept += gone
        if gone < BATCH:
            return swept
