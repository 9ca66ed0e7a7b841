"""Ctrl-C, a closing terminal and SIGTERM all mean one thing: stop, in order, once."""

from __future__ import annotations

import signal
from collections.abc import Callable
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """A person, or the machine, asked to stop. Not an `Exception`: nothing on the way may swallow it."""


def listen() -> None:
    """From now on the first stop signal raises `Stopped` in the main thread."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        answer_with(lambda: None)  # a second one must not interrupt the stopping
        raise Stopped

    for number in SIGNALS:
        signal.signal(number, stop)


def answer_with(action: Callable[[], None]) -> None:
    """From now on a stop signal calls `action` and interrupts nothing."""
    for number in SIGNALS:
        signal.signal(number, lambda _number, _frame: action())
