"""Which variances are plausible besides the likeliest, and how much: small panels leave this wide open."""

from __future__ import annotations

import numpy as np

from campaign.judging.scoring.reml import Ratios, criteria
from campaign.judging.scoring.sheet import Numbers
from campaign.judging.scoring.sums import Sums

SIDE = 6
"""Nodes along each of the two ratios."""
LOOKS = 5
WIDE = np.pi / 2
FAINT = 1e-3
"""Nodes are left out that are less plausible than this beside the most plausible."""
WORK = 4_000_000
"""Photos × (1 + judges)² up to which variances are integrated over. Beyond, so many ballots settle them."""


def weigh_ratios(sums: Sums, best: Ratios, rounding: float) -> list[tuple[float, Ratios]]:
    """Pairs of ratios with weights that sum to 1, the posterior on a grid.

    A priori the roots of both ratios are half-Cauchy with scale 1 (Gelman, "Prior distributions for variance
    parameters in hierarchical models", Bayesian Analysis 1, 2006, 515–534; Polson and Scott, Bayesian Analysis 7,
    2012, 887–902), which is to say that their arc tangents are uniform. The restricted likelihood is integrated over
    μ and σ². A ratio that cannot be told is left at 0. With more than `WORK` to do, and
    where all scores are equal, `best` alone has all the weight.
    """
    told = np.array([len(sums.sizes) > 1, 1 < sums.judges < sums.ballots])
    if len(sums.sizes) * (1 + sums.judges) ** 2 > WORK or not told.any() or sums.is_flat:
        return [(1.0, best)]
    low, high = np.zeros(2), np.where(told, WIDE, 0.0)
    for _ in range(LOOKS):
        angles, weights, step = _look(sums, low, high, rounding)
        seen = angles[weights > FAINT * weights.max()]
        tight_low, tight_high = (seen.min(axis=0) - step).clip(low), (seen.max(axis=0) + step).clip(None, high)
        if np.prod((tight_high - tight_low)[told]) > np.prod((high - low)[told]) / 2:
            break
        low, high = tight_low, tight_high
    angles, weights, _ = _look(sums, low, high, rounding)
    seen = weights > FAINT * weights.max()
    weights = weights[seen] / weights[seen].sum()
    return [(weight, Ratios(*ratios)) for weight, ratios in zip(weights.tolist(), _ratios(angles[seen]), strict=True)]


def _look(sums: Sums, low: Numbers, high: Numbers, rounding: float) -> tuple[Numbers, Numbers, Numbers]:
    step = (high - low) / SIDE
    sides = [start + width * (np.arange(SIDE if width else 1) + 0.5) for start, width in zip(low, step, strict=True)]
    angles = np.stack(np.meshgrid(*sides, indexing="ij"), axis=-1).reshape(-1, 2)
    worth = criteria(sums, np.array(_ratios(angles)), rounding=rounding)
    return angles, np.exp((worth.min() - worth) / 2), step / 2


def _ratios(angles: Numbers) -> list[list[float]]:
    ratios: list[list[float]] = (np.tan(angles) ** 2).tolist()
    return ratios
