"""Duels among thousands of photos: strengths whose uncertainty is each photo's own.

Bradley and Terry's model and priors as in `bradley_terry`, and the same expectation propagation, but with a Gaussian
for each photo alone instead of one for all together, as in Herbrich, Minka and Graepel, "TrueSkill: a Bayesian skill
rating system", Advances in Neural Information Processing Systems 19 (2007), 569–576. It costs what the duels cost,
where the joint Gaussian costs photos × photos; with many photos and few duels each the two say nearly the same.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campaign.judging.scoring.bradley_terry import LEAST_PRECISION, RIGHT, WRONG, tilt
from campaign.judging.scoring.duels import Duels
from campaign.judging.scoring.latent import LatentPosterior, logistic
from campaign.judging.scoring.sheet import Indices, Numbers
from campaign.judging.scoring.spread import STATED, Priors, grow

MOST_ROUNDS = 100
CLOSE = 1e-9
DAMPING = 0.7
GRID = 401
"""At so many strengths the chance against all others is reckoned, and between them interpolated."""


@dataclass(frozen=True, kw_only=True)
class Alone:
    """What is known of each photo's strength, and of the judges."""

    mean: Numbers
    own: Numbers
    """The variance of each strength."""
    variance: float
    reliability: Numbers


def fit_alone(duels: Duels, priors: Priors = STATED) -> Alone:
    """The strengths, `MOST_ROUNDS` times renewed or until they rest."""
    rows, ends = len(duels.count), (duels.winner, duels.loser)
    precision, shift = np.full((2, rows), 0.05), np.outer([0.05, -0.05], np.ones(rows))
    now = Alone(
        mean=np.zeros(duels.photos),
        own=np.full(duels.photos, priors.variance),
        variance=priors.variance,
        reliability=np.full(duels.judges, RIGHT / (RIGHT + WRONG)),
    )
    for _ in range(MOST_ROUNDS):
        known = duels.by_photo(duels.count * precision[0], duels.count * precision[1]) + 1 / now.variance
        mean = duels.by_photo(duels.count * shift[0], duels.count * shift[1]) / known
        # Without the row's own message, each end.
        rest = np.array([known[end] for end in ends]) - precision
        middle = (np.array([(mean * known)[end] for end in ends]) - shift) / rest
        tilted = tilt(duels, middle[0] - middle[1], (1 / rest).sum(axis=0), now.reliability)
        spread = (1 / rest).sum(axis=0)
        moved = (tilted.middle - middle[0] + middle[1]) / spread
        narrower = (spread - tilted.spread) / spread**2
        after = 1 / (1 / rest - narrower / rest**2)
        renewed = np.maximum(after - rest, LEAST_PRECISION)
        centre = middle + np.array([moved, -moved]) / rest
        shift += DAMPING * (centre * (rest + renewed) - middle * rest - shift)
        precision += DAMPING * (renewed - precision)
        variance = grow(now.variance, mean**2 + 1 / known, 1 / known, priors)
        far = np.abs(mean - now.mean).max()
        now = Alone(mean=mean, own=1 / known, variance=variance, reliability=tilted.reliability)
        if far < CLOSE:
            break
    return now


def posterior_alone(fitted: Alone, photos: int, judged: Indices, pieces: NDArray[np.integer]) -> LatentPosterior:
    """What is known of each photo's chance against another of its piece, as `strengths.posterior_of` has it."""
    mean, slope = np.zeros(len(judged)), np.zeros(len(judged))
    for piece in np.unique(pieces):
        members = np.flatnonzero(pieces == piece)
        mean[members], slope[members] = _against_others(fitted.mean[members])
    return LatentPosterior(
        photos=photos,
        judged=judged,
        mean=mean,
        own=fitted.own * slope**2,
        skewness=np.zeros(len(mean)),
        shared=np.zeros((len(mean), 0)),
    )


def _against_others(strength: Numbers) -> tuple[Numbers, Numbers]:
    """The logit of each one's mean chance against all others, and its slope."""
    grid = np.linspace(strength.min() - 0.01, strength.max() + 0.01, GRID)
    better = np.array([logistic(at - strength).sum() for at in grid])
    steep = np.array([(chance := logistic(at - strength)) @ (1 - chance) for at in grid])
    others = max(len(strength) - 1, 1)
    chance = (np.interp(strength, grid, better) - 0.5) / others
    slope = (np.interp(strength, grid, steep) - 0.25) / others / (chance * (1 - chance))
    return np.log(chance / (1 - chance)), slope
