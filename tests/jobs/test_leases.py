from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from campaign.clock import database_now
from campaign.db import db, transaction
from campaign.jobs import Superseded, leases
from campaign.jobs.models import Job, JobState
from campaign.jobs.reconciler import reconcile
from campaign.jobs.registry import current_registry
from tests.jobs.rows import expire_lease, given_claim, given_job, make_due, move_back, row


def test_claim_by_twenty_threads_is_given_to_one(inside: Flask) -> None:
    job_id = given_job()
    together = threading.Barrier(20)
    timing = current_registry().timing

    def claim_it(_: int) -> bool:
        with inside.app_context(), transaction():
            together.wait()
            return leases.claim(job_id, timing) is not None

    with ThreadPoolExecutor(20) as pool:
        given = sum(pool.map(claim_it, range(20)))

    assert given == 1
    assert row(job_id).attempt == 1


def test_claim_takes_a_lease_of_twenty_seconds(inside: Flask) -> None:
    job_id = given_job()
    given_claim(job_id)

    lease_until = row(job_id).lease_until
    assert lease_until is not None
    assert timedelta(seconds=15) < lease_until - database_now() <= timedelta(seconds=20)


def test_claim_before_its_time_is_refused(inside: Flask) -> None:
    job_id = given_job()
    with transaction():
        db.session.execute(update(Job).values(run_at=leases.from_now(60)))

    with transaction():
        assert leases.claim(job_id, current_registry().timing) is None


def test_a_holder_whose_job_went_to_another_changes_nothing(inside: Flask) -> None:
    job_id = given_job()
    late = given_claim(job_id).attempt
    expire_lease(job_id)
    reconcile()
    given_claim(job_id)
    timing = current_registry().timing

    with transaction():
        assert not leases.extend(late, timing)
        assert not leases.finish(late)
        assert not leases.fail(late, "too late")
        assert not leases.strike(late, "too late", pause=0)
        assert not leases.postpone(late, "too late", timing)
        assert not leases.give_back(late)
    with pytest.raises(Superseded), transaction():
        late.confirm()

    assert (row(job_id).state, row(job_id).attempt) == (JobState.RUNNING, 2)


def test_extend_after_the_lease_ran_out_holds_the_job_again(inside: Flask) -> None:
    job_id = given_job()
    attempt = given_claim(job_id).attempt
    expire_lease(job_id)

    with transaction():
        assert leases.extend(attempt, current_registry().timing)

    assert reconcile() == (0, 0)
    assert row(job_id).state is JobState.RUNNING


@pytest.mark.parametrize(("waited", "pause"), [(0, 1), (4, 4), (17, 17), (3600, 30)])
def test_postpone_pauses_as_long_as_the_outage_has_lasted(inside: Flask, waited: int, pause: int) -> None:
    job_id = given_job()
    timing = current_registry().timing
    with transaction():
        leases.postpone(given_claim(job_id).attempt, "The store is away.", timing)
    move_back(job_id, "waiting_since", timedelta(seconds=waited))
    make_due(job_id)

    with transaction():
        leases.postpone(given_claim(job_id).attempt, "The store is away.", timing)

    waiting = row(job_id)
    assert abs((waiting.run_at - database_now()).total_seconds() - pause) < 1
    assert (waiting.state, waiting.strikes, waiting.problem) == (JobState.DUE, 0, "The store is away.")
