"""However `flaunt dev` ends, nothing that it started stays; what dies on its own comes back."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import psutil
import pytest

from tests.dev.homes import command_of, descendants, name_of, start, wait_until_gone, wait_until_ready, words_of_a_start

pytestmark = pytest.mark.servers

PROGRAMS = {"postgres", "redis-server", "rclone"}


@pytest.fixture
def running(home_folder: Path, free_port: str) -> subprocess.Popen[str]:
    process = start(home_folder, PORT=free_port)
    wait_until_ready(process)
    return process


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP, signal.SIGTERM, signal.SIGKILL])
def test_nothing_is_left_after(number: signal.Signals, running: subprocess.Popen[str]) -> None:
    started = descendants(running)
    assert {name_of(process) for process in started} >= PROGRAMS
    running.send_signal(number)
    running.communicate(timeout=180)
    assert wait_until_gone(started) == []
    assert running.returncode == (-signal.SIGKILL if number is signal.SIGKILL else 0)


@pytest.mark.parametrize("module", ["campaign.dev.warden", "supervisor.supervisord"])
def test_nothing_is_left_when_what_runs_it_is_killed(module: str, running: subprocess.Popen[str]) -> None:
    started = descendants(running)
    _running_module(started, module).kill()
    words, _ = running.communicate(timeout=180)
    assert wait_until_gone(started) == []
    assert (running.returncode, "ended from elsewhere" in words) == (1, True)


def test_nothing_is_left_when_its_terminal_is_gone_without_a_signal(home_folder: Path, free_port: str) -> None:
    keyboard, terminal = os.openpty()
    running = start(home_folder, terminal=terminal, PORT=free_port)
    os.close(terminal)
    wait_until_ready(running)
    started = descendants(running)
    os.close(keyboard)
    running.communicate(timeout=180)
    assert wait_until_gone(started) == []
    assert running.returncode == 0


def test_killed_redis_is_back(running: subprocess.Popen[str]) -> None:
    first = next(process for process in descendants(running) if name_of(process) == "redis-server")
    first.kill()
    deadline = time.monotonic() + 20
    names: list[str] = []
    while "redis-server" not in names and time.monotonic() < deadline:
        names = [name_of(process) for process in descendants(running) if process.pid != first.pid]
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    running.communicate(timeout=180)
    assert "redis-server" in names


def test_second_start_on_the_same_home_says_so(
    running: subprocess.Popen[str], home_folder: Path, free_port: str
) -> None:
    code, words = words_of_a_start(home_folder, PORT=free_port)
    running.send_signal(signal.SIGINT)
    running.communicate(timeout=180)
    assert code == 1
    assert words.strip().splitlines() == [words.strip()]
    assert "already running" in words


def test_start_after_a_crash_mends_a_stale_process_number(
    home_folder: Path, free_port: str, running: subprocess.Popen[str]
) -> None:
    started = descendants(running)
    postgres = next(p for p in started if name_of(p) == "postgres" and "-D" in command_of(p))
    keepers = [_running_module(started, name) for name in ("campaign.dev.warden", "supervisor.supervisord")]
    for process in (*keepers, postgres, running):
        os.kill(process.pid, signal.SIGKILL)
    running.communicate(timeout=180)
    assert wait_until_gone(started) == []
    again = start(home_folder, PORT=free_port)
    wait_until_ready(again)
    again.send_signal(signal.SIGINT)
    again.communicate(timeout=180)
    assert again.returncode == 0


def _running_module(processes: list[psutil.Process], module: str) -> psutil.Process:
    return next(process for process in processes if command_of(process)[1:3] == ["-m", module])
