"""How sure a ranking is: the same election with other judges of the same kind, many times."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campaign.judging.scoring.schulze import Votes, beats, shares
from campaign.judging.scoring.sheet import Numbers

MOST, FEWEST = 1000, 20
WORK = 6_000_000_000
"""So many steps of the strongest paths are taken in all: 1,000 resamples up to 181 photos, 222 of 300."""
BATCH = 4_000_000
"""Votes held at once."""
ENDS = 0.05, 0.95
"""The percentiles between which the truth is 85 to 95 % of the time in simulations, with few judges and many, alike and
unlike."""

NARROWER = 0.875
"""How far a resample's way from the middle counts for a cut. The percentiles can take shares as they come, in steps; a
probability to be above a cut is found to be what it says when resamples are drawn in a little. Loh, "Calibrating
confidence coefficients", Journal of the American Statistical Association 82 (1987), 155–162."""


@dataclass(frozen=True, kw_only=True)
class BootstrapPosterior:
    """A `Posterior` of what the resamples came to: resamples × photos, nan for a photo that was never ranked."""

    resamples: Numbers
    score: Numbers

    def draw(self, generator: np.random.Generator, times: int) -> NDArray[np.float64]:
        """As `Posterior.draw`: whole resamples, so that what goes together stays together, drawn in by `NARROWER`."""
        middle = self.resamples.mean(axis=0)
        drawn: NDArray[np.float64] = self.resamples[generator.integers(len(self.resamples), size=times)]
        return np.asarray(middle + NARROWER * (drawn - middle))

    def difference(self, one: int, other: int) -> tuple[float, float]:
        """As `Posterior.difference`."""
        apart = self.resamples[:, one] - self.resamples[:, other]
        return float(self.score[one] - self.score[other]), NARROWER * float(apart.std())

    def noise(self, photo: int) -> float:
        """As `Posterior.noise`: the variance of one more judge's word, as of a vote for or against the photo."""
        share = float(self.score[photo])
        return share * (1 - share)

    def interval(self) -> tuple[Numbers, Numbers]:
        """Percentiles of each photo's resamples (Efron's), and always its score; nan where it was never ranked."""
        low, high = np.quantile(self.resamples, ENDS, axis=0)
        return np.minimum(low, self.score), np.maximum(high, self.score)


def resample(votes: Votes, judged: NDArray[np.bool_], score: Numbers, *, seed: int) -> BootstrapPosterior:
    """The scores under other panels, seeded. `judged`: which photos somebody ranked.

    From the J judges and one more, who orders all photos at random, J are drawn with replacement (Efron, "Bootstrap
    methods: another look at the jackknife", The Annals of Statistics 7 (1979), 1–26). The one more stands for what
    nobody on the panel has said yet: without it a single judge, or two who agree, would seem to know everything.
    Photos that a resample leaves level are put in order by lot, as endless judges would put them in some order.
    """
    judges, photos = votes.shape[:2]
    generator = np.random.default_rng(seed)
    times = int(np.clip(WORK // photos**3, FEWEST, MOST))
    drawn = np.full((times, photos), np.nan)
    at = np.flatnonzero(judged)
    known = votes[:, at[:, None], at].reshape(judges, -1).astype(np.float64)
    step = max(1, BATCH // len(at) ** 2)
    for start in range(0, times, step):
        some = min(step, times - start)
        weights = generator.multinomial(judges, np.full(judges + 1, 1 / (judges + 1)), size=some)
        counts = (weights[:, :-1] @ known).astype(np.int32).reshape(some, len(at), len(at))
        for more in range(1, int(weights[:, -1].max()) + 1):
            counts += _by_lot(generator, some, len(at)) & (weights[:, -1] >= more)[:, None, None]
        beaten = beats(counts.astype(np.int16) if counts.max() < np.iinfo(np.int16).max else counts)
        level = ~(beaten | np.swapaxes(beaten, 1, 2))
        drawn[start : start + some, at] = shares(beaten | (level & _by_lot(generator, some, len(at))), len(at))
    return BootstrapPosterior(resamples=drawn, score=score)


def _by_lot(generator: np.random.Generator, times: int, photos: int) -> NDArray[np.bool_]:
    """Random orders: times × photos × photos, whether the first comes before the second."""
    lot = generator.random((times, photos))
    result: NDArray[np.bool_] = lot[:, :, None] > lot[:, None, :]
    return result
