"""From nothing to ready: servers at once, tables as soon as the database answers, then Flaunt itself, then the demo."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from campaign.dev.demo import provide_demo
from campaign.dev.home import Home
from campaign.dev.problem import LocalProblem
from campaign.dev.program import Program
from campaign.dev.starting import check_running, wait_for_programs, wait_until
from campaign.dev.state import LocalState
from campaign.dev.supervise import Supervisor
from campaign.dev.tables import bring_up_to_date
from campaign.dev.voice import Voice

SECONDS_TO_LISTEN = 20


@dataclass(frozen=True)
class BringingUp:
    """One start of the stack. `since` is when it began, by the monotonic clock."""

    supervisor: Supervisor
    home: Home
    state: LocalState
    voice: Voice
    since: float

    def servers(self, servers: Sequence[Program], *, ahead: Sequence[Program] = ()) -> None:
        """Return when all servers answer and the tables are there; raises `LocalProblem` when that cannot be.

        `ahead` are programs of the app that load for a while before they talk to a server, and may do so now.
        """
        wait_until(lambda: self.supervisor.listens, self._silent, seconds=SECONDS_TO_LISTEN)
        self.supervisor.start("servers", servers)
        self.supervisor.start("app", ahead)
        database, others = servers[0], servers[1:]
        self._wait_for([database])
        self._tables()
        self._wait_for(others)

    def flaunt(self, app: Sequence[Program], base_url: str) -> None:
        """Return when Flaunt's own processes run and the demo is there; raises `LocalProblem` when that cannot be."""
        self.supervisor.start("app", app)
        self._wait_for(app[:1])
        check_running(self.supervisor, app, self.home)
        for program in app[1:]:
            self.voice.step(program.label, time.monotonic() - self.since)
        if provide_demo(self.home, base_url, self.voice):
            self.voice.step("Demo", time.monotonic() - self.since)

    def _wait_for(self, programs: Sequence[Program]) -> None:
        wait_for_programs(self.supervisor, programs, self.home, self.voice, since=self.since)

    def _tables(self) -> None:
        bring_up_to_date(self.home, self.state)
        self.voice.step("Tables", time.monotonic() - self.since)

    def _silent(self) -> LocalProblem:
        return LocalProblem(
            f"supervisord, which runs the servers, is silent; {self.home.run}/supervisord.out says why."
        )
