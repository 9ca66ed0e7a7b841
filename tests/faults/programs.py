"""Flaunt's own processes, really running: started again whenever they die, and killed at will."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import IO

import psutil

ROOT = Path(__file__).parents[2]
LOOK_AGAIN = 0.2
LAST_CHANCE = 40.0
GONE = (psutil.NoSuchProcess, psutil.AccessDenied)


class Programs:
    """`web`, `worker` and `clock` with one environment, as a process manager would keep them.

    A process that dies is started again at once, after what it left running was ended, as `systemd` does it.
    """

    def __init__(self, environment: Mapping[str, str], log: IO[str]) -> None:
        self._environment = {**environment, "PYTHONPATH": str(ROOT)}
        self._log = log
        self._mains: dict[str, psutil.Popen] = {}
        self._families: dict[str, list[psutil.Process]] = {}
        self._lock = threading.RLock()
        self._over = threading.Event()
        self._keeper = threading.Thread(target=self._keep, name="keeper", daemon=True)
        self.restarts = 0

    def start(self, *roles: str) -> None:
        """Start these roles, and keep them alive until `stop`."""
        with self._lock:
            for role in roles:
                self._start(role)
        if not self._keeper.is_alive():
            self._keeper.start()

    def stop(self) -> None:
        """End everything that was started, kindly first."""
        self._over.set()
        if self._keeper.is_alive():
            self._keeper.join()
        family = [one for role in self._mains for one in self._family(role)]
        for main in self._mains.values():
            with suppress(*GONE):
                main.send_signal(signal.SIGTERM)
        for main in self._mains.values():
            with suppress(subprocess.TimeoutExpired):
                main.wait(LAST_CHANCE)
        for main in self._mains.values():
            end_group(main.pid)
        for one in {*family, *self._mains.values()}:
            with suppress(*GONE):
                one.kill()
        psutil.wait_procs(family, timeout=LAST_CHANCE)

    def kill(self, victim: str, chance: Random) -> bool:
        """`kill -9`; False where there is no such process now.

        "web", "worker" and "clock" are a role's first process, "web child" and "worker child" one of those that do its
        work, "decoder" whatever a worker process has started: the warm parent, or its fork at work.
        """
        with self._lock:
            role = {"decoder": "worker"}.get(victim, victim.partition(" ")[0])
            main = self._mains[role]
            found = [main] if victim == role else self._below(main, grand=victim == "decoder")
            if not found:
                return False
            with suppress(*GONE):
                chosen = chance.choice(found)
                if chosen is main:
                    chosen.suspend()  # so that it starts nobody whom we would not find afterwards
                    self._families[role] = self._family(role)
                chosen.kill()
                return True
        return False

    def await_workers(self) -> None:
        """Return when a process that does jobs is there."""
        deadline = time.monotonic() + LAST_CHANCE
        while not self.workers() and time.monotonic() < deadline:
            time.sleep(LOOK_AGAIN)

    def workers(self) -> list[psutil.Process]:
        """The processes that do jobs."""
        return self._below(self._mains["worker"], grand=False)

    def decoders(self) -> list[psutil.Process]:
        """What the worker processes have started."""
        return self._below(self._mains["worker"], grand=True)

    def _below(self, main: psutil.Process, *, grand: bool) -> list[psutil.Process]:
        try:
            children = main.children()
            return [one for child in children for one in child.children(recursive=True)] if grand else children
        except GONE:
            return []

    def _start(self, role: str) -> None:
        command = [sys.executable, "-m", "tests.faults.process", role, str(os.getpid())]
        self._mains[role] = psutil.Popen(
            command, env=self._environment, stdin=subprocess.DEVNULL, stdout=self._log, stderr=self._log,
            start_new_session=True,
        )  # fmt: skip

    def _keep(self) -> None:
        while not self._over.wait(LOOK_AGAIN):
            with self._lock:
                for role, main in list(self._mains.items()):
                    if main.poll() is None:
                        # One that is just dying has no children any more, and they are what is to be remembered.
                        self._families[role] = self._family(role) or self._families.get(role, [])
                    else:
                        self._bury(role)
                        self._start(role)
                        self.restarts += 1

    def _family(self, role: str) -> list[psutil.Process]:
        try:
            return list(self._mains[role].children(recursive=True))
        except GONE:
            return self._families.get(role, [])

    def _bury(self, role: str) -> None:
        end_group(self._mains[role].pid)
        left = self._families.pop(role, [])
        for one in left:
            with suppress(*GONE):
                one.kill()
        psutil.wait_procs(left, timeout=LAST_CHANCE)


def end_group(leader: int) -> None:
    """Kill what is left of the process group that this process began, whoever may have been started last."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)
