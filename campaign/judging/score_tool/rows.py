"""A CSV file in columns of text: its header understood, every row as wide as the header."""

from __future__ import annotations

import csv
import io
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from campaign.judging.score_tool.complaints import Complaints, Unusable, printable, quoted

STDIN = "-"
LONGEST_CELL = 10_000


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
    table = _parse(_text(path), complaints)
    if not table:
        raise Unusable(f"{complaints.source} is empty. Its first line names the columns: {','.join(required)}.")
    header = [cell.strip().lower() for cell in table[0][1]]
    _check_header(header, table[0], required, complaints)
    complaints.raise_any()
    if len(table) == 1:
        raise Unusable(f"{complaints.source} has no ballots in it, only a header.")
    places = {name: header.index(name) for name in (*required, *optional) if name in header}
    kept = _whole(table[1:], header, places, complaints)
    columns = {name: _clean([cells[place] for _, cells in kept]) for name, place in places.items()}
    aside = [printable(name) for name in header if name and name not in places]
    return Rows([line for line, _ in kept], columns, aside, complaints)


def _whole(
    table: Sequence[tuple[int, list[str]]], header: Sequence[str], places: Mapping[str, int], complaints: Complaints
) -> list[tuple[int, list[str]]]:
    """The rows as wide as the header and with something in each of the places."""
    kept = []
    for row in table:
        line, cells = row
        if len(cells) == len(header) and all(cells[place] and not cells[place].isspace() for place in places.values()):
            kept.append(row)
        elif len(cells) > len(header):
            complaints.add(line, f"the header has only {len(header)} columns.", column=str(len(header) + 1), place=99)
        else:
            for name, place in places.items():
                if place >= len(cells) or not cells[place].strip():
                    complaints.add(line, "nothing is there.", column=name, place=place)
            if not complaints.mention(line):
                complaints.add(line, f"{len(cells)} cells where the header has {len(header)} columns.")
    return kept


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


def _parse(text: str, complaints: Complaints) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    table: list[tuple[int, list[str]]] = []
    begins = 1
    try:
        for row in reader:
            if any(map(str.strip, row)):
                table.append((begins, row))
            begins = reader.line_num + 1
    except csv.Error:
        complaints.add(begins, "its quotation marks do not pair up.")
        complaints.raise_any()
    return table


def _check_header(
    header: Sequence[str], first: tuple[int, list[str]], required: Sequence[str], complaints: Complaints
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


def _clean(cells: list[str]) -> list[str]:
    # Names come again and again: each different one is cleaned once.
    clean = {cell: unicodedata.normalize("NFC", cell.strip()) for cell in set(cells)}
    return [clean[cell] for cell in cells]
