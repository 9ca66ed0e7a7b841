"""Brings the stack up in the order in which its parts need each other, and waits on conditions, not on time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from campaign.dev.home import Home
from campaign.dev.problem import LocalProblem
from campaign.dev.program import Program
from campaign.dev.supervise import Supervisor
from campaign.dev.voice import Voice

LONGEST_START = 120.0  # seconds
PAUSE = 0.03  # seconds between two looks


class DidNotStart(LocalProblem):
    """A program ended, or never became ready. `log` tells why."""

    def __init__(self, label: str, advice: str, log: Path) -> None:
        super().__init__(f"{label} did not start. {advice}")
        self.log = log


def wait_until(condition: Callable[[], bool], problem: Callable[[], LocalProblem], *, seconds: float) -> None:
    """Look until the condition holds; raises the problem when it takes longer than `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise problem()
        time.sleep(PAUSE)


def wait_for_programs(
    supervisor: Supervisor, programs: Iterable[Program], home: Home, voice: Voice, *, since: float
) -> None:
    """Tell of each program as it becomes ready; raises `DidNotStart` for one that ends or takes too long."""
    waiting = list(programs)
    deadline = time.monotonic() + LONGEST_START
    while waiting:
        for program in [program for program in waiting if program.ready()]:
            waiting.remove(program)
            voice.step(program.label, time.monotonic() - since)
        dead = set(supervisor.died())
        for program in waiting:
            if program.name in dead or time.monotonic() > deadline:
                raise DidNotStart(program.label, program.advice, home.log_of(program.name))
        time.sleep(PAUSE)


def check_running(supervisor: Supervisor, programs: Sequence[Program], home: Home) -> None:
    """Raise `DidNotStart` for a program that has ended by now."""
    dead = set(supervisor.died())
    for program in programs:
        if program.name in dead:
            raise DidNotStart(program.label, program.advice, home.log_of(program.name))
