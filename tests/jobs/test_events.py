from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from campaign import jobs
from campaign.db import db, transaction
from campaign.jobs import record
from campaign.jobs.models import Job
from tests.jobs.house import trace_done


def recorded() -> list[tuple[str, dict[str, object]]]:
    return [(job.kind, job.payload) for job in db.session.scalars(select(Job).order_by(Job.kind))]


def test_record_writes_one_job_per_subscriber(inside: Flask) -> None:
    jobs.subscribe(inside, "test.happened", "test.follow_too", trace_done)

    with transaction():
        record("test.happened", {"photo": "x"})

    assert recorded() == [("test.follow", {"photo": "x"}), ("test.follow_too", {"photo": "x"})]


def test_record_without_a_subscriber_writes_nothing(inside: Flask) -> None:
    with transaction():
        record("test.unheard", {})

    assert recorded() == []


def test_record_in_a_transaction_that_fails_tells_nobody(inside: Flask) -> None:
    record("test.happened", {})
    db.session.rollback()

    assert recorded() == []


def test_bind_of_a_kind_that_has_a_handler_is_refused(house: Flask) -> None:
    with pytest.raises(ValueError, match="is bound twice"):
        jobs.bind(house, "test.trace", trace_done)
