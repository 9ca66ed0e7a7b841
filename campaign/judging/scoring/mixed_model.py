"""Stars: score = μ + photo + judge + noise, photos and judges random. What is best said of each photo, and how sure.

Best linear unbiased prediction (Henderson 1975; Robinson, "That BLUP is a good thing: the estimation of random
effects", Statistical Science 6, 1991, 15–32) at the variances of `variances.estimate_ratios`. A photo's score is what
the panel's judges would on average give it: μ + photo + mean of the judges' effects. A photo that harsh judges got is
so lifted, and one with few ballots drawn towards the others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from campaign.judging.scoring.blocks import multiply
from campaign.judging.scoring.certainty import t_quantile
from campaign.judging.scoring.plausible import weigh_ratios
from campaign.judging.scoring.reml import Solved, solve, solve_each
from campaign.judging.scoring.sheet import Indices, Numbers
from campaign.judging.scoring.sums import Sums, add_up
from campaign.judging.scoring.variances import estimate_ratios


@dataclass(frozen=True, kw_only=True)
class Fit:
    """The model fitted. Photos and judges are those with a ballot, numbered from 0."""

    sums: Sums
    best: Solved
    nodes: tuple[tuple[float, Solved], ...]
    """Plausible variances besides, with their weights: how sure we are is averaged over them."""
    rounding: float
    """A sum of squares beside the residual: what the rounding of one ballot leaves unknown."""

    @property
    def free(self) -> int:
        """Degrees of freedom of the noise."""
        return max(self.sums.ballots - 1, 1)

    def noise(self, at: Solved) -> float:
        """σ², the variance of one ballot around what its judge thinks of its photo."""
        return (at.residual + self.rounding) / self.free

    @cached_property
    def score(self) -> Numbers:
        """Of each photo, on the panel's own scale."""
        return self.mean(self.best)

    @cached_property
    def severity(self) -> Numbers:
        """Of each judge: how much lower than the panel he or she scores; these sum to 0."""
        judges = self.best.effects[1:]
        return np.asarray(judges.mean() - judges)

    @cached_property
    def error(self) -> Numbers:
        """The standard error of each score.

        The exact prediction error variance, μ's and the judges' part included, averaged over the plausible
        variances, and what the score itself would move with them (Kackar and Harville, "Approximations for standard
        errors of estimators of fixed and random effects in mixed linear models", JASA 79, 1984, 853–862).
        """
        error: Numbers = np.sqrt(self.averaged(lambda at: (self.variance(at), self.mean(at) - self.score)))
        return error

    def averaged(self, known: Callable[[Solved], tuple[Numbers, Numbers]]) -> Numbers:
        """A variance averaged over what is plausible: `known` gives at each node the variance and the mean's way off.

        σ² is taken at its posterior mean, a little above its estimate where ballots are few.
        """
        wider = self.free / max(self.free - 2, 1)
        parts = [(weight, *known(at)) for weight, at in self.nodes]
        return np.asarray(np.sum([weight * (wider * variance + off**2) for weight, variance, off in parts], axis=0))

    def interval(self) -> tuple[Numbers, Numbers]:
        """The ends of the 90 % interval of each photo, by Student's t with the noise's degrees of freedom."""
        reach = t_quantile(self.free) * self.error
        return self.score - reach, self.score + reach

    def mean(self, at: Solved) -> Numbers:
        """Each photo's score, were these the variances."""
        panel = self.panel @ at.effects
        rows = self.sums.sizes * at.effects[0] + multiply(self.sums.given, at.effects[1:])
        mean: Numbers = self.sums.middle + panel + self.shrink(at) * (self.sums.totals - rows)
        return mean

    def variance(self, at: Solved) -> Numbers:
        """Of each photo's score, were these the variances: σ² (h + c′S⁻¹c) with c = panel − h · row."""
        variance: Numbers = self.noise(at) * (self.shrink(at) + np.sum(self.leans(at) ** 2, axis=1))
        return variance

    def leans(self, at: Solved) -> Numbers:
        """c′R for each photo, R R′ = S⁻¹: how its score leans on what is not known of μ and the judges."""
        rows = np.outer(self.sums.sizes, at.root[0])
        rows += multiply(self.sums.given, at.root[1:])
        rows *= -self.shrink(at)[:, None]
        rows += self.panel @ at.root
        return rows

    def shrink(self, at: Solved) -> Numbers:
        """H of each photo: how far its total counts, ratio / (1 + ratio × ballots)."""
        return at.ratios.photo / (1 + at.ratios.photo * self.sums.sizes)

    @cached_property
    def panel(self) -> Numbers:
        """What of (μ, judges) belongs to every score: μ and the mean judge."""
        return np.concatenate([[1.0], np.full(self.sums.judges, 1 / self.sums.judges)])


def fit(photo: Indices, judge: Indices, score: Numbers, *, photos: int, judges: int, rounding: float = 0.0) -> Fit:
    """The model of these ballots; each of the `photos` and `judges` has one at least.

    `rounding`: the variance that one ballot has for being a whole number of stars, 1/12 of a step's square. It keeps
    intervals from shrinking to nothing where a handful of ballots happen to agree.
    """
    sums = add_up(photo, judge, score, photos=photos, judges=judges)
    turned = judges > photos
    best = estimate_ratios(add_up(judge, photo, score, photos=judges, judges=photos) if turned else sums, turned=turned)
    weights, ratios = zip(*weigh_ratios(sums, best, rounding), strict=True)
    nodes = tuple(zip(weights, solve_each(sums, ratios), strict=True))
    return Fit(sums=sums, best=solve(sums, best), nodes=nodes, rounding=rounding)
