"""Keeps a number of forked processes alive, stops them kindly, and takes them along when it is killed itself."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import wait
from multiprocessing.context import ForkProcess
from types import FrameType

import structlog

log = structlog.get_logger(__name__)

PR_SET_PDEATHSIG = 1
QUICK_DEATH = 5.0
"""Seconds of life below which a process is started again only after a pause of a second."""
CHECK = 1.0
LAST_CHANCE = 5.0
"""Seconds between telling a process to drop its work and killing it."""


class Supervisor:
    """`count` processes that each run `serve`. A SIGTERM lets them finish for `grace` seconds, then drop their work."""

    def __init__(self, serve: Callable[[], None], count: int, *, grace: float) -> None:
        self._serve = serve
        self._count = count
        self._grace = grace
        self._alive: dict[ForkProcess, float] = {}
        self._stopping = False
        self._woken, self._wake = os.pipe()

    def run(self) -> None:
        """Supervise until SIGTERM or SIGINT; returns when no process is left."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        while not self._stopping:
            self._start_missing()
            self._rest(CHECK)
            self._bury()
        self._end_all()

    def _stop(self, _signum: int, _frame: FrameType | None) -> None:
        self._stopping = True
        os.write(self._wake, b"!")

    def _start_missing(self) -> None:
        while len(self._alive) < self._count and not self._stopping:
            process = multiprocessing.get_context("fork").Process(target=self._become, args=(os.getpid(),))
            process.start()
            self._alive[process] = time.monotonic()

    def _become(self, parent: int) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        die_with(parent)
        self._serve()

    def _bury(self) -> None:
        for process, started in list(self._alive.items()):
            if process.exitcode is None:
                continue
            del self._alive[process]
            if self._stopping:
                continue
            log.warning("worker.ended", pid=process.pid, exit_code=process.exitcode)
            if time.monotonic() - started < QUICK_DEATH:
                time.sleep(1)

    def _rest(self, seconds: float) -> None:
        wait([self._woken, *(process.sentinel for process in self._alive)], timeout=seconds)

    def _end_all(self) -> None:
        steps = ((signal.SIGTERM, self._grace), (signal.SIGTERM, LAST_CHANCE), (signal.SIGKILL, LAST_CHANCE))
        for number, seconds in steps:
            for process in self._alive:
                if process.pid is not None and process.exitcode is None:
                    os.kill(process.pid, number)
            deadline = time.monotonic() + seconds
            while self._alive and time.monotonic() < deadline:
                wait([process.sentinel for process in self._alive], timeout=deadline - time.monotonic())
                self._bury()
            if not self._alive:
                return


def die_with(parent: int) -> None:
    """Let the kernel kill this process when its parent dies, however the parent dies (Linux only)."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
