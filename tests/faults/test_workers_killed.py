"""`kill -9` of workers in the middle of a job: it is done again, within a minute, and nothing is left behind."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path

import psutil
from flask import Flask

from campaign.config import Settings
from campaign.jobs import Timing
from campaign.jobs.models import JobState
from tests.jobs.conftest import Traces
from tests.jobs.processes import eventually, running
from tests.jobs.rows import given_job, row

PHOTO = "5a0b5a3e-3a3c-4d5e-8f00-0123456789ab"


def test_killed_worker_and_killed_supervisor_lose_no_job(
    inside: Flask, house_settings: Settings, timing: Timing, traces: Traces, tmp_path: Path
) -> None:
    """With the lengths of production: a lease of 20 s, a look at leases every 10 s."""
    path = tmp_path / "processes.log"
    job_ids = [given_job("test.hang_once"), given_job("test.hang_once")]
    with path.open("w") as log, running("clock", house_settings, timing, log):
        with running("worker", house_settings, timing, log) as supervisor:
            pids = {eventually(partial(traces.pid, job_id), within=20) for job_id in job_ids}
            children = supervisor.children(recursive=True)
            psutil.Process(pids.pop()).kill()
            eventually(lambda: len(set(supervisor.children()) - set(children)) == 1, within=20)
            children = supervisor.children(recursive=True)
            supervisor.kill()
            _, orphans = psutil.wait_procs(children, timeout=10)
        killed = time.monotonic()
        with running("worker", house_settings, timing, log):
            eventually(lambda: {row(job_id).state for job_id in job_ids} == {JobState.DONE}, within=60)

    assert orphans == []
    assert [traces.of(job_id) for job_id in job_ids] == [1, 1]
    assert [(row(job_id).attempt, row(job_id).strikes) for job_id in job_ids] == [(2, 1), (2, 1)]
    assert "Traceback" not in path.read_text()
    print(f"both jobs done again {time.monotonic() - killed:.1f} s after the last kill")  # noqa: T201 -- the figure


def test_a_job_that_kills_its_worker_costs_three_attempts_and_rejects_its_photo(
    inside: Flask, house_settings: Settings, traces: Traces, tmp_path: Path
) -> None:
    timing = Timing(lease=2.0, beat=0.2, reconcile=0.3)
    path = tmp_path / "processes.log"
    poison = given_job("test.die", photo=PHOTO)
    neighbours = [given_job("test.once") for _ in range(20)]
    with (
        path.open("w") as log,
        running("clock", house_settings, timing, log),
        running("worker", house_settings, timing, log),
    ):
        eventually(lambda: row(poison).state is JobState.FAILED, within=40)
        eventually(lambda: {row(job_id).state for job_id in neighbours} == {JobState.DONE}, within=20)

    assert traces.of(poison, "started") == 3
    reason = row(poison).problem
    assert reason == "The worker stopped in the middle of it, and this was attempt 3 of 3 that went wrong."
    assert traces.count(reason) == 1
    assert traces.most_for_one_job() == 1
