"""A small application for the job runner's own tests: its handlers leave traces in a table.

`python -m tests.jobs.house worker` (or `clock`) runs the real process with it.
"""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import create_engine, text

from campaign import jobs
from campaign.config import Provider, Settings
from campaign.db import db, transaction
from campaign.jobs import Attempt, Timing
from campaign.logs import configure_logs

TRACES = """
CREATE TABLE IF NOT EXISTS job_trace (
    job_id uuid NOT NULL, attempt integer NOT NULL, what text NOT NULL, pid integer NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp())
"""


def build_settings(database_url: str, redis_url: str, processes: int = 2) -> Settings:
    return Settings(
        environment="test",
        base_url="http://localhost",
        secret_key="a secret that is only good for tests",
        database_url=database_url,
        redis_url=redis_url,
        worker_processes=processes,
        s3_bucket="unused",
        s3_access_key_id="unused",
        s3_secret_access_key="unused",
        oidc_providers=(Provider(name="unused", label="Unused", issuer="http://localhost", client_id="unused"),),
        log_format="json",
    )


def build_app(database_url: str, timing: Timing) -> Flask:
    app = Flask("house")
    app.config["SQLALCHEMY_DATABASE_URI"] = database_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"pool_size": 25, "pool_pre_ping": True}
    db.init_app(app)
    jobs.register(app, timing)
    jobs.bind(app, "test.trace", trace_done)
    jobs.bind(app, "test.once", trace_once)
    jobs.bind(app, "test.slow", work_slowly)
    jobs.bind(app, "test.hang_once", hang_on_first_attempt)
    jobs.bind(app, "test.die", die, on_failed=trace_failure)
    jobs.subscribe(app, "test.happened", "test.follow", trace_done)
    return app


def leave_trace(attempt: Attempt, what: str) -> None:
    row = {"job": attempt.job_id, "attempt": attempt.number, "what": what, "pid": os.getpid()}
    with transaction():
        db.session.execute(
            text("INSERT INTO job_trace (job_id, attempt, what, pid) VALUES (:job, :attempt, :what, :pid)"), row
        )


def trace_done(payload: dict[str, Any], *, attempt: Attempt) -> None:
    leave_trace(attempt, "done")


def trace_once(payload: dict[str, Any], *, attempt: Attempt) -> None:
    with transaction():
        attempt.confirm()
        db.session.execute(
            text("INSERT INTO job_trace (job_id, attempt, what, pid) VALUES (:job, :attempt, 'done', 0)"),
            {"job": attempt.job_id, "attempt": attempt.number},
        )


def work_slowly(payload: dict[str, Any], *, attempt: Attempt) -> None:
    leave_trace(attempt, "started")
    time.sleep(payload["seconds"])
    leave_trace(attempt, "done")


def hang_on_first_attempt(payload: dict[str, Any], *, attempt: Attempt) -> None:
    leave_trace(attempt, "started")
    if attempt.number == 1:
        time.sleep(600)
    leave_trace(attempt, "done")


def die(payload: dict[str, Any], *, attempt: Attempt) -> None:
    leave_trace(attempt, "started")
    os._exit(9)


def trace_failure(payload: dict[str, Any], problem: str) -> None:
    db.session.execute(
        text("INSERT INTO job_trace (job_id, attempt, what, pid) VALUES (:job, 0, :what, 0)"),
        {"job": UUID(payload["photo"]), "what": problem},
    )


def make_traces(database_url: str) -> None:
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text(TRACES))
    engine.dispose()


def environment(settings: Settings, timing: Timing) -> dict[str, str]:
    """What a process of this house needs to know."""
    return {
        **os.environ,
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "HOUSE_DATABASE": settings.database_url,
        "HOUSE_REDIS": settings.redis_url,
        "HOUSE_PROCESSES": str(settings.worker_processes),
        "HOUSE_TIMING": json.dumps(asdict(timing)),
    }


def main(role: str) -> None:
    configure_logs("json")
    database_url = os.environ["HOUSE_DATABASE"]
    settings = build_settings(database_url, os.environ["HOUSE_REDIS"], int(os.environ["HOUSE_PROCESSES"]))
    app = build_app(database_url, Timing(**json.loads(os.environ["HOUSE_TIMING"])))
    if role == "worker":
        from campaign.jobs.worker import run_worker  # noqa: PLC0415 -- as `flaunt worker` does

        run_worker(app, settings)
    else:
        from campaign.jobs.clock import run_clock  # noqa: PLC0415 -- as `flaunt clock` does

        run_clock(app, settings)


if __name__ == "__main__":
    main(sys.argv[1])
