"""What `flaunt dev` says while it starts, when it is ready, and when something is in the way."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

from campaign.dev.home import Home
from campaign.dev.personas import PERSONAS

LAST_LINES = 12
BOLD, QUIET, PLAIN = "\033[1m", "\033[2m", "\033[0m"
DEMO = "flaunt-your-city"


class Voice:
    """Prints to a terminal that may be plain, or gone."""

    def __init__(self) -> None:
        self._colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ

    def say(self, text: str = "") -> None:
        """One line or more. A closed terminal is no reason to stop."""
        with contextlib.suppress(OSError, ValueError):
            encoding = sys.stdout.encoding or "ascii"
            print(text.encode(encoding, "replace").decode(encoding), flush=True)  # noqa: T201 - this is the voice

    def step(self, label: str, seconds: float, word: str = "ready") -> None:
        """A thing is done, after so many seconds."""
        self.say(f"  {label:<18} {word} {self._quietly(f'{seconds:.1f} s')}")

    def ready(self, home: Home, address: str, *, shared: bool) -> None:
        """The table: where, who, and what to try first."""
        people = "\n".join(f"    {who.name:<19} {who.part}" for who in PERSONAS)
        warning = "\n  Anybody on this network can open it, and be any of these people.\n" if shared else ""
        self.say(f"""
  {self._loudly("Flaunt is ready:")} {self._loudly(address)}
{warning}
  {self._loudly("Sign in as")} one of these, with one click
{people}

  {self._loudly("Try first")}
    a photo of your own   {address}/c/{DEMO}          as First fan
    what staff see        {address}/desk/c/{DEMO}     as Staff
    judging, keys 1-5     {address}/panel{" " * len(f"/c/{DEMO}"[6:])}          as First of the cast

  {self._quietly(f"Logs are in {_short(home.logs)}. Ctrl-C stops everything; the next start has it all again.")}
""")

    def last_words(self, log: Path) -> None:
        """The end of a program's log, indented."""
        try:
            lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-LAST_LINES:]
        except OSError:
            return
        self.say(f"\n  The last lines of {_short(log)}:\n" + "\n".join(f"    {line}" for line in lines) + "\n")

    def _loudly(self, text: str) -> str:
        return f"{BOLD}{text}{PLAIN}" if self._colour else text

    def _quietly(self, text: str) -> str:
        return f"{QUIET}{text}{PLAIN}" if self._colour else text


def _short(path: Path) -> str:
    with contextlib.suppress(ValueError):
        return str(path.relative_to(Path.cwd()))
    return str(path)
