"""What a result of the stars takes beyond reading its file: 28,144 submissions × 10 ballots of 30 judges."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np

from campaign.judging.methods import METHODS
from campaign.judging.methods.shape import Criterion, Method, Terms
from campaign.judging.score_tool.ballots import read_ballots
from campaign.judging.score_tool.table import as_table
from tests.bench.tables import tell_table

SUBMISSIONS, BALLOTS, JUDGES = 28_144, 10, 30
TIMES = 5


def run_scoring() -> dict[str, float]:
    """`score_seconds`: from ballots read to the table printed, the median of several, and what reading took."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "ballots.csv")
        path.write_text(_ballots())
        begun = time.perf_counter()
        sheet = read_ballots(path, Method.STARS).sheet
        reading = time.perf_counter() - begun
    terms = Terms(quorum=BALLOTS, criteria=(Criterion("Overall"),))
    taken = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        as_table(METHODS[Method.STARS].score(sheet, terms, seed=1), with_cut=False)
        taken.append(time.perf_counter() - begun)
    found = {"score_seconds": median(taken)}
    told = [("reading the file", f"{reading:.2f} s"), ("the result beyond it", f"{found['score_seconds']:.2f} s")]
    tell_table((f"{SUBMISSIONS:,} submissions × {BALLOTS} ballots of {JUDGES} judges", ""), told)
    return found


def _ballots() -> str:
    generator = np.random.default_rng(28_144)
    judge = np.argsort(generator.random((SUBMISSIONS, JUDGES)), axis=1)[:, :BALLOTS]
    quality, severity = generator.normal(3, 0.7, (SUBMISSIONS, 1)), generator.normal(0, 0.5, JUDGES)
    held = quality - severity[judge] + generator.normal(0, 0.8, judge.shape)
    stars = np.clip(np.rint(held), 1, 5).astype(int)
    order = generator.permutation(judge.size)
    rows = zip((order // BALLOTS).tolist(), judge.ravel()[order].tolist(), stars.ravel()[order].tolist(), strict=True)
    return "judge,submission,score\n" + "".join(f"judge-{by:02},photo-{of:05},{given}\n" for of, by, given in rows)
