"""A real S3 server of these tests' own, and the pipeline's parts set up against it."""

import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.uploads.hostile import hostile_parent
from uploads.limits import Limits
from uploads.reasons import PhotoRefused
from uploads.sandbox.answers import Decoded
from uploads.sandbox.apart import decode_apart
from uploads.sandbox.warm_parent import WarmParent
from uploads.storage import Storage, StorageSettings

_RCLONE = Path(sys.executable).parent / "rclone"


@pytest.fixture(scope="session")
def s3_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StorageSettings]:
    """`rclone serve s3` on a port of its own, ended with the session."""
    root = tmp_path_factory.mktemp("s3")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    key_id, secret = secrets.token_hex(16), secrets.token_hex(24)
    process = subprocess.Popen(
        [_RCLONE, "serve", "s3", "--addr", f"127.0.0.1:{port}", "--auth-key", f"{key_id},{secret}", root],
        env={"RCLONE_CONFIG": os.devnull, "HOME": str(root), "PATH": os.environ.get("PATH", "")},
        stderr=subprocess.DEVNULL,
    )
    try:
        _await_port(process, port)
        yield StorageSettings(
            region="us-east-1",
            bucket="photos",
            access_key_id=key_id,
            secret_access_key=secret,
            endpoint_url=f"http://127.0.0.1:{port}",
        )
    finally:
        process.terminate()
        process.wait(timeout=10)


def _await_port(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("rclone did not start")


@pytest.fixture(scope="session")
def storage(s3_settings: StorageSettings) -> Storage:
    storage = Storage(s3_settings)
    storage.ensure_bucket()
    return storage


@pytest.fixture(scope="session")
def nobodys_storage(s3_settings: StorageSettings) -> Storage:
    """A store that nobody answers for."""
    return Storage(
        replace(s3_settings, endpoint_url="http://127.0.0.1:9", attempts=1, connect_seconds=0.5, read_seconds=0.5)
    )


@pytest.fixture
def limits() -> Limits:
    return Limits()


@pytest.fixture(scope="session")
def hostile_decoder() -> Iterator[WarmParent]:
    """A warm parent whose children do as the photo says."""
    parent = hostile_parent()
    yield parent
    parent.end()


@pytest.fixture
def hostile(hostile_decoder: WarmParent, tmp_path: Path) -> Callable[..., Decoded]:
    """Decodes a photo that has taken the decoder over, and makes it do as `source` says."""

    def run(source: str, limits: Limits, **options: Any) -> Decoded:
        (tmp_path / "photo").write_text(source)
        return decode_apart(tmp_path / "photo", tmp_path, limits, parent=hostile_decoder, **options)

    return run


@pytest.fixture
def refusal_of(hostile: Callable[..., Decoded]) -> Callable[..., PhotoRefused]:
    """The refusal that follows when a photo makes the decoder do as `source` says."""

    def run(source: str, limits: Limits) -> PhotoRefused:
        with pytest.raises(PhotoRefused) as refused:
            hostile(source, limits)
        return refused.value

    return run
