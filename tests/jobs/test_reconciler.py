from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import text

from campaign import jobs
from campaign.db import db
from campaign.jobs.models import Job, JobState
from campaign.jobs.queries import count_jobs, failed_jobs
from campaign.jobs.reconciler import reconcile, sweep
from campaign.jobs.runner import run
from tests.jobs.conftest import Traces
from tests.jobs.house import trace_done
from tests.jobs.rows import expire_lease, given_claim, given_job, move_back, row


def test_a_job_whose_lease_ran_out_is_due_again_with_a_strike(inside: Flask) -> None:
    silent, alive = given_job(), given_job()
    given_claim(silent)
    given_claim(alive)
    expire_lease(silent)

    assert reconcile() == (1, 0)

    again = row(silent)
    assert (again.state, again.strikes, again.lease_until) == (JobState.DUE, 1, None)
    assert again.problem == "The worker stopped in the middle of it. It is tried again by itself."
    assert row(alive).state is JobState.RUNNING


def test_three_crashes_fail_the_job_and_reject_its_photo_with_a_reason(inside: Flask, traces: Traces) -> None:
    photo = "5a0b5a3e-3a3c-4d5e-8f00-0123456789ab"
    job_id = given_job("test.die", photo=photo)

    answers = []
    for _ in range(3):
        given_claim(job_id)
        expire_lease(job_id)
        answers.append(reconcile())

    reason = "The worker stopped in the middle of it, and this was attempt 3 of 3 that went wrong."
    failed = row(job_id)
    assert answers == [(1, 0), (1, 0), (0, 1)]
    assert (failed.state, failed.strikes, failed.problem) == (JobState.FAILED, 3, reason)
    assert db.session.execute(text("SELECT job_id::text, what FROM job_trace")).all() == [(photo, reason)]


def test_a_hook_that_raises_holds_up_no_other_and_is_called_again(inside: Flask) -> None:
    broken = True

    def on_failed(payload: dict[str, Any], problem: str) -> None:
        if broken:
            raise LookupError

    jobs.bind(inside, "test.hooked", trace_done, on_failed=on_failed)
    stuck, other = given_job("test.hooked"), given_job()
    for _ in range(3):
        for job_id in (stuck, other):
            given_claim(job_id)
            expire_lease(job_id)
        last = reconcile()

    assert last == (0, 1)
    assert (row(stuck).state, row(other).state) == (JobState.RUNNING, JobState.FAILED)

    broken = False
    assert reconcile() == (0, 1)
    assert row(stuck).state is JobState.FAILED


def test_sweep_clears_rows_that_were_done_two_weeks_ago(inside: Flask) -> None:
    old, new, waiting = given_job(), given_job(), given_job()
    run(str(old))
    run(str(new))
    move_back(old, "finished_at", timedelta(days=15))
    move_back(waiting, "run_at", timedelta(days=15))

    assert sweep() == 1

    assert {job.id for job in db.session.query(Job)} == {new, waiting}


def test_count_jobs_tells_what_waits_and_for_how_long(inside: Flask) -> None:
    waiting = given_job()
    given_claim(given_job())
    run(str(given_job()))
    move_back(waiting, "run_at", timedelta(minutes=3))
    counts = count_jobs()

    assert (counts.due, counts.running, counts.failed) == (1, 1, 0)
    assert counts.oldest is not None
    assert round(counts.oldest.total_seconds()) == 180
    assert failed_jobs() == []
