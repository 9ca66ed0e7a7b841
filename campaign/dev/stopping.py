"""Ctrl-C, a closing terminal and SIGTERM all mean one thing: stop, in order, once."""

from __future__ import annotations

import os
import select
import signal
import threading
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


def listen_for_hang_up() -> None:
    """From now on a terminal that goes away is a stop signal, and so is the end of the `make` that runs this.

    A closing terminal signals only the first program in it. Where that is `make`, it waits for us and says nothing.
    """
    watched = select.poll()
    terminal = next((number for number in (0, 1, 2) if os.isatty(number)), None)
    if terminal is not None:
        watched.register(terminal, 0)  # a hang-up is told even when nothing is asked for
    if "MAKELEVEL" in os.environ and hasattr(os, "pidfd_open"):
        watched.register(os.pidfd_open(os.getppid()), select.POLLIN)
    main = threading.main_thread().ident or 0

    def wait() -> None:
        watched.poll()
        signal.pthread_kill(main, signal.SIGHUP)

    threading.Thread(target=wait, name="hang-up", daemon=True).start()


def answer_with(action: Callable[[], None]) -> None:
    """From now on a stop signal calls `action` and interrupts nothing."""
    for number in SIGNALS:
        signal.signal(number, lambda _number, _frame: action())
