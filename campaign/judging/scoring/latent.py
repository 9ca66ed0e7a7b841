"""What is known of scores that are a curve of something unbounded: strengths with a Gaussian around them."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from campaign.judging.scoring.sheet import Indices, Numbers

REACH = NormalDist().inv_cdf(0.95)
"""How many standard deviations a 90 % interval reaches to each side."""

TINY = 1e-12


def logistic(x: Numbers) -> Numbers:
    """1 / (1 + e⁻ˣ), without overflow."""
    result: Numbers = 0.5 * (1 + np.tanh(0.5 * x))
    return result


def bend(z: Numbers, skewness: Numbers) -> Numbers:
    """Normal deviates with a skewness, mean 0 and nearly variance 1.

    The first term of Cornish and Fisher, "Moments and cumulants in the specification of distributions", Revue de
    l'Institut International de Statistique 5 (1938), 307–320, within the deviates where it still grows.
    """
    limit = 3 / np.maximum(np.abs(skewness), 1)
    within = np.clip(z, -limit, limit)
    result: Numbers = within + skewness * (within**2 - 1) / 6
    return result


@dataclass(frozen=True, kw_only=True)
class LatentPosterior:
    """A `Posterior`: score = ½ + share · (logistic(strength) − ½), strengths jointly Gaussian but for a skewness.

    The covariance of the strengths is diag(`own`) + `shared` · `shared`ᵀ. Only `judged` photos have a strength; the
    arrays hold one entry, and `shared` one row, for each of them.
    """

    photos: int
    """How many photos the sheet has."""
    judged: Indices
    mean: Numbers
    own: Numbers
    shared: Numbers
    skewness: Numbers
    """Of what is each photo's own."""
    dispersion: float = 1.0
    """The variance of a ballot is this × p (1 − p)."""
    share: float = 1.0
    """How far a score leaves the middle where the strength alone would have it at an end,"""
    doubt: float = 0.0
    """and its standard error."""

    def scores(self) -> Numbers:
        """Each photo's score; nan without a ballot."""
        return self._spread(self._score(self.mean))

    def interval(self) -> tuple[Numbers, Numbers]:
        """The ends of the 90 % interval around each score; nan without a ballot."""
        variance = self.own + (self.shared**2).sum(axis=1)
        skewness = self.skewness * (self.own / np.maximum(variance, TINY)) ** 1.5
        low, high = (self.mean + np.sqrt(variance) * bend(np.array(z), skewness) for z in (-REACH, REACH))
        score = self._score(self.mean)
        off = REACH * self.doubt * (logistic(self.mean) - 0.5)
        low, high = (np.hypot(self._score(end) - score, off) for end in (low, high))
        return self._spread(np.maximum(score - low, 0)), self._spread(np.minimum(score + high, 1))

    def draw(self, generator: np.random.Generator, times: int) -> NDArray[np.float64]:
        """As `Posterior.draw`."""
        alone = bend(generator.standard_normal((times, len(self.mean))), self.skewness) * np.sqrt(self.own)
        together = generator.standard_normal((times, self.shared.shape[1])) @ self.shared.T
        drawn = np.full((times, self.photos), np.nan)
        drawn[:, self.judged] = self._score(self.mean + alone + together)
        return drawn

    def difference(self, one: int, other: int) -> tuple[float, float]:
        """As `Posterior.difference`; the deviation by the slope of the curve at both scores (the delta method)."""
        if one == other:
            return 0.0, 0.0
        at = np.searchsorted(self.judged, [one, other])
        first, second = (int(place) for place in at)
        score, chance = self._score(self.mean[at]), logistic(self.mean[at])
        slope = self.share * chance * (1 - chance)
        apart = slope[0] * self.shared[first] - slope[1] * self.shared[second]
        variance = (slope**2 * self.own[at]).sum() + apart @ apart
        return float(score[0] - score[1]), float(np.sqrt(variance))

    def noise(self, photo: int) -> float:
        """As `Posterior.noise`: the variance of one vote of yes or no, or of one duel with an average photo."""
        score = float(self._score(self.mean[np.searchsorted(self.judged, [photo])])[0])
        return self.dispersion * score * (1 - score)

    def _score(self, strength: Numbers) -> Numbers:
        return np.asarray(0.5 + self.share * (logistic(strength) - 0.5))

    def _spread(self, values: Numbers) -> Numbers:
        spread = np.full(self.photos, np.nan)
        spread[self.judged] = values
        return spread
