"""A CSV file in columns of text: its header understood, every row as wide as the header."""

from __future__ import annotations

import csv
import gc
import io
import sys
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import compress
from operator import itemgetter
from pathlib import Path

from campaign.judging.score_tool.complaints import Complaints, Unusable, printable, quoted

STDIN = "-"
Table = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Rows:
    """The rows of a file that can be read, column by column, with the line each begins on."""

    lines: Sequence[int]
    columns: Mapping[str, Sequence[str]]
    left_aside: Sequence[str]
    """Columns of the file that the method does not read."""
    complaints: Complaints
    """About the rows that cannot be read."""


def read_rows(path: Path, required: Sequence[str], optional: Sequence[str] = ()) -> Rows:
    """The columns named, by name, whatever their order and the case of their names in the header.

    White space around cells goes, characters are composed (NFC), empty lines are skipped. Rows that are too long or
    too short or lack a cell of these columns are left out, with a complaint. Raises Unusable where the file or its
    header cannot be understood.
    """
    complaints = Complaints(str(path) if str(path) != STDIN else "What came in")
    lines, table = _parse(_text(path), complaints)
    if not table:
        raise Unusable(f"{complaints.source} is empty. Its first line names the columns: {','.join(required)}.")
    header = [cell.strip().lower() for cell in table[0]]
    _check_header(header, (lines[0], table[0]), required, complaints)
    complaints.raise_any()
    lines, table = lines[1:], table[1:]
    if not table:
        raise Unusable(f"{complaints.source} has no ballots in it, only a header.")
    places = {name: header.index(name) for name in (*required, *optional) if name in header}
    columns = _columns(table, places) if set(map(len, table)) == {len(header)} else {}
    if not columns or any("" in set(column) for column in columns.values()):
        lines, table = _whole(lines, table, len(header), places, complaints)
        columns = _columns(table, places)
    aside = [printable(name) for name in header if name and name not in places]
    return Rows(lines, columns, aside, complaints)


def _whole(
    lines: Sequence[int], table: Table, width: int, places: Mapping[str, int], complaints: Complaints
) -> tuple[Sequence[int], Table]:
    """The rows as wide as the header and with something in each of the places."""
    kept = []
    for line, cells in zip(lines, table, strict=True):
        empty = [name for name, place in places.items() if place >= len(cells) or not cells[place].strip()]
        if len(cells) > width:
            complaints.add(line, f"the header has only {width} columns.", column=str(width + 1), place=width)
        elif empty:
            for name in empty:
                complaints.add(line, "nothing is there.", column=name, place=places[name])
        elif len(cells) < width:
            complaints.add(line, f"{len(cells)} cells where the header has {width} columns.")
        else:
            kept.append((line, cells))
    return [line for line, _ in kept], [cells for _, cells in kept]


def _text(path: Path) -> str:
    try:
        content = sys.stdin.buffer.read() if str(path) == STDIN else path.read_bytes()
    except OSError as refusal:
        raise Unusable(f"{path} cannot be opened: {refusal.strerror}.") from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as refusal:
        line = content.count(b"\n", 0, refusal.start) + 1
        raise Unusable(f"line {line}: this is no text in UTF-8. Save the file as “CSV UTF-8”.") from None


def _parse(text: str, complaints: Complaints) -> tuple[Sequence[int], Table]:
    """All rows that are not empty, and the lines they begin on."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    table: list[list[str]] = []
    ends: list[int] = []
    try:
        with _no_collection():
            for row in reader:
                table.append(row)
                ends.append(reader.line_num)
    except csv.Error:
        complaints.add(ends[-1] + 1 if ends else 1, "its quotation marks do not pair up.")
        complaints.raise_any()
    lines = [1, *(end + 1 for end in ends[:-1])]
    if all(map(any, table)):
        return lines, table
    full = [any(map(str.strip, row)) for row in table]
    return list(compress(lines, full)), list(compress(table, full))


@contextmanager
def _no_collection() -> Iterator[None]:
    """No search for circles among objects: rows have none, and looking through all takes longer than reading."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _check_header(
    header: Sequence[str], first: tuple[int, Sequence[str]], required: Sequence[str], complaints: Complaints
) -> None:
    line, cells = first
    for name in required:
        if name not in header:
            found = ", ".join(quoted(cell) for cell in cells)
            hint = " Separate them by commas." if len(cells) == 1 and any(mark in cells[0] for mark in ";\t") else ""
            complaints.add(line, f"there is no such column, only {found}.{hint}", column=name)
    for place, name in enumerate(header):
        if name and name in header[:place]:
            complaints.add(line, "it is there twice.", column=printable(name), place=place)


def _columns(table: Table, places: Mapping[str, int]) -> dict[str, list[str]]:
    return {name: _clean(list(map(itemgetter(place), table))) for name, place in places.items()}


def _clean(cells: list[str]) -> list[str]:
    # Names come again and again: each different one is cleaned once.
    different = set(cells)
    clean = {cell: unicodedata.normalize("NFC", cell.strip()) for cell in different}
    return cells if different == set(clean.values()) else [clean[cell] for cell in cells]
