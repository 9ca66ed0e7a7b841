"""What the stars' model knows of all photos together: plausible scores, drawn, and any two photos compared."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from campaign.judging.scoring.blocks import multiply
from campaign.judging.scoring.mixed_model import Fit
from campaign.judging.scoring.reml import Solved
from campaign.judging.scoring.sheet import Indices, Numbers


@dataclass(frozen=True, kw_only=True)
class MixedPosterior:
    """The `outcome.Posterior` of the stars."""

    fit: Fit
    judged: Indices
    """Where each photo of the fit stands among the sheet's."""
    photos: int
    """How many the sheet has."""

    def draw(self, generator: np.random.Generator, times: int) -> Numbers:
        """`times` × photos: first variances, then μ and the judges, then the photos, which are then independent."""
        drawn = np.full((times, self.photos), np.nan)
        of_each = generator.multinomial(times, [weight for weight, _ in self.fit.nodes])
        start = 0
        for (_, at), some in zip(self.fit.nodes, of_each.tolist(), strict=True):
            drawn[start : start + some, self.judged] = self._draw_at(at, generator, some)
            start += some
        return drawn

    def difference(self, one: int, other: int) -> tuple[float, float]:
        """Mean and standard deviation of score(one) − score(other), numbered as in the sheet; both have ballots."""
        here, there = self._place[[one, other]].tolist()
        if here == there:
            return 0.0, 0.0
        apart = float(self.fit.score[here] - self.fit.score[there])

        def known(at: Solved) -> tuple[Numbers, Numbers]:
            mean, shrink = self.fit.mean(at), self.fit.shrink(at)
            part = shrink[there] * self._row(there) - shrink[here] * self._row(here)
            variance = self.fit.noise(at) * (shrink[here] + shrink[there] + np.sum((part @ at.root) ** 2))
            return np.asarray(variance), np.asarray(mean[here] - mean[there] - apart)

        return apart, float(np.sqrt(self.fit.averaged(known)))

    def noise(self, photo: int) -> float:  # noqa: ARG002 -- here it is the same for all photos
        """σ² and, since one judge stands for the panel, the spread that is left in what we know of the judges."""
        best = self.fit.best
        apart = best.root[1:] - best.root[1:].mean(axis=0)
        return float(self.fit.noise(best) * (1 + np.sum(apart**2) / len(apart)))

    @cached_property
    def _place(self) -> Indices:
        place = np.full(self.photos, -1, dtype=np.int32)
        place[self.judged] = np.arange(len(self.judged))
        return place

    def _row(self, at: int) -> Numbers:
        return np.concatenate([[self.fit.sums.sizes[at]], self.fit.sums.given[at]])

    def _draw_at(self, at: Solved, generator: np.random.Generator, times: int) -> Numbers:
        fit = self.fit
        sigma = np.sqrt(fit.noise(at) * fit.free / generator.chisquare(fit.free, size=(times, 1)))
        off = sigma * generator.standard_normal((times, len(at.effects)))
        drawn = generator.standard_normal((times, len(fit.sums.sizes)))
        drawn *= np.sqrt(fit.shrink(at))
        drawn *= sigma
        drawn += multiply(fit.leans(at), off.T).T
        drawn += fit.mean(at)
        return drawn
