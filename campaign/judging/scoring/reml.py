"""Variances by restricted maximum likelihood: how much photos, judges and single ballots differ.

score = μ + photo + judge + noise, the three of them independent and Gaussian. With the noise's variance σ² set apart,
two ratios are sought: `Ratios.photo` = σ²(photos) / σ² and `Ratios.judge` = σ²(judges) / σ². The likelihood of the
contrasts that do not depend on μ (Patterson and Thompson, "Recovery of inter-block information when block sizes are
unequal", Biometrika 58, 1971, 545–554) is worked out from Henderson's mixed model equations (Henderson, "Best linear
unbiased estimation and prediction under a selection model", Biometrics 31, 1975, 423–447; Searle, Casella and
McCulloch, Variance Components, Wiley 1992, chapters 6 to 8). The photos' equations are eliminated, which leaves
1 + J equations for μ and J judges, scaled so that a ratio of 0 needs no special case.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from campaign.judging.scoring.sheet import Numbers
from campaign.judging.scoring.sums import BLOCK, Sums

ROUNDING = 1e-14
"""What of a sum of squares is left by rounding where nothing should be."""


class Ratios(NamedTuple):
    """Variances over that of the noise in one ballot, 0 and up."""

    photo: float
    judge: float


@dataclass(frozen=True, kw_only=True)
class Solved:
    """The equations at given ratios."""

    sums: Sums
    ratios: Ratios
    left: Numbers
    """S, (1+J) × (1+J): the equations for μ and the judges, the photos eliminated, not penalised."""
    right: Numbers
    effects: Numbers
    """1 + J: μ (less the sums' middle) and each judge's effect."""
    root: Numbers
    """R, (1+J) × (1+J): the covariance of the effects' errors is σ² R R′."""
    residual: float
    """y′Py with σ² = 1: over (ballots − 1), the estimate of σ²."""
    determinant: float
    """log |V| + log |1′V⁻¹1| with σ² = 1."""

    @property
    def free(self) -> int:
        """Degrees of freedom of the residual."""
        return self.sums.ballots - 1

    def criterion(self) -> float:
        """−2 × the restricted log likelihood, σ² at its best; nothing left out that depends on the data."""
        return float(self.free * (np.log(2 * np.pi * self.residual / self.free) + 1) + self.determinant)

    def slope(self) -> tuple[float, float]:
        """Of `criterion`, by the two ratios, in forms that divide by neither.

        With Z the photos' or the judges' columns: trace(PZZ′) − (ballots − 1) · y′PZZ′Py / y′Py.
        """
        sums, inverse = self.sums, self.root.T
        keep = 1 / (1 + self.ratios.photo * sums.size)
        squared = np.tensordot(keep**2, sums.rows, 1)
        photo_trace = sums.photos_of_size @ (keep * sums.size) - np.sum((inverse @ squared) * inverse)
        photo_square = keep**2 @ (sums.totals_square - 2 * sums.row_totals @ self.effects)
        photo_square += self.effects @ squared @ self.effects
        judge_trace = np.diag(self.left)[1:].sum() - np.sum((inverse @ self.left)[:, 1:] ** 2)
        judge_square = np.sum((self.right - self.left @ self.effects)[1:] ** 2)
        weight = self.free / self.residual
        return float(photo_trace - weight * photo_square), float(judge_trace - weight * judge_square)


def solve(sums: Sums, ratios: Ratios) -> Solved:
    """The equations for μ and the judges at these ratios, solved."""
    return solve_each(sums, [ratios])[0]


def solve_each(sums: Sums, ratios: Sequence[Ratios]) -> list[Solved]:
    """The same at each of several ratios."""
    every = _eliminate(sums, np.array(ratios))
    inverses = np.asarray(np.linalg.solve(every.lower, np.eye(every.scale.shape[1]) * every.scale[:, None, :]))
    return [
        Solved(
            sums=sums,
            ratios=one,
            left=every.left[at],
            right=every.right[at],
            effects=inverses[at].T @ every.half[at],
            root=inverses[at].T,
            residual=float(every.residual[at]),
            determinant=float(every.determinant[at]),
        )
        for at, one in enumerate(ratios)
    ]


def criteria(sums: Sums, ratios: Numbers, *, rounding: float = 0.0) -> Numbers:
    """−2 × the restricted log likelihood, less a constant, at each of K × 2 ratios.

    `rounding` is a sum of squares that comes to the residual: what each ballot's own rounding leaves unknown.
    """
    step = max(1, BLOCK // len(sums.judge_totals) ** 2)
    found = []
    for start in range(0, len(ratios), step):
        some = _eliminate(sums, ratios[start : start + step])
        found.append((sums.ballots - 1) * np.log(some.residual + rounding) + some.determinant)
    return np.concatenate(found)


class _Eliminated(NamedTuple):
    left: Numbers
    right: Numbers
    scale: Numbers
    lower: Numbers
    half: Numbers
    residual: Numbers
    determinant: Numbers


def _eliminate(sums: Sums, ratios: Numbers) -> _Eliminated:
    """Photos eliminated, at K ratios at once. With h = ratio / (1 + ratio × ballots) for each photo:

    S = Σ over ballots of (1, judge)(1, judge)′ − Σ over photos of h · row row′, to which 1 / ratio comes for each
    judge. That is scaled by the square root of the judges' ratio, so that it may be 0.
    """
    photo, judge = ratios[:, :1], ratios[:, 1:]
    shrink = photo / (1 + photo * sums.size)
    left = sums.judge_rows - np.tensordot(shrink, sums.rows, 1)
    right = sums.judge_totals - shrink @ sums.row_totals
    scale = np.repeat(np.sqrt(judge), right.shape[1], axis=1)
    scale[:, 0] = 1.0
    penalty = np.eye(right.shape[1])
    penalty[0, 0] = 0.0
    lower = np.asarray(np.linalg.cholesky(left * scale[:, :, None] * scale[:, None, :] + penalty), dtype=np.float64)
    half = np.asarray(np.linalg.solve(lower, (scale * right)[:, :, None])[:, :, 0], dtype=np.float64)
    residual = sums.square - shrink @ sums.totals_square - np.sum(half**2, axis=1)
    determinant = 2 * np.log(np.diagonal(lower, axis1=1, axis2=2)).sum(axis=1)
    determinant += np.log1p(photo * sums.size) @ sums.photos_of_size
    return _Eliminated(left, right, scale, lower, half, np.maximum(residual, sums.square * ROUNDING), determinant)
