"""The whole product as processes: web, worker and clock on the tests' servers, as the Procfile starts them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import requests

from campaign.config import Settings

FLAUNT = Path(sys.executable).with_name("flaunt")
START_SECONDS = 60
STOP_SECONDS = 20


@dataclass
class House:
    """A running installation. `environ` is what its processes were started with."""

    base_url: str
    environ: dict[str, str]
    logs: Path
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str) -> subprocess.Popen[bytes]:
        """Start one of `web`, `worker`, `clock`, in a process group of its own."""
        with (self.logs / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                [FLAUNT, name], env=self.environ, stdout=log, stderr=log, start_new_session=True
            )
        return self.processes[name]

    def run(self, *words: str) -> str:
        """What a `flaunt …` command prints."""
        done = subprocess.run([FLAUNT, *words], env=self.environ, capture_output=True, text=True, check=True)
        return done.stdout

    def wait_until_ready(self) -> None:
        ends = time.monotonic() + START_SECONDS
        while time.monotonic() < ends:
            try:
                if requests.get(f"{self.base_url}/readyz", timeout=2).ok:
                    return
            except requests.RequestException:
                pass
            time.sleep(0.1)
        raise AssertionError(f"not ready: {self.tail()}")

    def tail(self) -> str:
        """The last lines of every log, for a failed test's message."""
        return "\n".join(f"--- {log.name}\n{log.read_text()[-2000:]}" for log in sorted(self.logs.glob("*.log")))

    def stop(self) -> None:
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def open_house(settings: Settings, port: int, logs: Path) -> Iterator[House]:
    """Run the product with these settings on this port, and end it surely."""
    house = House(f"http://localhost:{port}", environment_of(settings, port), logs)
    with ExitStack() as stack:
        stack.callback(house.stop)
        for name in ("web", "worker", "clock"):
            house.start(name)
        house.wait_until_ready()
        yield house


def environment_of(settings: Settings, port: int) -> dict[str, str]:
    """The settings as an operator would set them."""
    providers = [
        provider.model_dump() | {"client_secret": provider.client_secret.get_secret_value()}
        for provider in settings.oidc_providers
    ]
    return {
        **{name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TMPDIR"}},
        "ENVIRONMENT": "test",
        "BASE_URL": f"http://localhost:{port}",
        "PORT": str(port),
        "SECRET_KEY": settings.secret_key.get_secret_value(),
        "DATABASE_URL": settings.database_url,
        "REDIS_URL": settings.redis_url,
        "S3_ENDPOINT_URL": str(settings.s3_endpoint_url),
        "S3_BUCKET": settings.s3_bucket,
        "S3_ACCESS_KEY_ID": settings.s3_access_key_id.get_secret_value(),
        "S3_SECRET_ACCESS_KEY": settings.s3_secret_access_key.get_secret_value(),
        "OIDC_PROVIDERS": json.dumps(providers),
        "WEB_PROCESSES": "1",
        "WORKER_PROCESSES": "1",
    }
