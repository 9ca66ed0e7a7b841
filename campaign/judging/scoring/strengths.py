"""From fitted strengths to scores: each photo's chance against another of the round."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from campaign.judging.scoring.bradley_terry import Strengths, settle
from campaign.judging.scoring.duels import Duels
from campaign.judging.scoring.latent import LatentPosterior, logistic
from campaign.judging.scoring.sheet import Indices, Numbers
from campaign.judging.scoring.spread import STATED, THREE, Priors, information

MANY = 400


def posterior_of(
    duels: Duels,
    fitted: Strengths,
    photos: int,
    judged: Indices,
    pieces: NDArray[np.integer],
    priors: Priors = STATED,
) -> LatentPosterior:
    """What is known of each photo's chance against another of its piece, taken at random, before a reliable judge.

    `pieces` holds the piece of each judged photo: across pieces nothing was compared. How far photos differ is known
    but roughly, so the chances are averaged over three variances (`spread.THREE`). Of more than `MANY` photos it is
    known well enough.
    """
    known = information(np.diag(fitted.covariance) / fitted.variance) + priors.worth
    apart = np.sqrt(2 * 3 / known) if duels.photos <= MANY else 0.0
    others = [
        settle(duels, fitted, float(fitted.variance * np.exp(sign * apart))) if apart else fitted for sign in (-1, 1)
    ]
    three = [_against_others(one, pieces) for one in (others[0], fitted, others[1])]
    means = np.array([mean for mean, _ in three])
    mean = THREE @ means
    together = np.sign(means[2] - means[0]) * np.sqrt(THREE @ (means - mean) ** 2)
    covariance = np.tensordot(THREE, np.array([one for _, one in three]), axes=1)
    return LatentPosterior(
        photos=photos,
        judged=judged,
        mean=mean,
        own=np.zeros(len(mean)),
        skewness=np.zeros(len(mean)),
        shared=np.concatenate([_root(covariance), together[:, None]], axis=1),
    )


def _against_others(one: Strengths, pieces: NDArray[np.integer]) -> tuple[Numbers, Numbers]:
    """Mean and covariance of the logits of the chances, by their slopes in the strengths (the delta method)."""
    other = (pieces[:, None] == pieces) & ~np.eye(len(pieces), dtype=bool)
    better = logistic(one.mean[:, None] - one.mean)
    chance = (better * other).sum(axis=1) / other.sum(axis=1)
    slope = better * (1 - better) * other / other.sum(axis=1, keepdims=True)
    slope = np.diag(slope.sum(axis=1)) - slope
    slope /= (chance * (1 - chance))[:, None]
    return np.log(chance / (1 - chance)), slope @ one.covariance @ slope.T


def _root(covariance: Numbers) -> Numbers:
    """A square root of a covariance that need not have full rank."""
    values, vectors = np.linalg.eigh(covariance)
    root: Numbers = vectors * np.sqrt(np.maximum(values, 0))
    return root
