"""`flaunt allocate`: who sees what, without a server or a database."""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from campaign.judging.design.planning import plan
from campaign.judging.design.shape import Design, TooFewJudges

COLUMNS = ("submission", "judge")
NAMED_AT_MOST = 20
"""Bad rows named before the rest is counted."""


class Unusable(click.ClickException):
    """What was asked for cannot be done as it stands."""

    exit_code = 2


@click.command()
@click.option("--submissions", required=True, type=click.IntRange(0, 10_000_000), help="How many submissions.")
@click.option("--judges", required=True, type=click.IntRange(1, 1_000), help="How many judges.")
@click.option("--quorum", required=True, type=click.IntRange(1, 1_000), help="How many judges see each submission.")
@click.option(
    "--conflicts",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A CSV of submission,judge, numbers from 0: who must not see what. A first line with these names is optional.",
)
@click.option("--seed", default=0, type=click.IntRange(0), show_default=True, help="The same seed, the same plan.")
@click.option("--json", "as_json", is_flag=True, help="Print one object, with all pairs.")
def allocate(*, submissions: int, judges: int, quorum: int, conflicts: Path | None, seed: int, as_json: bool) -> None:
    """Plan who sees what: each submission its quorum of judges, loads level, the panel in one piece.

    Prints the smallest and largest load, the pieces of the judges' graph (an edge is a submission that two judges both
    have), its smallest cut (0 for one judge) and the milliseconds of planning. Exit status 2, naming the submissions,
    when some have too few judges.
    """
    barred = read_conflicts(conflicts, submissions, judges) if conflicts else None
    start = time.perf_counter()
    try:
        design = plan(submissions, judges, quorum, conflicts=barred, seed=seed)
    except TooFewJudges as refusal:
        raise Unusable(refusal.message) from None
    click.echo(_told(design, round((time.perf_counter() - start) * 1000, 1), as_json=as_json))


def read_conflicts(path: Path, submissions: int, judges: int) -> NDArray[np.int64]:
    """The conflicts in a file, k × 2. Raises Unusable, naming each bad row by its line and column."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as refusal:
        raise Unusable(f"{path}: this is not a text file in UTF-8 (byte {refusal.start}).") from None
    rows: list[tuple[int, int]] = []
    bad: list[str] = []
    for line, cells in _rows_of(text):
        faults = _faults_of(cells, (submissions, judges))
        bad += [f"line {line}, {fault}" for fault in faults]
        if not faults:
            rows.append((int(cells[0]), int(cells[1])))
    if bad:
        more = [f"and {len(bad) - NAMED_AT_MOST} more"] if len(bad) > NAMED_AT_MOST else []
        raise Unusable("\n".join([f"{path}: these rows cannot be read.", *bad[:NAMED_AT_MOST], *more]))
    return np.array(rows, dtype=np.int64).reshape(-1, 2)


def _rows_of(text: str) -> Iterator[tuple[int, list[str]]]:
    """Line numbers and cells of all rows but empty ones and the header."""
    reader = csv.reader(io.StringIO(text.replace("\0", "�")))
    first = True
    for row in reader:
        cells = [cell.strip() for cell in row]
        if not any(cells):
            continue
        header, first = first and tuple(cell.lower() for cell in cells) == COLUMNS, False
        if not header:
            yield reader.line_num, cells


def _faults_of(cells: Sequence[str], sizes: tuple[int, int]) -> list[str]:
    """A sentence for each column of a row that cannot be read."""
    faults = []
    for number, (name, size) in enumerate(zip(COLUMNS, sizes, strict=True), start=1):
        cell = cells[number - 1] if len(cells) >= number else ""
        if not (cell.isascii() and cell.isdigit() and len(cell) < len("1" * 19) and int(cell) < size):
            wanted = f"a number from 0 to {size - 1}" if size else "nothing: there are none"
            faults.append(f"column {number} ({name}): “{cell}” should be {wanted}.")
    if len(cells) > len(COLUMNS):
        faults.append(f"column {len(COLUMNS) + 1}: a row has {len(COLUMNS)} columns, {' and '.join(COLUMNS)}.")
    return faults


def _told(design: Design, milliseconds: float, *, as_json: bool) -> str:
    figures = {
        "load_min": design.load_min,
        "load_max": design.load_max,
        "pieces": design.pieces,
        "smallest_cut": design.smallest_cut,
        "ms": milliseconds,
    }
    if as_json:
        return json.dumps({"pairs": design.pairs.tolist(), **figures})
    names = ("load minimum", "load maximum", "pieces", "smallest cut", "milliseconds")
    return "\n".join(f"{name:<13} {value}" for name, value in zip(names, figures.values(), strict=True))
