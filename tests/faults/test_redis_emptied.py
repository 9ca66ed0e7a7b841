"""Redis is disposable: emptied with jobs waiting, away from the start, away in the middle. Every job is done once."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path

from flask import Flask

from campaign.config import Settings
from campaign.db import transaction
from campaign.jobs import Timing, enqueue
from campaign.jobs.queries import count_jobs
from tests.jobs.conftest import Traces
from tests.jobs.processes import RedisServer, eventually, running

JOBS = 200
PROMISED = 60.0
"""Seconds after the last fault within which everything is done."""


def given_jobs() -> None:
    with transaction():
        for _ in range(JOBS):
            enqueue("test.slow", {"seconds": 0.01})


def has_done(traces: Traces, least: int) -> bool:
    return traces.count() >= least


def all_done() -> bool:
    counts = count_jobs()
    return (counts.due, counts.running, counts.failed) == (0, 0, 0)


def test_flushall_with_two_hundred_jobs_waiting_loses_none(
    inside: Flask, house_settings: Settings, house_redis: RedisServer, timing: Timing, traces: Traces, tmp_path: Path
) -> None:
    path = tmp_path / "processes.log"
    given_jobs()
    with (
        path.open("w") as log,
        running("clock", house_settings, timing, log),
        running("worker", house_settings, timing, log),
    ):
        for done in (1, 40, 80):
            eventually(partial(has_done, traces, done), within=60)
            house_redis.client.flushall()
        flushed = time.monotonic()
        eventually(all_done, within=60)
        caught_up = time.monotonic() - flushed
        assert caught_up < PROMISED
        left = list(house_redis.client.scan_iter("rq:job:*"))
        expiring = [key for key in left if house_redis.client.ttl(key) > 0]

    assert expiring == left
    assert "Traceback" not in path.read_text()
    assert (traces.count(), traces.most_for_one_job()) == (JOBS, 1)
    print(f"{JOBS} jobs done once each, caught up {caught_up:.1f} s after the last of 3 flushes")  # noqa: T201 -- the figure


def test_redis_away_loses_no_job_and_needs_no_restart(
    inside: Flask, house_settings: Settings, house_redis: RedisServer, timing: Timing, traces: Traces, tmp_path: Path
) -> None:
    path = tmp_path / "processes.log"
    house_redis.stop()
    given_jobs()
    with (
        path.open("w") as log,
        running("clock", house_settings, timing, log),
        running("worker", house_settings, timing, log),
    ):
        eventually(lambda: path.read_text().count("redis_away") == 1, within=20)
        house_redis.start()
        eventually(lambda: traces.count() >= 20, within=60)
        house_redis.stop()
        eventually(lambda: path.read_text().count("relay.redis_away") == 2, within=20)
        house_redis.start()
        back = time.monotonic()
        eventually(all_done, within=60)
        caught_up = time.monotonic() - back
        assert caught_up < PROMISED

    assert (traces.count(), traces.most_for_one_job()) == (JOBS, 1)
    print(f"{JOBS} jobs done once each, caught up {caught_up:.1f} s after Redis came back")  # noqa: T201 -- the figure
