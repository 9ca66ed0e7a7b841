from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from flask import Flask
from rq.utils import as_text

from campaign.config import Settings
from campaign.jobs import Timing
from campaign.jobs.models import JobState
from campaign.jobs.relay import Relay
from campaign.jobs.waiting import connect
from tests.jobs.conftest import Traces
from tests.jobs.processes import RedisServer, eventually, running
from tests.jobs.rows import given_job, row

SEEN = "rq:queue:flaunt:intermediate:first_seen:"
"""RQ's maintenance notes when it saw a job between two lists; the note runs out by itself after a day."""


@pytest.fixture
def timing() -> Timing:
    return Timing(time_limit=3, stop_grace=1.5)


@pytest.fixture
def worker(inside: Flask, house_settings: Settings, timing: Timing, tmp_path: Path) -> Iterator[psutil.Popen]:
    """A real worker."""
    path = tmp_path / "processes.log"
    with path.open("w") as log, running("worker", house_settings, timing, log) as process:
        yield process
    assert "Traceback" not in path.read_text()


@pytest.fixture
def hand_over(house_settings: Settings, timing: Timing) -> Callable[[], object]:
    """The relay, with room for everything."""
    return Relay(connect(house_settings), timing, processes=50).hand_over


def test_nothing_of_a_finished_job_stays_in_redis(
    worker: psutil.Popen, hand_over: Callable[[], object], house_redis: RedisServer
) -> None:
    job_ids = [given_job() for _ in range(20)]
    hand_over()

    eventually(lambda: {row(job_id).state for job_id in job_ids} == {JobState.DONE}, within=20)

    kept = {"rq:queues", "rq:workers", "rq:workers:flaunt", "rq:clean_groups", "rq:clean_registries:flaunt"}
    with suppress(AssertionError):
        eventually(lambda: _keys_but_workers(house_redis) <= kept, within=5)
    assert _keys_but_workers(house_redis) - kept == set()


def test_an_attempt_past_its_time_limit_is_ended_in_words(
    worker: psutil.Popen, hand_over: Callable[[], object]
) -> None:
    job_id = given_job("test.slow", seconds=600)
    hand_over()

    eventually(lambda: row(job_id).strikes == 1, within=20)

    assert row(job_id).problem == "It took longer than 3 s and was ended."


def test_a_worker_told_to_stop_finishes_its_job(
    worker: psutil.Popen, hand_over: Callable[[], object], traces: Traces
) -> None:
    job_id = given_job("test.slow", seconds=0.8)
    hand_over()
    eventually(lambda: traces.of(job_id, "started"), within=20)

    worker.terminate()
    worker.wait(20)

    assert (row(job_id).state, row(job_id).attempt) == (JobState.DONE, 1)


def test_a_worker_told_to_stop_gives_back_a_job_that_takes_too_long(
    worker: psutil.Popen, hand_over: Callable[[], object], traces: Traces
) -> None:
    job_id = given_job("test.slow", seconds=600)
    hand_over()
    eventually(lambda: traces.of(job_id, "started"), within=20)

    worker.terminate()
    worker.wait(20)

    assert (row(job_id).state, row(job_id).strikes) == (JobState.DUE, 0)


def test_idle_workers_stop_at_once_and_leave_no_process(
    worker: psutil.Popen, hand_over: Callable[[], object], traces: Traces
) -> None:
    job_id = given_job()
    hand_over()
    eventually(lambda: traces.of(job_id), within=20)
    children = worker.children(recursive=True)

    worker.terminate()
    _, alive = psutil.wait_procs([*children, worker], timeout=10)

    assert len(children) == 2
    assert alive == []
    assert worker.returncode == 0


def _keys_but_workers(server: RedisServer) -> set[str]:
    keys = {as_text(key) for key in server.client.scan_iter()}
    return {key for key in keys if not key.startswith(("rq:worker:", SEEN))}
