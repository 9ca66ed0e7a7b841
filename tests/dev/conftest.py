"""A home folder that the database's own user can reach, which pytest's private folders are not."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from campaign.dev.ports import choose


@pytest.fixture(scope="module")
def home_folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="flaunt-home-"))
    folder.chmod(0o711)
    yield folder / "var"
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def free_port() -> str:
    return str(choose(["app"])["app"])
