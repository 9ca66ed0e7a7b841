"""One cycle of a judge (a ballot, answered with the next photo) over HTTP, 20 judges at once, as production serves it.

The reference is `PATCH /api/v1/me`, by the same people with the same tokens on the same server: it authenticates, reads
one row, writes one row and answers with it. All are asked in turns, in every order alike (what comes right after the
reference is up to a third slower, whichever it is), and the medians of the turns' ratios are told.
"""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count, cycle, islice, permutations
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID

from sqlalchemy import text

from campaign.accounts.models import Scope
from campaign.accounts.tokens import create_token
from campaign.config import Settings
from campaign.db import db, transaction
from campaign.judging.life.rounds import open_round
from tests.bench.end_to_end import PLAIN, SECRETS
from tests.bench.judging_scenes import make_cast, prepared_round
from tests.bench.tables import tell

MANY, FEW = 28_144, 1_000
JUDGES, QUORUM = 20, 3
EACH = 10
"""Cycles of each judge in one turn."""
TURNS = 12
"""Each order of the three twice; the round of few photos has ballots for no more."""
ZONES = ("Europe/Lisbon", "Europe/Berlin")
PATIENCE = 60.0


class Judge:
    """One judge's connection, kept open, and what lies before them in each round."""

    def __init__(self, port: int, token: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self.headers = {"Host": "localhost", "Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self.before: dict[UUID, str] = {}
        self.turn = count()

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """The answer's JSON."""
        sent = None if body is None else json.dumps(body)
        self.connection.request(method, f"/api/v1{path}", sent, self.headers)
        answer = self.connection.getresponse()
        told = answer.read()
        assert answer.status == http.client.OK, f"{method} {path}: {answer.status} {told[:200]!r}"
        return json.loads(told)

    def sit_down(self, round_id: UUID) -> None:
        """Get the first photo."""
        self.before[round_id] = self.ask("GET", f"/rounds/{round_id}/next?limit=1")["data"][0]["id"]

    def judge(self, round_id: UUID) -> None:
        """One cycle."""
        stars = next(self.turn) % 5 + 1
        answer = self.ask("PUT", f"/assignments/{self.before[round_id]}/ballot", {"stars": stars})
        self.before[round_id] = answer["next"]["id"]

    def repeat(self, act: Callable[[Judge], None]) -> None:
        """One turn of this judge."""
        for _ in range(EACH):
            act(self)

    def rename(self) -> None:
        """The reference."""
        self.ask("PATCH", "/me", {"time_zone": ZONES[next(self.turn) % 2]})


def run_cycle(settings: Settings) -> dict[str, float]:
    """`cycle_share` and `cycle_growth`, and cycles a second."""
    marketer, people = make_cast(JUDGES)
    rounds = [prepared_round(marketer, people, photos, QUORUM) for photos in (MANY, FEW)]
    for round_id in rounds:
        with transaction():
            open_round(marketer, round_id)
    _settle()
    with transaction():
        tokens = [create_token(one.person_id, list(Scope)) for one in people if one.person_id]
    port = _free_port()
    with _serving(settings, port), ThreadPoolExecutor(JUDGES) as threads:
        judges = [Judge(port, token) for token in tokens]
        _until_served(judges[0])
        for round_id in rounds:
            list(threads.map(Judge.sit_down, judges, [round_id] * JUDGES))

        def seconds(act: Callable[[Judge], None]) -> float:
            began = time.perf_counter()
            list(threads.map(lambda judge: judge.repeat(act), judges))
            return (time.perf_counter() - began) / (EACH * JUDGES)

        acts = (lambda judge: judge.judge(rounds[0]), lambda judge: judge.judge(rounds[1]), Judge.rename)
        for act in acts:
            seconds(act)
        turns = []
        for order in islice(cycle(permutations(range(len(acts)))), TURNS):
            taken = {number: seconds(acts[number]) for number in order}
            turns.append([taken[number] for number in range(len(acts))])
    return _told(turns)


def _settle() -> None:
    """Leave the tables as autovacuum does long before a jury comes: what was just loaded is written again when read."""
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))


def _told(turns: list[list[float]]) -> dict[str, float]:
    many, few, reference = (median(column) for column in zip(*turns, strict=True))
    share = median(turn[2] / turn[0] for turn in turns)
    growth = median(turn[0] / turn[1] for turn in turns)
    tell(
        f"a ballot and the next photo of {MANY:,}, {JUDGES} judges at once: {1 / many:.0f} a second, {share:.2f} of "
        f"PATCH /api/v1/me ({1 / reference:.0f} a second); of {FEW:,} photos {1 / few:.0f} a second, "
        f"{growth:.2f} × slower with {MANY:,} (medians of {TURNS} alternating turns)"
    )
    return {"cycle_share": share, "cycle_growth": growth, "cycles_per_second": 1 / many}


@contextmanager
def _serving(settings: Settings, port: int) -> Iterator[None]:
    """`flaunt web` with two processes, told nothing but these settings."""
    given = {name.upper(): str(getattr(settings, name)) for name in PLAIN}
    given |= {name.upper(): getattr(settings, name).get_secret_value() for name in SECRETS}
    given |= {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    given |= {"PORT": str(port), "HOST": "127.0.0.1", "WEB_PROCESSES": "2", "RATE_LIMITS": "false"}
    given["OIDC_PROVIDERS"] = (
        '[{"name": "local", "label": "Local", "issuer": "http://localhost", "client_id": "flaunt"}]'
    )
    with tempfile.TemporaryFile() as log:
        program = subprocess.Popen([Path(sys.executable).with_name("flaunt"), "web"], env=given, stdout=log, stderr=log)
        try:
            yield
        finally:
            program.terminate()
            program.wait(30)


def _until_served(judge: Judge) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            judge.ask("GET", "/me")
        except OSError:
            judge.connection.close()
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        else:
            return


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])
