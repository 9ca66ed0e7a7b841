"""PostgreSQL drops every connection while jobs are done: no half state, and no restart of ours."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path

from flask import Flask
from sqlalchemy import text

from campaign.config import Settings
from campaign.db import db, transaction
from campaign.jobs import Timing, enqueue
from campaign.jobs.queries import count_jobs
from tests.jobs.conftest import Traces
from tests.jobs.processes import eventually, running

JOBS = 100
PROMISED = 60.0
"""Seconds after the last fault within which everything is done."""
DROP_OTHERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


def has_done(traces: Traces, least: int) -> bool:
    return traces.count() >= least


def all_done() -> bool:
    counts = count_jobs()
    return (counts.due, counts.running, counts.failed) == (0, 0, 0)


def test_dropped_connections_lose_no_job(
    inside: Flask, house_settings: Settings, timing: Timing, traces: Traces, tmp_path: Path
) -> None:
    with transaction():
        for _ in range(JOBS):
            enqueue("test.once", {})
    with (
        (tmp_path / "processes.log").open("w") as log,
        running("clock", house_settings, timing, log),
        running("worker", house_settings, timing, log) as worker,
    ):
        eventually(lambda: traces.count() >= 1, within=20)
        children = worker.children()
        for done in (10, 30, 50):
            eventually(partial(has_done, traces, done), within=60)
            with db.engine.connect() as connection:
                connection.execute(text(DROP_OTHERS))
        dropped = time.monotonic()
        eventually(all_done, within=60)
        caught_up = time.monotonic() - dropped
        assert caught_up < PROMISED
        same_processes = worker.children() == children

    assert (traces.count(), traces.most_for_one_job()) == (JOBS, 1)
    assert same_processes
    print(f"{JOBS} jobs done once each, caught up {caught_up:.1f} s after the last drop")  # noqa: T201 -- the figure
