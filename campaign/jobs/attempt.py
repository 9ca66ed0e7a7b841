"""What a handler is told about its attempt, and the three ways in which it may end an attempt by raising."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from campaign.db import db
from campaign.errors import FlauntError
from campaign.jobs.models import Job, JobState
from campaign.jobs.timing import MOST_STRIKES


class Retry(Exception):
    """Raise it when the job cannot be done yet through no fault of its own. It costs none of the three strikes.

    `after_seconds` is the pause before the next attempt; without it the pause doubles from 1 s to 30 s. After 24
    hours of nothing else, the job is failed. `problem` is what the desk reads meanwhile.
    """

    def __init__(self, problem: str = "It cannot be done yet.", *, after_seconds: float | None = None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.after_seconds = after_seconds


class TookTooLong(FlauntError):
    """Raised in the middle of a handler that works longer than the time limit of one attempt."""


class Superseded(Exception):
    """The attempt lost its lease and the job went to another. Whatever it was about to write must not be written."""


@dataclass(frozen=True)
class Attempt:
    """One claim of one job. `number` is 1 for the first and never repeats; `strikes` are earlier crashes."""

    job_id: UUID
    kind: str
    number: int
    strikes: int

    @property
    def is_last(self) -> bool:
        """Whether the job is failed for good if this attempt raises."""
        return self.strikes + 1 >= MOST_STRIKES

    def confirm(self) -> None:
        """Raise `Superseded` unless this attempt still holds the job; nobody can take it before this commits.

        Call it first in the transaction that writes the job's effect, and the effect is written once, however
        often the job was delivered. It locks the job's row, so keep that transaction short.
        """
        held = db.session.scalar(
            select(Job.id)
            .where(Job.id == self.job_id, Job.attempt == self.number, Job.state == JobState.RUNNING)
            .with_for_update()
        )
        if held is None:
            raise Superseded
