"""Writing and reading job rows in tests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import update

from campaign.db import db, transaction
from campaign.jobs import enqueue
from campaign.jobs.leases import Claim, claim, from_now
from campaign.jobs.models import Job
from campaign.jobs.registry import current_registry


def given_job(kind: str = "test.trace", /, **payload: Any) -> UUID:
    with transaction():
        job_id = enqueue(kind, payload)
    assert job_id is not None
    return job_id


def given_claim(job_id: UUID) -> Claim:
    with transaction():
        taken = claim(job_id, current_registry().timing)
    assert taken is not None
    return taken


def row(job_id: UUID) -> Job:
    """The job's row as it is now."""
    db.session.rollback()
    found = db.session.get(Job, job_id, populate_existing=True)
    assert found is not None
    return found


def expire_lease(job_id: UUID) -> None:
    """As if the worker had been silent for longer than a lease."""
    _change(job_id, lease_until=from_now(-1))


def make_due(job_id: UUID) -> None:
    """As if the pause before the next attempt were over."""
    _change(job_id, run_at=from_now(-1))


def move_back(job_id: UUID, column: str, by: timedelta) -> None:
    """As if the instant in a column had been so much earlier."""
    _change(job_id, **{column: getattr(Job, column) - by})


def _change(job_id: UUID, **values: Any) -> None:
    with transaction():
        db.session.execute(update(Job).where(Job.id == job_id).values(**values))
