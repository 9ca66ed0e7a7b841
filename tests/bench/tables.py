"""Figures for people: columns that line up, the same on a terminal and in a log."""

from __future__ import annotations

from collections.abc import Sequence


def tell(line: str = "") -> None:
    """One line, at once."""
    print(line, flush=True)  # noqa: T201 -- what `make bench` is for


def tell_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table, its first column to the left and the others to the right."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    for row in (head, ["-" * width for width in widths], *rows):
        others = [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        tell("  ".join([row[0].ljust(widths[0]), *others]))
