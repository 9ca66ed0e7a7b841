from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from campaign.db import db, transaction
from campaign.errors import Conflict, NotFound
from campaign.jobs import enqueue
from campaign.jobs.leases import fail
from campaign.jobs.models import Job, JobState
from campaign.jobs.queue import retry
from tests.jobs.rows import given_claim, given_job, row


def count_rows() -> int:
    return db.session.scalars(select(func.count()).select_from(Job)).one()


def test_enqueue_in_a_transaction_that_fails_leaves_nothing(inside: Flask) -> None:
    enqueue("test.trace", {})
    db.session.rollback()

    assert count_rows() == 0


def test_enqueue_writes_a_due_row_with_its_payload(inside: Flask) -> None:
    later = datetime(2031, 5, 6, 7, 8, tzinfo=UTC)
    with transaction():
        job_id = enqueue("test.trace", {"photo": "x", "sizes": [1, 2]}, run_at=later)

    assert job_id is not None
    written = row(job_id)
    assert (written.state, written.attempt, written.strikes) == (JobState.DUE, 0, 0)
    assert written.payload == {"photo": "x", "sizes": [1, 2]}
    assert written.run_at == later


def test_enqueue_with_a_known_key_changes_nothing(inside: Flask) -> None:
    with transaction():
        first = enqueue("test.trace", {"n": 1}, key="about:one")
    with transaction():
        second = enqueue("test.trace", {"n": 2}, key="about:one")

    assert first is not None
    assert second is None
    assert row(first).payload == {"n": 1}
    assert count_rows() == 1


def test_enqueue_with_one_key_by_twenty_threads_writes_one_row(inside: Flask) -> None:
    together = threading.Barrier(20)

    def enqueue_once(number: int) -> bool:
        with inside.app_context(), transaction():
            together.wait()
            return enqueue("test.trace", {"n": number}, key="about:all") is not None

    with ThreadPoolExecutor(20) as pool:
        written = sum(pool.map(enqueue_once, range(20)))

    assert written == 1
    assert count_rows() == 1


def test_retry_of_a_failed_job_gives_three_new_strikes(inside: Flask) -> None:
    job_id = given_job()
    taken = given_claim(job_id)
    with transaction():
        fail(taken.attempt, "The lens was covered.")

    with transaction():
        retry(job_id)

    again = row(job_id)
    assert (again.state, again.strikes, again.attempt, again.finished_at) == (JobState.DUE, 0, 1, None)
    assert given_claim(job_id).attempt.number == 2


def test_retry_of_a_job_that_has_not_failed_is_a_conflict(inside: Flask) -> None:
    job_id = given_job()

    with pytest.raises(Conflict), transaction():
        retry(job_id)


def test_retry_of_an_unknown_job_is_not_found(inside: Flask) -> None:
    with pytest.raises(NotFound), transaction():
        retry(uuid4())
