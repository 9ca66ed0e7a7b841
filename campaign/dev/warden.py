"""Keeps `supervisord` on a leash: `python -m campaign.dev.warden --parent PID -- supervisord …`.

supervisord starts, restarts and stops the programs. The warden only sees to the end: it is told by the kernel when
`flaunt dev` is gone, however it went, and has supervisord stop everything; it adopts processes that lost their parent,
and when supervisord has ended, nothing that it started is left.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
from types import FrameType

import psutil

from campaign.dev import tied
from campaign.dev.tied import adopt_orphans, die_with_parent

TIE = (sys.executable, "-I", tied.__file__, "--signal", "TERM", "--")
SECONDS_TO_STOP = 30
SECONDS_TO_END = 3.0


def main() -> int:
    parser = argparse.ArgumentParser(description="Run supervisord, and leave nothing behind.")
    parser.add_argument("--parent", type=int, required=True)
    parser.add_argument("--keep-open", type=int)
    parser.add_argument("command", nargs="+")
    options = parser.parse_args()
    die_with_parent(options.parent, signal.SIGTERM)
    adopt_orphans()
    kept = () if options.keep_open is None else (options.keep_open,)
    supervisor = subprocess.Popen([*TIE, *options.command], pass_fds=kept)
    _stop_on_signals(supervisor)
    status = _wait(supervisor.pid)
    end_descendants()
    return status


def _stop_on_signals(supervisor: subprocess.Popen[bytes]) -> None:
    """The first signal asks for an orderly stop, and a clock starts; a second signal, or the clock, ends it."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGALRM):
            signal.signal(number, end)
        signal.alarm(SECONDS_TO_STOP)
        os.kill(supervisor.pid, signal.SIGTERM)

    def end(_number: int, _frame: FrameType | None) -> None:
        os.kill(supervisor.pid, signal.SIGKILL)

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, stop)


def _wait(wanted: int) -> int:
    """Reap every child, adopted ones too, until the wanted one has ended; returns its exit code."""
    while True:
        ended, status = os.waitpid(-1, 0)
        if ended == wanted:
            return os.waitstatus_to_exitcode(status)


def end_descendants() -> None:
    """End what is still below this process: first asked, then made to."""
    left = psutil.Process().children(recursive=True)
    for process in left:
        _signal(process, signal.SIGTERM)
    _, left = psutil.wait_procs(left, timeout=SECONDS_TO_END)
    for process in left:
        _signal(process, signal.SIGKILL)
    psutil.wait_procs(left, timeout=SECONDS_TO_END)


def _signal(process: psutil.Process, number: signal.Signals) -> None:
    try:
        process.send_signal(number)
    except psutil.NoSuchProcess:
        return


if __name__ == "__main__":
    raise SystemExit(abs(main()))
