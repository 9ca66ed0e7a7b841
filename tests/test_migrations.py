"""The migrations make what the models say, and can be taken back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.pool import NullPool

from campaign.cli import ROOT
from tests.servers import LocalServers


@pytest.fixture
def migrated(local_servers: LocalServers, worker_database: str) -> Iterator[str]:
    """Address of a database of its own, migrated to head."""
    assert worker_database
    name = f"migrations_{local_servers.worker}"
    yield local_servers.new_database(name)
    local_servers.drop_database(name)


def test_models_and_migrations_agree(migrated: str) -> None:
    command.check(_alembic(migrated))


def test_every_migration_can_be_taken_back(migrated: str) -> None:
    alembic = _alembic(migrated)

    command.downgrade(alembic, "base")

    engine = create_engine(migrated, poolclass=NullPool)
    assert inspect(engine).get_table_names() == ["alembic_version"]
    command.upgrade(alembic, "head")
    command.check(alembic)


@pytest.mark.parametrize(
    "rewriting", ["UPDATE ballot_event SET sequence = 2", "DELETE FROM ballot_event", "TRUNCATE ballot_event"]
)
def test_history_of_ballots_cannot_be_rewritten(migrated: str, rewriting: str) -> None:
    engine = create_engine(migrated, poolclass=NullPool)

    with engine.connect() as connection, pytest.raises(IntegrityError, match="append-only"):
        connection.execute(text(rewriting))


def _alembic(address: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.attributes["database_url"] = address
    return config
