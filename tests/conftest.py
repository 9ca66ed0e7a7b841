"""Fixtures everybody shares: the real servers, the application, a database rolled back per test, and a fixed cast."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import text

from campaign.config import Settings
from campaign.db import Base, db
from tests.cores import pytest_collection_modifyitems, pytest_xdist_make_scheduler
from tests.people import CAST, Someone, meet
from tests.servers import LocalServers, local_servers, worker_database
from tests.settings import opened_app, settings_on

__all__ = ["local_servers", "pytest_collection_modifyitems", "pytest_xdist_make_scheduler", "worker_database"]


@pytest.fixture(scope="session")
def settings(local_servers: LocalServers, worker_database: str) -> Settings:
    """Settings of this test process: its own database and bucket on the shared servers."""
    return settings_on(local_servers, worker_database)


@pytest.fixture(scope="session")
def app(settings: Settings) -> Iterator[Flask]:
    with opened_app(settings) as application:
        yield application


@pytest.fixture
def database(app: Flask) -> Iterator[None]:
    """An application context whose every commit is undone when the test ends."""
    with app.app_context():
        engine = db.engine
        with engine.connect() as connection:
            outer = connection.begin()
            engines = db._app_engines[app]
            engines[None] = connection
            db.session.remove()
            db.session.configure(join_transaction_mode="create_savepoint")
            try:
                yield
            finally:
                db.session.remove()
                db.session.configure(join_transaction_mode="conditional_savepoint")
                engines[None] = engine
                outer.rollback()


@pytest.fixture
def committed(app: Flask) -> Iterator[None]:
    """An application context whose commits are real, for threads and processes; every table is emptied afterwards."""
    with app.app_context():
        try:
            yield
        finally:
            db.session.remove()
            tables = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
            with db.engine.begin() as connection:
                connection.execute(text("ALTER TABLE ballot_event DISABLE TRIGGER USER"))
                connection.execute(text(f"TRUNCATE {tables} CASCADE"))
                connection.execute(text("ALTER TABLE ballot_event ENABLE TRIGGER USER"))


def _person(role: str) -> object:
    @pytest.fixture(name=role)
    def somebody(app: Flask, database: None) -> Someone:
        return meet(app, role)

    return somebody


fan, other_fan, cast_member, other_cast_member, staff, marketer, admin, anonymous = (_person(role) for role in CAST)
