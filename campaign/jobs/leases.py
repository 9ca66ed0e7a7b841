"""One attempt's hold on a job: taken, extended, and given up in one of five ways. Each is one atomic statement.

None of these commits. Each names the attempt, so that a holder who lost the job changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, Update, update
from sqlalchemy.sql import ColumnElement, func

from campaign.db import db
from campaign.jobs.attempt import Attempt
from campaign.jobs.models import Job, JobState
from campaign.jobs.timing import Timing

NOTHING_HELD = {"lease_until": None, "handed_at": None}


@dataclass(frozen=True)
class Claim:
    """A job that is ours for the length of a lease, unless we extend it."""

    attempt: Attempt
    payload: dict[str, Any]
    request_id: str | None = None


def from_now(seconds: float) -> ColumnElement[Any]:
    """The database's clock, so many seconds from this statement."""
    return func.clock_timestamp(type_=DateTime(timezone=True)) + timedelta(seconds=seconds)


def claim(job_id: UUID, timing: Timing) -> Claim | None:
    """Take a job that is due. Of any number of simultaneous callers, one gets it; the others get None."""
    row = db.session.execute(
        update(Job)
        .where(Job.id == job_id, Job.state == JobState.DUE, Job.run_at <= from_now(0))
        .values(state=JobState.RUNNING, attempt=Job.attempt + 1, lease_until=from_now(timing.lease), handed_at=None)
        .returning(Job.kind, Job.payload, Job.attempt, Job.strikes, Job.request_id)
    ).one_or_none()
    if row is None:
        return None
    return Claim(Attempt(job_id, row.kind, row.attempt, row.strikes), row.payload, row.request_id)


def extend(attempt: Attempt, timing: Timing) -> bool:
    """Hold the job for another lease; False when it is no longer ours."""
    return _apply(attempt, update(Job).values(lease_until=from_now(timing.lease)))


def finish(attempt: Attempt) -> bool:
    """The work is done; False when another attempt has taken over, whose word counts instead."""
    values = {"state": JobState.DONE, "finished_at": from_now(0), "problem": None, "waiting_since": None}
    return _apply(attempt, update(Job).values(**values, **NOTHING_HELD))


def give_back(attempt: Attempt) -> bool:
    """The worker is stopping: somebody else may start the job at once, and no strike is counted."""
    return _apply(attempt, update(Job).values(state=JobState.DUE, run_at=from_now(0), **NOTHING_HELD))


def postpone(attempt: Attempt, problem: str, timing: Timing, *, after_seconds: float | None = None) -> bool:
    """Something the job needs is out of reach: due again later, without a strike.

    The pause is as long as the outage has lasted so far, between `shortest_wait` and `longest_wait`: it doubles.
    """
    since = func.coalesce(Job.waiting_since, from_now(0))
    lasted = func.least(
        func.greatest(from_now(0) - since, timedelta(seconds=timing.shortest_wait)),
        timedelta(seconds=timing.longest_wait),
    )
    again = from_now(0) + lasted if after_seconds is None else from_now(after_seconds)
    return _apply(
        attempt,
        update(Job).values(state=JobState.DUE, run_at=again, waiting_since=since, problem=problem, **NOTHING_HELD),
    )


def has_patience_left(attempt: Attempt, timing: Timing) -> bool:
    """Whether the job has waited less than its patience for what it needs."""
    waited_long = Job.waiting_since < from_now(-timing.patience)
    return db.session.scalar(db.select(Job.id).where(Job.id == attempt.job_id, waited_long)) is None


def strike(attempt: Attempt, problem: str, *, pause: float) -> bool:
    """The attempt went wrong: one strike, and due again after `pause` seconds."""
    values = {"state": JobState.DUE, "run_at": from_now(pause), "problem": problem, "waiting_since": None}
    return _apply(attempt, update(Job).values(strikes=Job.strikes + 1, **values, **NOTHING_HELD))


def fail(attempt: Attempt, problem: str, *, only_if_silent: bool = False) -> bool:
    """The attempt was the last: the job is failed, with the reason people read.

    With `only_if_silent`, not if its worker has spoken up since and extended the lease.
    """
    values = {"state": JobState.FAILED, "finished_at": from_now(0), "problem": problem, "waiting_since": None}
    change = update(Job).values(strikes=Job.strikes + 1, **values, **NOTHING_HELD)
    return _apply(attempt, change.where(Job.lease_until < from_now(0)) if only_if_silent else change)


def _apply(attempt: Attempt, change: Update) -> bool:
    mine = (Job.id == attempt.job_id, Job.attempt == attempt.number, Job.state == JobState.RUNNING)
    return db.session.execute(change.where(*mine).returning(Job.id)).one_or_none() is not None
