"""One program of the stack: how it is started, how it is stopped, and how one knows that it is ready."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from campaign.dev import tied
from campaign.dev.home import write_private

TIED = Path(tied.__file__)


@dataclass(frozen=True)
class Program:
    """`ready` is asked again and again, answers within about a second, and raises nothing.

    `advice` ends the line that is shown when the program does not start. `user` is a system user to become.
    """

    name: str
    label: str
    command: tuple[str, ...]
    ready: Callable[[], bool]
    advice: str
    environment: Mapping[str, str] = field(default_factory=dict)
    stop_signal: str = "TERM"
    user: str | None = None

    def tied_command(self, run: Path) -> tuple[str, ...]:
        """The command, started so that it ends with whoever started it; `run` keeps its process id and environment."""
        environment = run / f"{self.name}.env"
        write_private(environment, json.dumps(dict(self.environment)))
        options = {"--signal": self.stop_signal, "--id-file": run / f"{self.name}.pid", "--environment": environment}
        if self.user:
            options["--user"] = self.user
        said = (str(word) for pair in options.items() for word in pair)
        return (sys.executable, "-I", str(TIED), *said, "--", *self.command)
