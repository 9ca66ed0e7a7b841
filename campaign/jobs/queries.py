"""What the desk wants to know about jobs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

from campaign.db import db
from campaign.jobs.leases import from_now
from campaign.jobs.models import Job, JobState


@dataclass(frozen=True)
class JobCounts:
    """Jobs that are not done. `oldest` is how long the longest due one has waited; None where nothing waits."""

    due: int
    running: int
    failed: int
    oldest: timedelta | None


def count_jobs() -> JobCounts:
    """Counts for the desk, each from its own small index: done rows are never touched."""
    due, running, failed = (
        select(func.count()).select_from(Job).where(Job.state == state).scalar_subquery()
        for state in (JobState.DUE, JobState.RUNNING, JobState.FAILED)
    )
    oldest = select(from_now(0) - func.min(Job.run_at)).where(Job.state == JobState.DUE, Job.run_at <= from_now(0))
    row = db.session.execute(select(due, running, failed, oldest.scalar_subquery())).one()
    return JobCounts(*row)


def failed_jobs(limit: int | None = 50, *, kind: str | None = None) -> Sequence[Job]:
    """Failed jobs, the latest first; with a kind, only those."""
    return jobs_in(JobState.FAILED, kind=kind, limit=limit)


def jobs_in(state: JobState, *, kind: str | None = None, limit: int | None = 50) -> Sequence[Job]:
    """Jobs in this state, the latest first: by when they ended, or else by when they are due."""
    at = Job.finished_at if state in (JobState.DONE, JobState.FAILED) else Job.run_at
    statement = select(Job).where(Job.state == state).order_by(at.desc(), Job.id).limit(limit)
    return db.session.scalars(statement if kind is None else statement.where(Job.kind == kind)).all()
