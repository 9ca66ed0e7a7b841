"""The folder that holds everything local (`FLAUNT_HOME`), and the lock that keeps one stack in it."""

from __future__ import annotations

import fcntl
import os
import stat
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil

from campaign.dev.problem import LocalProblem

LONGEST_WAIT_FOR_LAST_RUN = 25.0  # seconds; the last run stops its servers one after the other


@dataclass(frozen=True)
class Home:
    """Where each thing of the local stack is kept."""

    path: Path

    @property
    def settings(self) -> Path:
        return self.path / "dev.env"

    @property
    def state(self) -> Path:
        return self.path / "local.json"

    @property
    def logs(self) -> Path:
        return self.path / "log"

    @property
    def run(self) -> Path:
        return self.path / "run"

    @property
    def postgres(self) -> Path:
        return self.path / "postgres"

    @property
    def redis(self) -> Path:
        return self.path / "redis"

    @property
    def objects(self) -> Path:
        return self.path / "s3"

    @property
    def mail(self) -> Path:
        """Mails that nobody gets, to be read at /dev/mail."""
        return self.path / "mail"

    def log_of(self, program: str) -> Path:
        return self.logs / f"{program}.log"


def open_home(environ: Mapping[str, str]) -> Home:
    """The folder named by FLAUNT_HOME (default `var`), made where missing; raises `LocalProblem` if it is not ours."""
    path = Path(environ.get("FLAUNT_HOME") or "var").expanduser().absolute()
    home = Home(path)
    try:
        for folder in (path, home.logs, home.run):
            folder.mkdir(parents=True, exist_ok=True)
        probe = home.run / "writable"
        probe.write_text("yes")
        probe.unlink()
    except OSError as problem:
        raise LocalProblem(
            f"Flaunt keeps its local data in {path}, and could not write there ({problem.strerror}). "
            "Choose another folder: make run FLAUNT_HOME=/a/folder/of/yours"
        ) from None
    return home


def hold(home: Home) -> int:
    """Take the folder for this process; returns the open lock file, which the stack's processes keep open too.

    A run whose `flaunt dev` is gone may still be stopping its servers: that is waited for.
    """
    descriptor = os.open(home.run / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    deadline = time.monotonic() + LONGEST_WAIT_FOR_LAST_RUN
    while not _locked(descriptor):
        owner = int(os.pread(descriptor, 20, 0) or b"0")
        if psutil.pid_exists(owner) or time.monotonic() > deadline:
            os.close(descriptor)
            raise LocalProblem(
                f"Flaunt is already running from {home.path} (process {owner}). "
                "Stop that one first, or give this one a folder and a port of its own: "
                "make run FLAUNT_HOME=/another/folder PORT=8001"
            )
        time.sleep(0.1)
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, str(os.getpid()).encode(), 0)
    return descriptor


def write_private(path: Path, text: str) -> None:
    """Replace a file in one step, readable by its owner alone."""
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def let_others_pass(path: Path) -> None:
    """Let the database's own user walk through the folders above `path`. It may pass, not look."""
    for folder in path.parents:
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            folder.chmod(stat.S_IMODE(mode) | stat.S_IXOTH)


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
