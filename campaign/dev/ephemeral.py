"""The same servers for a while and for one owner, for tests: `python -m campaign.dev.ephemeral --owner PID`.

It answers with one line of JSON when they are ready and goes on in the background. When the owner ends, however it
ends, the servers stop and their folder is removed. Nothing here survives a crash of the machine, and that is quick.
"""

from __future__ import annotations

import argparse
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import psutil

from campaign.dev.addresses import LOOPBACK, Addresses
from campaign.dev.home import Home, open_home
from campaign.dev.postgres import postgres_program
from campaign.dev.problem import LocalProblem
from campaign.dev.program import Program
from campaign.dev.redis import redis_program
from campaign.dev.s3 import s3_program
from campaign.dev.stack import provider_program
from campaign.dev.state import LocalState, choose_state
from campaign.dev.tied import adopt_orphans
from campaign.dev.warden import end_descendants

SECONDS_TO_START = 60.0
PAUSE = 0.02


def main() -> int:
    parser = argparse.ArgumentParser(description="Run the local servers until the owner ends.")
    parser.add_argument("--owner", type=int, required=True)
    owner = parser.parse_args().owner
    reading, writing = os.pipe()
    if os.fork() == 0:
        os.close(reading)
        _keep(owner, writing)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        told = answer.read()
    sys.stdout.write(told)
    return 0 if told.startswith("{") else 1


def _keep(owner: int, answer: int) -> None:
    """Start the servers, tell of them, wait for the owner's end, and clear up."""
    os.setsid()
    adopt_orphans()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda _number, _frame: sys.exit(0))
    folder = Path(tempfile.mkdtemp(prefix="flaunt-servers-"))
    folder.chmod(0o711)
    try:
        home, state = open_home({"FLAUNT_HOME": str(folder)}), choose_state()
        told = _start(home, state)
        os.write(answer, told.encode())
        os.close(answer)
        _detach(home)
        _wait_for_end(owner)
    except LocalProblem as problem:
        os.write(answer, str(problem).encode())
    finally:
        end_descendants()
        shutil.rmtree(folder, ignore_errors=True)


def _start(home: Home, state: LocalState) -> str:
    """All servers at once; the database last, as making its cluster takes the longest. Returns their description."""
    addresses = Addresses(LOOPBACK, (LOOPBACK,), LOOPBACK)
    ports, secrets = state.ports, state.secrets
    programs = [
        provider_program(home.path / "key.json", port=ports.provider, addresses=addresses, environment="test"),
        redis_program(home.redis, port=ports.redis, password=secrets.redis_password, durable=False),
        s3_program(
            home.objects,
            port=ports.s3,
            access_key=secrets.s3_access_key_id,
            secret_key=secrets.s3_secret_access_key,
            hosts=(LOOPBACK,),
        ),
    ]
    running = [_run(home, program) for program in programs]
    postgres = postgres_program(home.postgres, port=ports.postgres, password=secrets.postgres_password, durable=False)
    running.append(_run(home, postgres))
    _wait_until_ready([*programs, postgres], running, home)
    return json.dumps({"home": str(home.path), **state.model_dump(mode="json")})


def _run(home: Home, program: Program) -> subprocess.Popen[bytes]:
    with home.log_of(program.name).open("wb") as log:
        return subprocess.Popen(
            program.tied_command(home.run), stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
        )


def _wait_until_ready(programs: Sequence[Program], running: Sequence[subprocess.Popen[bytes]], home: Home) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    for program, process in zip(programs, running, strict=True):
        while not program.ready():
            if process.poll() is not None or time.monotonic() > deadline:
                words = home.log_of(program.name).read_text(errors="replace")[-2000:]
                raise LocalProblem(f"{program.label} did not start:\n{words}")
            time.sleep(PAUSE)


def _detach(home: Home) -> None:
    """Let go of the owner's terminal and pipes."""
    nothing = os.open(os.devnull, os.O_RDWR)
    log = os.open(home.log_of("ephemeral"), os.O_WRONLY | os.O_CREAT, 0o600)
    for number, target in ((0, nothing), (1, log), (2, log)):
        os.dup2(target, number)


def _wait_for_end(owner: int) -> None:
    if hasattr(os, "pidfd_open"):
        try:
            select.select([os.pidfd_open(owner)], [], [])
        except ProcessLookupError:
            return
        return
    while psutil.pid_exists(owner):
        time.sleep(0.5)


if __name__ == "__main__":
    raise SystemExit(main())
