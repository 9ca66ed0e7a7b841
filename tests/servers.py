"""The real servers the tests stand on: started once for a whole test run, also when it has several workers."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from psycopg import sql

from campaign.cli import ROOT
from campaign.config import Provider
from campaign.dev import postgres
from campaign.dev.redis import redis_url
from campaign.dev.s3 import BUCKET, REGION

TEMPLATE = "flaunt_template"
REDIS_DATABASES_EACH = 5


@dataclass(frozen=True)
class LocalServers:
    """PostgreSQL, Redis, S3 and an OpenID provider on this machine, gone when the test run is."""

    home: Path
    ports: dict[str, int]
    secrets: dict[str, str]
    worker: int
    """0 for the first (or only) pytest-xdist worker, 1 for the next."""

    s3_bucket = BUCKET
    s3_region = REGION

    def database_url(self, name: str) -> str:
        """Address, for SQLAlchemy, of a database; `new_database` makes one."""
        return postgres.url(self.ports["postgres"], self.secrets["postgres_password"], name)

    def new_database(self, name: str, *, template: str = TEMPLATE) -> str:
        """Make a database afresh, as a copy of `template`, owned by the application's role; returns its address."""
        self.drop_database(name)
        postgres.provide_database(self.ports["postgres"], self.secrets["postgres_password"], name, template=template)
        return self.database_url(name)

    def drop_database(self, name: str) -> None:
        """Remove a database, and end whoever still uses it."""
        with postgres.connect(self.ports["postgres"], self.secrets["postgres_password"]) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def has_database(self, name: str) -> bool:
        with postgres.connect(self.ports["postgres"], self.secrets["postgres_password"]) as connection:
            return bool(connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone())

    def redis_url(self, database: int = 0) -> str:
        """Address of one of this worker's databases, 0 to 4: Redis has 16, for three workers."""
        assert 0 <= database < REDIS_DATABASES_EACH
        own = self.worker * REDIS_DATABASES_EACH + database
        return redis_url(self.ports["redis"], self.secrets["redis_password"], own)

    @property
    def s3_endpoint_url(self) -> str:
        return f"http://127.0.0.1:{self.ports['s3']}"

    @property
    def s3_access_key_id(self) -> str:
        return self.secrets["s3_access_key_id"]

    @property
    def s3_secret_access_key(self) -> str:
        return self.secrets["s3_secret_access_key"]

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.ports['provider']}"

    def provider(self) -> Provider:
        """The OpenID provider, with the personas of `campaign.dev.personas`, as a setting."""
        return Provider(
            name="local",
            label="Local sign-in",
            issuer=self.issuer,
            client_id="flaunt",
            client_secret=self.secrets["provider_client_secret"],
        )


@pytest.fixture(scope="session")
def local_servers(tmp_path_factory: pytest.TempPathFactory) -> LocalServers:
    """The servers, started by whichever worker comes first. They end by themselves when the test run does."""
    shared = _shared_folder(tmp_path_factory)
    told = shared / "servers.json"
    with _one_at_a_time(shared):
        if not told.exists():
            told.write_text(json.dumps(start_servers(owner=_owner())))
    return _described(json.loads(told.read_text()))


@pytest.fixture(scope="session")
def worker_database(local_servers: LocalServers, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Address of this worker's own database, a copy of one that all migrations made."""
    return provide_worker_database(local_servers, tmp_path_factory, "flaunt")


def provide_worker_database(servers: LocalServers, tmp_path_factory: pytest.TempPathFactory, name: str) -> str:
    """Make another database of this worker's own; returns its address."""
    with _one_at_a_time(_shared_folder(tmp_path_factory)):
        provide_template(servers, migrate)
        return servers.new_database(f"{name}_{servers.worker}")


def start_servers(*, owner: int) -> dict[str, Any]:
    """Start the servers until the process `owner` ends; returns their ports and secrets."""
    started = subprocess.run(
        [sys.executable, "-m", "campaign.dev.ephemeral", "--owner", str(owner)],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    if started.returncode:
        pytest.exit(f"The local servers did not start. {started.stdout}{started.stderr}", returncode=3)
    return dict(json.loads(started.stdout))


def provide_template(servers: LocalServers, build: Callable[[str], None]) -> None:
    """Make the template database once: `build` gets its address. A template that failed half-way is taken away."""
    if servers.has_database(TEMPLATE):
        return
    address = servers.new_database(TEMPLATE, template="template1")
    try:
        build(address)
    except BaseException:
        servers.drop_database(TEMPLATE)
        raise


def migrate(address: str) -> None:
    """Run every migration on the database at `address`."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.attributes["database_url"] = address
    command.upgrade(config, "head")


def _described(told: dict[str, Any]) -> LocalServers:
    return LocalServers(Path(told["home"]), told["ports"], told["secrets"], _worker_number())


def _worker_number() -> int:
    return int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))


def _owner() -> int:
    """The process whose end is the end of the test run: with pytest-xdist, the one that started the workers."""
    return os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()


def _shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    with (folder / "servers.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
