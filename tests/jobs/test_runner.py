from __future__ import annotations

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from campaign import jobs
from campaign.clock import database_now
from campaign.db import db, transaction
from campaign.errors import InvalidInput, Unavailable
from campaign.jobs import Attempt, Retry, Timing, enqueue
from campaign.jobs.models import JobState
from campaign.jobs.reconciler import reconcile
from campaign.jobs.runner import run
from tests.jobs.conftest import Traces
from tests.jobs.processes import eventually
from tests.jobs.rows import given_job, make_due, move_back, row
from uploads.objects import StorageUnavailable


def bind_raising(app: Flask, raised: BaseException, failures: list[str] | None = None) -> None:
    def handler(payload: dict[str, Any], *, attempt: Attempt) -> None:
        raise raised

    def on_failed(payload: dict[str, Any], problem: str) -> None:
        if failures is not None:
            failures.append(problem)

    jobs.bind(app, "test.raise", handler, on_failed=on_failed)


def run_again(job_id: UUID) -> None:
    make_due(job_id)
    run(str(job_id))


def test_run_does_a_due_job(inside: Flask, traces: Traces) -> None:
    job_id = given_job()

    run(str(job_id))

    done = row(job_id)
    assert (done.state, done.attempt, done.problem) == (JobState.DONE, 1, None)
    assert done.finished_at is not None
    assert traces.of(job_id) == 1


def test_run_five_times_each_in_any_order_has_one_effect_each(inside: Flask, traces: Traces) -> None:
    job_ids = [given_job("test.once") for _ in range(20)]
    deliveries = job_ids * 5
    random.Random(5).shuffle(deliveries)

    def deliver(job_id: UUID) -> None:
        with inside.app_context():
            run(str(job_id))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(deliver, deliveries))

    assert traces.count() == 20
    assert traces.most_for_one_job() == 1
    assert {row(job_id).state for job_id in job_ids} == {JobState.DONE}


def test_handler_runs_with_no_transaction_open(inside: Flask) -> None:
    seen: list[bool] = []

    def look(payload: dict[str, Any], *, attempt: Attempt) -> None:
        seen.append(db.session.registry.has())
        with db.engine.connect() as connection:
            query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'"
            seen.append(connection.execute(text(query)).scalar_one() > 0)

    jobs.bind(inside, "test.look", look)
    db.session.remove()

    run(str(given_job("test.look")))

    assert seen == [False, False]


def test_what_a_handler_left_uncommitted_is_not_committed_for_it(inside: Flask, traces: Traces) -> None:
    def forget(payload: dict[str, Any], *, attempt: Attempt) -> None:
        db.session.execute(text("INSERT INTO job_trace VALUES (gen_random_uuid(), 1, 'done', 0)"))

    jobs.bind(inside, "test.forget", forget)

    run(str(given_job("test.forget")))

    assert traces.count() == 0


def test_raising_three_times_fails_the_job_with_a_reason_and_calls_the_hook(inside: Flask) -> None:
    failures: list[str] = []
    bind_raising(inside, ZeroDivisionError("at /secret?signature=x"), failures)
    job_id = given_job("test.raise")

    states = []
    for _ in range(3):
        run_again(job_id)
        states.append((row(job_id).state, row(job_id).strikes))

    problem = "It stopped unexpectedly (ZeroDivisionError). The log has the rest, under this job's id."
    assert states == [(JobState.DUE, 1), (JobState.DUE, 2), (JobState.FAILED, 3)]
    assert row(job_id).problem == problem
    assert failures == [problem]


def test_raising_a_refusal_keeps_its_words(inside: Flask) -> None:
    bind_raising(inside, InvalidInput("This picture has no colours."))
    job_id = given_job("test.raise")

    run(str(job_id))

    assert row(job_id).problem == "This picture has no colours."


def test_raising_pauses_before_the_next_attempt(inside: Flask) -> None:
    bind_raising(inside, ZeroDivisionError())
    job_id = given_job("test.raise")

    pauses = []
    for _ in range(2):
        run_again(job_id)
        pauses.append(round((row(job_id).run_at - database_now()).total_seconds()))

    assert pauses == [2, 10]


def test_a_hook_that_raises_leaves_the_job_running_for_the_reconciler(inside: Flask) -> None:
    def on_failed(payload: dict[str, Any], problem: str) -> None:
        raise LookupError(problem)

    def handler(payload: dict[str, Any], *, attempt: Attempt) -> None:
        raise ZeroDivisionError

    jobs.bind(inside, "test.raise", handler, on_failed=on_failed)
    job_id = given_job("test.raise")
    run_again(job_id)
    run_again(job_id)

    run_again(job_id)

    assert (row(job_id).state, row(job_id).strikes) == (JobState.RUNNING, 2)


OUTAGES = [
    Unavailable("The database is busy."),
    StorageUnavailable(),
    OperationalError("SELECT 1", {}, Exception("gone")),
    ConnectionResetError(),
    Retry("The store is closed for the night."),
]


@pytest.mark.parametrize("outage", OUTAGES, ids=lambda outage: type(outage).__name__)
def test_an_outage_costs_no_strike_however_often(inside: Flask, outage: Exception) -> None:
    bind_raising(inside, outage)
    job_id = given_job("test.raise")

    for _ in range(5):
        run_again(job_id)

    waiting = row(job_id)
    assert (waiting.state, waiting.strikes, waiting.attempt) == (JobState.DUE, 0, 5)
    assert waiting.problem


def test_an_outage_of_more_than_a_day_fails_the_job(inside: Flask) -> None:
    failures: list[str] = []
    bind_raising(inside, Retry("The store is closed."), failures)
    job_id = given_job("test.raise")
    run(str(job_id))
    move_back(job_id, "waiting_since", timedelta(hours=25))

    run_again(job_id)

    assert row(job_id).state is JobState.FAILED
    assert failures == ["The store is closed."]


def test_retry_after_seconds_is_honoured(inside: Flask) -> None:
    bind_raising(inside, Retry(after_seconds=90))
    job_id = given_job("test.raise")

    run(str(job_id))

    assert round((row(job_id).run_at - database_now()).total_seconds()) == 90


def test_a_kind_that_nobody_knows_waits_for_a_release_that_does(inside: Flask) -> None:
    job_id = given_job("test.of_tomorrow")

    run(str(job_id))

    assert (row(job_id).state, row(job_id).strikes) == (JobState.DUE, 0)


def test_a_worker_that_is_told_to_drop_its_job_gives_it_back(inside: Flask) -> None:
    bind_raising(inside, SystemExit())
    job_id = given_job("test.raise")

    with pytest.raises(SystemExit):
        run(str(job_id))

    given_back = row(job_id)
    assert (given_back.state, given_back.strikes) == (JobState.DUE, 0)
    assert given_back.run_at <= database_now()


def test_superseded_attempts_end_quietly(inside: Flask) -> None:
    def handler(payload: dict[str, Any], *, attempt: Attempt) -> None:
        with transaction():
            db.session.execute(text("UPDATE job SET attempt = attempt + 1"))
        with transaction():
            attempt.confirm()

    jobs.bind(inside, "test.overtaken", handler)
    job_id = given_job("test.overtaken")

    run(str(job_id))

    assert (row(job_id).state, row(job_id).strikes) == (JobState.RUNNING, 0)


def test_a_handler_may_enqueue_what_follows(inside: Flask) -> None:
    def handler(payload: dict[str, Any], *, attempt: Attempt) -> None:
        with transaction():
            enqueue("test.trace", {}, key="next")

    jobs.bind(inside, "test.lead", handler)

    run(str(given_job("test.lead")))

    assert db.session.execute(text("SELECT kind FROM job WHERE state = 'due'")).scalars().all() == ["test.trace"]


class TestHeartbeat:
    @pytest.fixture
    def timing(self) -> Timing:
        return Timing(lease=2.0, beat=0.1)

    def test_a_job_longer_than_its_lease_stays_with_its_worker(self, inside: Flask) -> None:
        release = threading.Event()

        def handler(payload: dict[str, Any], *, attempt: Attempt) -> None:
            assert release.wait(10)

        jobs.bind(inside, "test.long", handler)
        job_id = given_job("test.long")

        def work() -> None:
            with inside.app_context():
                run(str(job_id))

        worker = threading.Thread(target=work)
        worker.start()
        first = eventually(lambda: row(job_id).lease_until, within=5)
        assert first is not None
        eventually(lambda: database_now() > first, within=5)
        held = row(job_id).state, reconcile()
        release.set()
        worker.join()

        assert held == (JobState.RUNNING, (0, 0))
        assert row(job_id).state is JobState.DONE
