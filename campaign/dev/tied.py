"""Become another program that ends when its parent does: `python -I tied.py [options] -- COMMAND …`.

The kernel sends the signal when the parent is gone, however it went (Linux; elsewhere the supervisor's own stop has to
do). Before that, what a killed earlier run of the same program left in its process group is ended: granian's workers
outlive a `kill -9` of their master and would keep the port.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import signal
import sys
from pathlib import Path

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36


def main() -> None:
    options = _options()
    parent = os.getppid()
    if options.id_file:
        end_earlier_run(options.id_file)
        options.id_file.write_text(str(os.getpid()))
    if options.environment:
        os.environ.update(json.loads(options.environment.read_text()))
    if options.user:
        _become(options.user)
    die_with_parent(parent, signal.Signals[f"SIG{options.signal}"])
    os.execvp(options.command[0], options.command)  # noqa: S606 - no shell is the point


def die_with_parent(parent: int, death: signal.Signals) -> None:
    """Ask the kernel for `death` when the parent thread ends. A change of user would undo it, so it comes after one."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, int(death))
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent ends, so that none is lost sight of (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1)


def end_earlier_run(id_file: Path) -> None:
    """Kill what is left of the process group that an earlier run of this program led, and of no other."""
    try:
        group = int(id_file.read_text())
        os.killpg(group, 0)
    except (OSError, ValueError):
        return
    import psutil  # noqa: PLC0415 - only in the rare case, so that each start stays quick

    for process in psutil.process_iter():
        try:
            if (
                process.pid != os.getpid()
                and os.getpgid(process.pid) == group
                and _is_of_this_program(process.environ())
            ):
                process.kill()
        except (psutil.Error, OSError):
            continue


def _is_of_this_program(environ: dict[str, str]) -> bool:
    mine = ("FLAUNT_HOME", "SUPERVISOR_PROCESS_NAME")
    return all(environ.get(name) == os.environ.get(name) for name in mine)


def _become(user: str) -> None:
    import pwd  # noqa: PLC0415 - only as root

    entry = pwd.getpwnam(user)
    os.setgroups([])
    os.setgid(entry.pw_gid)
    os.setuid(entry.pw_uid)
    os.environ["HOME"] = entry.pw_dir


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Run a command that ends when its parent does.")
    parser.add_argument("--signal", default="TERM")
    parser.add_argument("--id-file", type=Path)
    parser.add_argument("--environment", type=Path, help="JSON; a private file, so that no list of processes shows it")
    parser.add_argument("--user")
    parser.add_argument("command", nargs="+")
    return parser.parse_args()


if __name__ == "__main__":
    main()
