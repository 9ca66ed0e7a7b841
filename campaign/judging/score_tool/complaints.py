"""What is wrong with a file of ballots, by line and column, so that each can be found and mended."""

from __future__ import annotations

from typing import IO, Any

import click

NAMED_AT_MOST = 20
"""Complaints told before the rest is counted."""


class Unusable(click.ClickException):
    """Nothing can be scored as it stands: told on stderr alone, with exit status 2."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        """The complaints, each on a line of its own."""
        click.echo(self.message, file=file, err=True)


class Complaints:
    """Everything found wrong, in the order of its lines."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._found: list[tuple[int, int, str]] = []

    def add(self, line: int, told: str, *, column: str = "", place: int = 0) -> None:
        """One complaint; `place` is the column's, for their order within a line."""
        where = f"line {line}, column {column}" if column else f"line {line}"
        self._found.append((line, place, f"{where}: {told}"))

    def __bool__(self) -> bool:
        return bool(self._found)

    def raise_any(self) -> None:
        """Raises Unusable with all of them, or returns where there are none."""
        if not self._found:
            return
        told = [sentence for *_, sentence in sorted(self._found)]
        more = [f"and {len(told) - NAMED_AT_MOST} more"] if len(told) > NAMED_AT_MOST else []
        raise Unusable("\n".join([f"{self.source} cannot be scored as it is.", *told[:NAMED_AT_MOST], *more]))


def quoted(text: str) -> str:
    """A cell as it is shown: short, on one line."""
    shown = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    return f"“{printable(shown)}”"


def printable(text: str) -> str:
    """The text without what would steer a terminal."""
    return text if text.isprintable() else "".join(one if one.isprintable() else "�" for one in text)


LONGEST = 60
