"""How far effects differ from each other: a variance estimated from effects that are themselves known but roughly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from campaign.judging.scoring.sheet import Numbers

LEAST, MOST = 1e-4, 100.0
"""A variance is kept within these: where all votes are the same, neither end is known."""
TINY = 1e-9
THREE = np.array([1, 4, 1]) / 6
"""Weights of the middle of a Gaussian and of √3 deviations to both sides: a Gauss–Hermite rule, exact to degree 5."""


@dataclass(frozen=True, kw_only=True)
class Priors:
    """A scaled inverse-χ² prior on a variance, as if `worth` effects with `variance` had been seen before."""

    worth: float = 2.0
    variance: float = 1.0


STATED = Priors()


def grow(
    variance: float, square: Numbers, unknown: Numbers, priors: Priors | None, *, free: int | None = None
) -> float:
    """The next estimate of a variance, by Fisher's scoring on its logarithm.

    `square` is the posterior mean of each effect's square under the present `variance`, and `unknown` its posterior
    variance; `free` degrees of freedom, else one for each. The slope is Σ (square / variance − 1) / 2: where it is 0,
    the variance is what the EM algorithm comes to (Dempster, Laird and Rubin, "Maximum likelihood from incomplete
    data via the EM algorithm", Journal of the Royal Statistical Society B 39 (1977), 1–38), in fewer steps.
    """
    slope = square.sum() / variance - (len(square) if free is None else free)
    weight = information(unknown / variance)
    if priors:
        slope += priors.worth * (priors.variance / variance - 1)
        weight += priors.worth
    return float(np.clip(variance * np.exp(np.clip(slope / max(weight, TINY), -1, 1)), LEAST, MOST))


def information(unknown: Numbers) -> float:
    """Twice what effects tell of the logarithm of their variance, by the share of it that is still unknown of each."""
    return float(((1 - np.minimum(unknown, 1)) ** 2).sum())
