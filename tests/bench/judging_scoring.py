"""What a result of the stars takes beyond reading its file: 28,144 submissions × 10 ballots of 30 judges."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import numpy as np

from campaign.judging.methods import METHODS
from campaign.judging.methods.shape import Criterion, Method, Terms
from campaign.judging.score_tool import ballots
from campaign.judging.score_tool.rows import Rows, read_rows
from campaign.judging.score_tool.table import as_table
from tests.bench.tables import tell_table

SUBMISSIONS, BALLOTS, JUDGES = 28_144, 10, 30
TIMES = 5


def run_scoring() -> dict[str, float]:
    """`score_seconds`: what comes after the file's rows are read, up to the table printed; the median of several.

    Reading is what any program must do to have the rows in columns of text. Numbering names and checking that nobody
    gave two ballots on one photo count as scoring, as do all the figures.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder, "ballots.csv")
        path.write_text(_ballots())
        taken = [_take(path) for _ in range(TIMES)]
    reading, beyond, busy = (median(column) for column in zip(*taken, strict=True))
    told = [
        ("reading the file", f"{reading:.2f} s"),
        ("the result beyond it", f"{beyond:.2f} s"),
        ("of it busy", f"{busy:.2f} s"),
    ]
    tell_table((f"{SUBMISSIONS:,} submissions × {BALLOTS} ballots of {JUDGES} judges", ""), told)
    return {"score_seconds": beyond}


def _take(path: Path) -> tuple[float, float, float]:
    """Seconds of reading, of what comes beyond it, and of the processor beyond it."""
    reading: list[tuple[float, float]] = []

    def read_and_time(*asked: Any) -> Rows:
        begun = _clocks()
        rows = read_rows(*asked)
        reading.append(_since(begun))
        return rows

    begun = _clocks()
    with patch.object(ballots, "read_rows", read_and_time):
        sheet = ballots.read_ballots(path, Method.STARS).sheet
    terms = Terms(quorum=BALLOTS, criteria=(Criterion("Overall"),))
    as_table(METHODS[Method.STARS].score(sheet, terms, seed=1), with_cut=False)
    whole, busy = _since(begun)
    return reading[0][0], whole - reading[0][0], busy - reading[0][1]


def _clocks() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def _since(begun: tuple[float, float]) -> tuple[float, float]:
    now = _clocks()
    return now[0] - begun[0], now[1] - begun[1]


def _ballots() -> str:
    generator = np.random.default_rng(28_144)
    judge = np.argsort(generator.random((SUBMISSIONS, JUDGES)), axis=1)[:, :BALLOTS]
    quality, severity = generator.normal(3, 0.7, (SUBMISSIONS, 1)), generator.normal(0, 0.5, JUDGES)
    held = quality - severity[judge] + generator.normal(0, 0.8, judge.shape)
    stars = np.clip(np.rint(held), 1, 5).astype(int)
    order = generator.permutation(judge.size)
    rows = zip((order // BALLOTS).tolist(), judge.ravel()[order].tolist(), stars.ravel()[order].tolist(), strict=True)
    return "judge,submission,score\n" + "".join(f"judge-{by:02},photo-{of:05},{given}\n" for of, by, given in rows)
