"""A `flaunt dev` in a process of its own, for tests that end it in every way there is."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import psutil

SERVERS_ONLY = "import sys; from campaign.dev.command import run_dev; sys.exit(run_dev(servers_only=True))"
REPOSITORY = Path(__file__).parents[2]


def start(home: Path, *, terminal: int | None = None, **environ: str) -> subprocess.Popen[str]:
    """Start the servers of a home; its words are on `stdout`. `terminal` is what it reads from."""
    return subprocess.Popen(
        [sys.executable, "-c", SERVERS_ONLY],
        env=_environ(home, environ),
        cwd=REPOSITORY,
        stdin=terminal or subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def words_of_a_start(home: Path, **environ: str) -> tuple[int, str]:
    """Exit code and words of a start that is expected to end by itself."""
    process = start(home, **environ)
    words, _ = process.communicate(timeout=180)
    return process.returncode, words


def wait_until_ready(process: subprocess.Popen[str]) -> str:
    """Read its words up to the one that says the servers are ready, and return them."""
    assert process.stdout is not None
    words = ""
    for line in process.stdout:
        words += line
        if "are ready" in line:
            return words
    raise AssertionError(f"The servers did not start:\n{words}")


def descendants(process: subprocess.Popen[str]) -> list[psutil.Process]:
    return psutil.Process(process.pid).children(recursive=True)


def command_of(process: psutil.Process) -> list[str]:
    """Its command line; nothing where it has ended in the meantime."""
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def name_of(process: psutil.Process) -> str:
    try:
        return process.name()
    except psutil.Error:
        return ""


def wait_until_gone(processes: list[psutil.Process], seconds: float = 40.0) -> list[psutil.Process]:
    """The processes that still run after so many seconds."""
    deadline = time.monotonic() + seconds
    while left := [process for process in processes if command_of(process)]:
        if time.monotonic() > deadline:
            return left
        time.sleep(0.05)
    return []


def _environ(home: Path, more: dict[str, str]) -> dict[str, str]:
    left_out = {"REDIS_URL", "DATABASE_URL", "PORT", "HOST", "ENVIRONMENT"}
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    return {**kept, "FLAUNT_HOME": str(home), **more}
