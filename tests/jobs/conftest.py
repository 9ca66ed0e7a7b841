"""The job runner's tests have a small application and a Redis of their own, on the shared PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import text

from campaign.config import Settings
from campaign.db import db
from campaign.jobs import Timing
from tests.jobs.house import build_app, build_settings, make_traces
from tests.jobs.processes import RedisServer


@dataclass(frozen=True)
class Traces:
    """What the handlers of the house left behind."""

    app: Flask

    def of(self, job_id: UUID, what: str = "done") -> int:
        query = "SELECT count(*) FROM job_trace WHERE job_id = :job AND what = :what"
        return int(self._scalar(query, job=job_id, what=what))

    def count(self, what: str = "done") -> int:
        return int(self._scalar("SELECT count(*) FROM job_trace WHERE what = :what", what=what))

    def most_for_one_job(self, what: str = "done") -> int:
        query = "SELECT max(n) FROM (SELECT count(*) AS n FROM job_trace WHERE what = :what GROUP BY job_id) AS per"
        return int(self._scalar(query, what=what))

    def pid(self, job_id: UUID) -> int | None:
        query = "SELECT max(pid) FROM job_trace WHERE job_id = :job AND what = 'started' AND attempt = 1"
        found = self._scalar(query, job=job_id)
        return None if found is None else int(found)

    def _scalar(self, query: str, **values: object) -> Any:
        with self.app.app_context(), db.engine.connect() as connection:
            return connection.execute(text(query), values).scalar_one()


@pytest.fixture
def timing() -> Timing:
    return Timing()


@pytest.fixture
def house_redis(tmp_path: Path) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path)
    server.start()
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture
def house(worker_database: str, timing: Timing) -> Iterator[Flask]:
    """The application, with an empty job table before and after."""
    make_traces(worker_database)
    app = build_app(worker_database, timing)
    try:
        yield app
    finally:
        with app.app_context():
            db.session.remove()
            with db.engine.begin() as connection:
                connection.execute(text("TRUNCATE job, job_trace"))
            db.engine.dispose()


@pytest.fixture
def inside(house: Flask) -> Iterator[Flask]:
    """The application's context around the test."""
    with house.app_context():
        yield house


@pytest.fixture
def house_settings(worker_database: str, house_redis: RedisServer) -> Settings:
    return build_settings(worker_database, house_redis.url)


@pytest.fixture
def traces(house: Flask) -> Traces:
    return Traces(house)
