"""The ground that faults are tried on: real servers, and for each fault a house of its own on them."""

from __future__ import annotations

import json
import os
import socket
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from flask import Flask

from campaign.app import create_app, storage_settings
from campaign.config import Settings
from campaign.db import db
from campaign.dev.home import Home
from campaign.jobs.clock import keep_time
from campaign.jobs.registry import registry_of
from tests.faults import timings
from tests.faults.outcome import Scale
from tests.faults.process import POISON, TIMING
from tests.faults.programs import Programs
from tests.jobs.processes import RedisServer
from tests.servers import LocalServers
from tests.settings import settings_on
from uploads.storage import Storage

SECRETS = ("secret_key", "s3_access_key_id", "s3_secret_access_key")
PLAIN = (
    "environment", "base_url", "port", "database_url", "redis_url", "s3_endpoint_url", "s3_public_endpoint_url",
    "s3_bucket", "log_format", "rate_limits", "web_processes", "worker_processes", "mail_folder",
    "max_photo_bytes", "max_photo_pixels",
)  # fmt: skip


LONGEST_TRACE, LONGEST_WORDS = 60, 1_500
"""Lines of a traceback, and characters of it, that are told."""


@dataclass
class House:
    """One installation: a database, a bucket and a Redis of its own, and its processes once they are started."""

    name: str
    folder: Path
    settings: Settings
    objects: Path
    """The bucket's folder: each object is a plain file there, whatever stands in front of the store."""
    redis: RedisServer
    scale: Scale
    say: Callable[[str], None]
    extra: dict[str, str] = field(default_factory=dict)
    """More environment for the processes."""

    @cached_property
    def app(self) -> Flask:
        """The application of this process, for reading and for what a person at the desk does."""
        app = create_app(self.settings)
        if self.scale is Scale.SHORT:
            timings.shorten(registry_of(app), timings.told(timings.SHORT))
        return app

    @property
    def store(self) -> Storage:
        store: Storage = self.app.extensions["flaunt_storage"]
        return store

    @property
    def log(self) -> Path:
        return self.folder / "processes.log"

    @cached_property
    def environment(self) -> dict[str, str]:
        """What its processes are told, and nothing of what this process was told."""
        given = {name.upper(): getattr(self.settings, name) for name in PLAIN}
        given |= {name.upper(): getattr(self.settings, name).get_secret_value() for name in SECRETS}
        provider = '[{"name": "local", "label": "Local", "issuer": "http://localhost", "client_id": "flaunt"}]'
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
        short = {TIMING: json.dumps(timings.told(timings.SHORT))} if self.scale is Scale.SHORT else {}
        told = {name: str(value) for name, value in given.items() if value is not None}
        return {**kept, **told, **short, "OIDC_PROVIDERS": provider, **self.extra}

    @contextmanager
    def running(self, *roles: str, poisonous: bool = False) -> Iterator[Programs]:
        """Its processes, kept alive until the block ends."""
        poison = {POISON: "1"} if poisonous else {}
        with self.log.open("a") as log:
            programs = Programs({**self.environment, **poison}, log)
            try:
                programs.start(*roles)
                yield programs
            finally:
                programs.stop()

    @contextmanager
    def clock(self) -> Iterator[None]:
        """A clock in a thread of this process, for faults that leave it alone: a process takes seconds to start."""
        over = threading.Event()
        thread = threading.Thread(target=keep_time, args=(self.app, self.settings, over), daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def complaints(self) -> list[str]:
        """What its processes logged that no fault excuses; that a killed decoder is a refusal is no surprise."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        found = (number for number, line in enumerate(lines) if "Traceback" in line and "PhotoRefused" not in line)
        return [_whole(lines[number : number + LONGEST_TRACE]) for number in found]


def _whole(lines: list[str]) -> str:
    """A traceback on one line: an event of one line, or all until the next event."""
    ended = next((number for number, line in enumerate(lines[1:], start=1) if line.startswith("{")), len(lines))
    return " / ".join(line.strip() for line in lines[:ended])[-LONGEST_WORDS:]


@dataclass
class Ground:
    """The servers, a folder for what the faults need, and an ear for how they get on."""

    servers: LocalServers
    folder: Path
    say: Callable[[str], None]

    @contextmanager
    def house(
        self,
        name: str,
        scale: Scale,
        *,
        through: str | None = None,
        extra: dict[str, str] | None = None,
        **changes: object,
    ) -> Iterator[House]:
        """A fresh house inside its application's context.

        `through` is the store's address for it, where it is not the real one; `extra` is more environment for its
        processes, `changes` are settings.
        """
        named = f"faults-{name}".replace("_", "-")
        # A Redis socket's path may have 107 bytes, and some machines' temporary folders have long names.
        with tempfile.TemporaryDirectory(prefix="flaunt-faults-", dir="/tmp") as folder:
            redis = RedisServer(Path(folder))
            settings = self._settings(named, redis.url, through, changes)
            objects = Home(self.servers.home).objects / settings.s3_bucket
            house = House(name, Path(folder), settings, objects, redis, scale, self.say, extra or {})
            redis.start()
            try:
                with house.app.app_context():
                    yield house
                    db.session.remove()
                    db.engine.dispose()
            finally:
                redis.stop()
                self.servers.drop_database(named)

    def _settings(self, name: str, redis_url: str, through: str | None, changes: dict[str, object]) -> Settings:
        port = free_port()
        given = settings_on(self.servers, self.servers.new_database(name))
        own = {
            "redis_url": redis_url,
            "port": port,
            "base_url": f"http://127.0.0.1:{port}",
            "log_format": "json",
        }
        if through is not None:
            own |= {"s3_endpoint_url": through}
        return given.model_copy(update={**own, **changes})

    def real_store(self, house: House) -> Storage:
        """The house's bucket, whatever stands in front of it for the house itself."""
        return Storage(replace(storage_settings(house.settings), endpoint_url=self.servers.s3_endpoint_url))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
