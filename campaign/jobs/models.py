"""The durable job row (decision 2). What must happen is written here in the transaction that makes it necessary."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from campaign.db import Base, Choice, Identified, one_of


class JobState(StrEnum):
    DUE = "due"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(Identified, Base):
    __tablename__ = "job"
    __table_args__ = (
        one_of("state", JobState),
        CheckConstraint("(state = 'running') = (lease_until IS NOT NULL)", name="lease"),
        CheckConstraint("(state IN ('done', 'failed')) = (finished_at IS NOT NULL)", name="finished"),
        Index("ix_job_due", "run_at", "id", postgresql_where=text("state = 'due'")),
        Index("ix_job_lease", "lease_until", postgresql_where=text("state = 'running'")),
        Index("ix_job_done", "finished_at", postgresql_where=text("state = 'done'")),
        Index("ix_job_failed", "finished_at", postgresql_where=text("state = 'failed'")),
        Index("uq_job_key", "key", unique=True, postgresql_where=text("key IS NOT NULL")),
    )

    kind: Mapped[str]
    payload: Mapped[dict[str, Any]] = mapped_column(JSONB)
    key: Mapped[str | None]
    """What the job is about, where doing it once is enough: a second enqueue with the same key changes nothing."""
    state: Mapped[JobState] = mapped_column(Choice(JobState), default=JobState.DUE)
    attempt: Mapped[int] = mapped_column(default=0)
    """Counts every claim and never goes back: it tells the present holder of the job from all earlier ones."""
    strikes: Mapped[int] = mapped_column(default=0)
    """Attempts that crashed or raised; the third makes the job failed. An outage of what the job needs is none."""
    run_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    handed_at: Mapped[datetime | None]
    """When the relay last gave the row to RQ; handing over is not an attempt."""
    lease_until: Mapped[datetime | None]
    waiting_since: Mapped[datetime | None]
    """Since when something the job needs has been out of reach; empty again as soon as an attempt ends otherwise."""
    problem: Mapped[str | None]
    """Why the last attempt did not finish, for the people at the desk."""
    finished_at: Mapped[datetime | None]
    request_id: Mapped[str | None]
    """The request that made the job necessary: on every log line of its attempts."""
