"""Ballots of each method from a file's columns, straight into the sheet that scoring reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from campaign.judging.methods.shape import Method
from campaign.judging.score_tool.complaints import quoted
from campaign.judging.score_tool.rows import Rows, read_rows
from campaign.judging.scoring.sheet import Indices, Numbers, Sheet

NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
WHOLE = re.compile(r"\d{1,7}", re.ASCII)
FURTHEST = 1_000_000
"""Scores lie within this of 0, ranks below it."""
VOTES = {"yes": 1.0, "maybe": 0.5, "no": 0.0}


@dataclass(frozen=True)
class BallotFile:
    """What a file holds."""

    sheet: Sheet
    criteria: Sequence[str]
    """In the order of the sheet's columns; none where the file names none."""
    left_aside: Sequence[str]
    """Columns that were not read."""


def read_ballots(path: Path, method: Method) -> BallotFile:
    """The ballots of a file. Raises Unusable, naming by line and column whatever cannot be read."""
    return READERS[method](path)


def _read_stars(path: Path) -> BallotFile:
    rows = read_rows(path, ("judge", "submission", "score"), ("criterion",))
    value = _valued(rows, "score", _score)
    criteria = sorted(set(rows.columns.get("criterion", ())))
    judges, judge = _numbered(rows.columns["judge"])
    photos, photo = _numbered(rows.columns["submission"])
    which = _numbered(rows.columns["criterion"])[1] if criteria else np.zeros(len(judge), dtype=np.int32)
    _refuse_repeats(rows, (judge, photo, which), "criterion" if criteria else "submission")
    ballot = judge.astype(np.int64) * len(photos) + photo
    ballots, first, number = np.unique(ballot, return_index=True, return_inverse=True)
    given = np.full((len(ballots), max(len(criteria), 1)), np.nan)
    given[number, which] = value
    # Where a cell could not be read, its absence would only be told again.
    if not rows.complaints:
        for at in np.flatnonzero(np.isnan(given).any(axis=1)).tolist():
            missing = ", ".join(quoted(criteria[one]) for one in np.flatnonzero(np.isnan(given[at])).tolist())
            told = f"this judge gave this submission no score for {missing}."
            rows.complaints.add(rows.lines[int(first[at])], told, column="criterion", place=3)
    rows.complaints.raise_any()
    sheet = Sheet(photos=photos, judges=judges, judge=judge[first], photo=photo[first], value=given)
    return BallotFile(sheet, criteria, rows.left_aside)


def _read_shortlist(path: Path) -> BallotFile:
    return _read_one_value(path, "vote", _vote)


def _read_ranking(path: Path) -> BallotFile:
    return _read_one_value(path, "rank", _rank)


def _read_one_value(path: Path, column: str, read: Callable[[str], float | str]) -> BallotFile:
    rows = read_rows(path, ("judge", "submission", column))
    value = _valued(rows, column, read)
    judges, judge = _numbered(rows.columns["judge"])
    photos, photo = _numbered(rows.columns["submission"])
    _refuse_repeats(rows, (judge, photo), "submission")
    rows.complaints.raise_any()
    # One list of each judge: what he or she ranked is one ballot.
    ballot = judge if column == "rank" else None
    sheet = Sheet(photos=photos, judges=judges, judge=judge, photo=photo, value=value[:, None], ballot=ballot)
    return BallotFile(sheet, (), rows.left_aside)


def _read_duels(path: Path) -> BallotFile:
    rows = read_rows(path, ("judge", "winner", "loser"))
    winners, losers = rows.columns["winner"], rows.columns["loser"]
    for line, winner, loser in zip(rows.lines, winners, losers, strict=True):
        if winner == loser:
            rows.complaints.add(line, f"{quoted(loser)} cannot meet itself.", column="loser")
    rows.complaints.raise_any()
    judges, judge = _numbered(rows.columns["judge"])
    photos, both = _numbered([*winners, *losers])
    sheet = Sheet(photos=photos, judges=judges, judge=judge, photo=both[: len(judge)], other=both[len(judge) :])
    return BallotFile(sheet, (), rows.left_aside)


READERS: Mapping[Method, Callable[[Path], BallotFile]] = {
    Method.STARS: _read_stars,
    Method.SHORTLIST: _read_shortlist,
    Method.DUEL: _read_duels,
    Method.RANKING: _read_ranking,
}


def _numbered(names: Sequence[str]) -> tuple[list[str], Indices]:
    """The names sorted, each once, and where each row's stands."""
    order = sorted(set(names))
    place = {name: at for at, name in enumerate(order)}
    return order, np.fromiter(map(place.__getitem__, names), dtype=np.int32, count=len(names))


def _valued(rows: Rows, column: str, read: Callable[[str], float | str]) -> Numbers:
    """The column's values; nan and a complaint for each cell that `read` answers with a sentence."""
    cells = rows.columns[column]
    known = {cell: read(cell) for cell in set(cells)}
    values = {cell: np.nan if isinstance(value, str) else value for cell, value in known.items()}
    if any(isinstance(value, str) for value in known.values()):
        for line, cell in zip(rows.lines, cells, strict=True):
            if isinstance(told := known[cell], str):
                rows.complaints.add(line, told, column=column, place=2)
    return np.fromiter(map(values.__getitem__, cells), dtype=np.float64, count=len(cells))


def _refuse_repeats(rows: Rows, keys: Sequence[Indices], column: str) -> None:
    whole = np.zeros(len(rows.lines), dtype=np.int64)
    for key in keys:
        whole = whole * (int(key.max(initial=0)) + 1) + key
    ordered = np.sort(whole)
    if (ordered[1:] != ordered[:-1]).all():
        return
    _, first, number = np.unique(whole, return_index=True, return_inverse=True)
    for at in np.flatnonzero(first[number] != np.arange(len(whole))).tolist():
        told = f"the same judge gave this already on line {rows.lines[int(first[number[at]])]}."
        rows.complaints.add(rows.lines[at], told, column=column, place=1)


def _score(cell: str) -> float | str:
    if not NUMBER.fullmatch(cell):
        hint = f" Write {cell.replace(',', '.')}." if NUMBER.fullmatch(cell.replace(",", ".", 1)) else ""
        return f"{quoted(cell)} is not a number.{hint}"
    return float(cell) if abs(float(cell)) <= FURTHEST else f"{quoted(cell)} is beyond {FURTHEST:,}."


def _vote(cell: str) -> float | str:
    return VOTES.get(cell.lower(), f"{quoted(cell)} should be yes, no or maybe.")


def _rank(cell: str) -> float | str:
    if not WHOLE.fullmatch(cell) or not 1 <= int(cell) <= FURTHEST:
        return f"{quoted(cell)} should be a whole number, 1 for the best."
    return float(cell)
