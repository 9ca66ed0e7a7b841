"""Putting jobs into the table, and trying a failed one again."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.sql import func

from campaign.db import db
from campaign.errors import Conflict, FlauntError, NotFound
from campaign.jobs.models import Job, JobState
from campaign.jobs.registry import current_registry
from campaign.logs import current_request_id


def enqueue(
    kind: str,
    payload: dict[str, Any],
    *,
    key: str | None = None,
    run_at: datetime | None = None,
    request_id: str | None = None,
) -> UUID | None:
    """Write down that a job must happen, in the current transaction. It happens if and only if that commits.

    `payload` is plain JSON. With a `key` that a row already has, nothing is written and the answer is None.
    `run_at` is the earliest instant it may start; at once, unless given. `request_id` is the request that the job
    belongs to in the logs; the present one, unless given.
    """
    belongs_to = request_id or current_request_id()
    values: dict[str, Any] = {"kind": kind, "payload": payload, "key": key, "request_id": belongs_to}
    if run_at is not None:
        values["run_at"] = run_at
    statement = insert(Job).values(values)
    if key is not None:
        statement = statement.on_conflict_do_nothing(index_elements=[Job.key], index_where=text("key IS NOT NULL"))
    return db.session.scalar(statement.returning(Job.id))


def retry(job_id: UUID) -> None:
    """Give a failed job three new strikes, at once, and let its kind undo what the failure did.

    Raises `NotFound`, or `Conflict` where it has not failed, or where there is nothing left to try again.
    """
    failed = db.session.execute(
        select(Job.kind, Job.payload).where(Job.id == job_id, Job.state == JobState.FAILED)
    ).one_or_none()
    if failed is None:
        raise _cannot_retry(job_id)
    bound = current_registry().handlers.get(failed.kind)
    if bound is not None and bound.on_retry is not None:
        bound.on_retry(failed.payload)  # before the job's row is locked: whoever it is about is always locked first
    if not _give_new_strikes(job_id):
        raise _cannot_retry(job_id)


def _give_new_strikes(job_id: UUID) -> bool:
    again = (
        update(Job)
        .where(Job.id == job_id, Job.state == JobState.FAILED)
        .values(
            state=JobState.DUE,
            strikes=0,
            run_at=func.clock_timestamp(),
            handed_at=None,
            waiting_since=None,
            finished_at=None,
        )
    )
    return db.session.scalar(again.returning(Job.id)) is not None


def _cannot_retry(job_id: UUID) -> FlauntError:
    if db.session.scalar(select(Job.id).where(Job.id == job_id)) is None:
        return NotFound("There is no such job any more; finished ones are cleared away after two weeks.")
    return Conflict("This job has not failed, so there is nothing to try again.")
