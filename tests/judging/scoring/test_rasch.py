"""The Rasch model against published estimates, and the shortlist's plain figures."""

from __future__ import annotations

import numpy as np
import pytest

from campaign.judging.scoring.quadrature import Votes
from campaign.judging.scoring.rasch import fit
from campaign.judging.scoring.sheet import Sheet
from campaign.judging.scoring.shortlist_outcome import score_shortlist
from campaign.judging.scoring.wilson import wilson_bounds

LSAT = """00000 3, 00001 6, 00010 2, 00011 11, 00100 1, 00101 1, 00110 3, 00111 4, 01000 1, 01001 8, 01011 16, 01101 3,
01110 2, 01111 15, 10000 10, 10001 29, 10010 14, 10011 81, 10100 3, 10101 28, 10110 15, 10111 80, 11000 16, 11001 56,
11010 21, 11011 173, 11100 11, 11101 61, 11110 28, 11111 298"""
"""Section 6 of the Law School Admission Test: 1,000 people × 5 questions, right or wrong. Bock and Lieberman, "Fitting
a response model for n dichotomously scored items", Psychometrika 35 (1970), table 1."""


def test_the_law_school_test_comes_out_as_published() -> None:
    # Rizopoulos, "ltm: An R Package for Latent Variable Modeling and Item Response Theory Analyses", Journal of
    # Statistical Software 17 (2006), number 5, pages 10 and 11: the Rasch model with a free discrimination.
    rows = [row.split() for row in LSAT.split(",")]
    right = np.concatenate([np.tile([float(digit) for digit in pattern], (int(people), 1)) for pattern, people in rows])

    found = fit(Votes(yes=right, seen=np.ones_like(right)), None)

    assert right.sum(axis=0).tolist() == [924, 709, 553, 763, 870]
    difficulty = -found.point.ease / found.point.deviation
    assert difficulty.round(4).tolist() == [-3.6153, -1.3224, -0.3176, -1.7301, -2.7802]
    assert round(found.point.deviation, 4) == 0.7551
    assert round(found.integral.likelihood, 3) == -2466.938


@pytest.mark.parametrize(
    ("yes", "all_of_them", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_bounds_are_those_published(yes: int, all_of_them: int, low: float, high: float) -> None:
    # Newcombe, "Two-sided confidence intervals for the single proportion: comparison of seven methods", Statistics in
    # Medicine 17 (1998), 857–872, table I, method 3: 95 %.
    bounds = wilson_bounds(np.array([yes]), np.array([all_of_them]), level=0.95)
    assert [round(float(end[0]), 4) for end in bounds] == [low, high]


def _sheet(rows: list[tuple[int, int, float]], photos: int, judges: int) -> Sheet:
    judge, photo, vote = zip(*rows, strict=True)
    return Sheet(
        photos=[f"p{at}" for at in range(photos)],
        judges=[f"j{at}" for at in range(judges)],
        judge=np.array(judge, dtype=np.int32),
        photo=np.array(photo, dtype=np.int32),
        value=np.array(vote, dtype=np.float64).reshape(-1, 1),
    )


def test_a_yes_from_a_strict_judge_counts_for_more() -> None:
    strict = [(0, photo, float(photo == 0)) for photo in range(12)]
    kind = [(1, photo, float(photo != 11)) for photo in range(12, 24)] + [(1, 1, 1.0)]
    both = [(judge, photo, float(judge == 1)) for judge in (0, 1) for photo in range(24, 34)]

    outcome = score_shortlist(_sheet([*strict, *kind, *both], 34, 2), seed=1)

    score = {one.submission: one.score or 0 for one in outcome.standings}
    assert score["p0"] > score["p12"]
    assert [(one.judge, (one.severity or 0) > 0) for one in outcome.judges] == [("j0", True), ("j1", False)]


def test_raw_figures_stand_beside_the_score() -> None:
    outcome = score_shortlist(_sheet([(0, 0, 1.0), (1, 0, 0.5), (2, 0, 0.0), (0, 1, 1.0)], 3, 3), seed=1)

    raw = {one.submission: dict(one.raw) for one in outcome.standings}
    assert raw["p0"] == {
        "yes": 1.0, "maybe": 1.0, "no": 1.0, "approval": 0.5, "approval_low": 0.155691, "approval_high": 0.844309,
    }  # fmt: skip
    assert raw["p2"] == {"yes": 0.0, "maybe": 0.0, "no": 0.0}
    spread = [one.spread for one in outcome.judges]
    assert spread == [0.0, None, None]
