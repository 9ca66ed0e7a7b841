"""The folder of a PostgreSQL cluster: made whole or not at all, and mended after a crash or a copy."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import psutil

from campaign.dev.home import write_private
from campaign.dev.problem import LocalProblem
from campaign.dev.system_user import give

MAJOR = "18"
OWNER = "postgres"
SECONDS_TO_STOP = 10


def make_cluster(data: Path, programs: Path, password: str, *, user: str | None, durable: bool) -> None:
    """Make a UTF-8 cluster aside and move it into place whole, so that half of one is never taken for one."""
    fresh, secret = data.with_name("data.new"), data.with_name("password")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    write_private(secret, password)
    if user:
        give(fresh, user)
        give(secret, user)
    command = [
        *(str(programs / "initdb"), "-D", str(fresh), "--username", OWNER, "--pwfile", str(secret)),
        *("--auth", "scram-sha-256", "--locale", "C.UTF-8", "--encoding", "UTF8", "--no-instructions"),
        *(() if durable else ("--no-sync",)),
    ]
    try:
        done = subprocess.run(command, user=user, cwd="/", capture_output=True, text=True, check=False)
    finally:
        secret.unlink()
    if done.returncode:
        words = (done.stderr or done.stdout or "no reason given").strip().splitlines()
        raise LocalProblem(f"PostgreSQL could not make its data folder {data}: {words[-1]}. Mend that and start again.")
    fresh.rename(data)


def check_cluster(data: Path, user: str | None) -> None:
    """Raise `LocalProblem` where the server could not start on this folder; mend what can be mended safely."""
    version = data / "PG_VERSION"
    if not version.exists():
        raise LocalProblem(
            f"{data} is incomplete, so PostgreSQL cannot start on it. "
            "Put a good copy back, or move it away to start afresh."
        )
    if (found := version.read_text().strip()) != MAJOR:
        raise LocalProblem(
            f"{data} was made by PostgreSQL {found}, and this is {MAJOR}. "
            "Move it away to start afresh; pg_dump of the old version saves what is in it."
        )
    if user:
        give(data, user)
    elif data.stat().st_uid != os.geteuid():
        raise LocalProblem(
            f"{data} belongs to another user of this machine. Start as that user, or choose a folder of your own: "
            "make run FLAUNT_HOME=/a/folder/of/yours"
        )
    data.chmod(0o700)
    _end_earlier_server(data)


def _end_earlier_server(data: Path) -> None:
    """Stop a server that still runs on this folder, and forget one whose number another program has by now."""
    note = data / "postmaster.pid"
    try:
        process = psutil.Process(int(note.read_text().splitlines()[0]))
        ours = process.name().startswith("postgres") and Path(process.cwd()) == data
    except FileNotFoundError:
        return
    except (psutil.NoSuchProcess, ValueError, IndexError):
        note.unlink()
        return
    if not ours:
        note.unlink()
        return
    process.send_signal(2)  # SIGINT: "fast", ends sessions and writes everything down
    try:
        process.wait(SECONDS_TO_STOP)
    except psutil.TimeoutExpired:
        raise LocalProblem(f"An earlier PostgreSQL (process {process.pid}) still uses {data}. End it first.") from None
