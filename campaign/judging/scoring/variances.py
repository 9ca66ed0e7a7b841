"""The search for the variances: where the restricted likelihood is highest, and what is done where it says nothing."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import product

import numpy as np

from campaign.judging.scoring.reml import Ratios, Solved, criteria, solve
from campaign.judging.scoring.sheet import Numbers
from campaign.judging.scoring.sums import Sums

LARGEST = 1e8
"""Of a ratio: where photos or judges explain all there is, the noise would be 0 and the ratio without end."""
NO_NOISE = 1e6
"""Beyond this there is no noise to speak of, and only rounding decides how far beyond."""
FIRST_LOOK = (0.0, 0.03, 0.1, 0.25, 0.5, 1.0, 2.0, 6.0, 30.0, 1e3, 1e5)
"""Ratios among which the search begins."""
STEPS = 60
KEPT = 8
"""Decimals of log(1 + ratio): the search finds it to eleven, and what differs between machines is then gone."""
NEAR = 1e-5
CLOSE_ENOUGH = 1e-11
FLAT, STILL = 1e-4, 1e-7
"""A direction with a curve and a slope below these: what the data does not tell, and rounding must not decide."""


def estimate_ratios(sums: Sums, *, turned: bool = False) -> Ratios:
    """The ratios that restricted maximum likelihood gives, both at least 0, with these exceptions:

    - One photo, or one judge, or no more than one ballot of each judge: its own ratio cannot be told from the mean
      or from noise, and is 0.
    - Where likelihood puts the photos' ratio at 0 all photos would come out alike, and where each photo has one
      ballot it says nothing. There the likelihood is multiplied by t / (1 + t²), where t is the root of the photos'
      ratio. This keeps it away from 0 by about a standard error (Chung, Rabe-Hesketh, Dorie, Gelman and Liu, "A
      nondegenerate penalized likelihood estimator for variance parameters in multilevel models", Psychometrika 78,
      2013, 685–709), and is 1 where the data is silent. Photos then keep the order of their evidence.
    - All scores equal, or one alone: 1 for photos, 0 for judges.

    `turned`: the sums were added up with photos and judges in each other's place. The likelihood is the same, and the
    search costs what the fewer of the two cost.
    """
    photos, judges = (sums.judges, len(sums.sizes)) if turned else (len(sums.sizes), sums.judges)
    if sums.is_flat:
        return Ratios(1.0, 0.0)
    most = (LARGEST if photos > 1 else 0.0, LARGEST if 1 < judges < sums.ballots else 0.0)
    found = _Search(sums, most, penalised=False, turned=turned).run() if photos < sums.ballots else Ratios(0.0, 0.0)
    if photos > 1 and found.photo < NEAR:
        found = _Search(sums, most, penalised=True, turned=turned).run()
    return Ratios(*(LARGEST if ratio > NO_NOISE else math.expm1(round(math.log1p(ratio), KEPT)) for ratio in found))


@dataclass(frozen=True)
class _Search:
    """Newton's method on log(1 + ratio), which is plain at 0 and evens out what is large."""

    sums: Sums
    most: tuple[float, float]
    penalised: bool
    turned: bool = False
    solved: dict[Ratios, Solved] = field(default_factory=dict)

    def run(self) -> Ratios:
        looks = ([ratio for ratio in FIRST_LOOK if ratio <= most] for most in self.most)
        first = np.array(list(product(*looks)))
        values = criteria(self.sums, first[:, ::-1] if self.turned else first)
        if self.penalised:
            values = np.where(first[:, 0] > 0, values - _log_penalty(first[:, 0]), np.inf)
        at = np.log1p(first[np.argmin(values)])
        for _ in range(STEPS):
            moved = self._step(at)
            if np.abs(moved - at).max() < CLOSE_ENOUGH:
                return self._ratios(moved)
            at = moved
        return self._ratios(at)

    def _step(self, at: Numbers) -> Numbers:
        slope, limits = self._slope(at), np.log1p(self.most)
        free = ~(((at <= 0) & (slope >= 0)) | ((at >= limits) & (slope <= 0)))
        way: Numbers = np.zeros(2)
        if free.any():
            way[free] = _downhill(slope[free], self._curve(at, slope)[np.ix_(free, free)])
        value = self._value(at)
        for halving in range(40):
            moved: Numbers = np.clip(at + way / 2**halving, 0, limits)
            if self._value(moved) <= value + CLOSE_ENOUGH * abs(value):
                return moved
        return at

    def _curve(self, at: Numbers, slope: Numbers) -> Numbers:
        rows = [(self._slope(at + NEAR * unit) - slope) / NEAR for unit in np.eye(2)]
        return np.asarray((np.array(rows) + np.array(rows).T) / 2)

    def _value(self, at: Numbers) -> float:
        ratios = self._ratios(at)
        value = self._solve(ratios).criterion()
        return value - float(_log_penalty(np.array(ratios.photo))) if self.penalised else value

    def _slope(self, at: Numbers) -> Numbers:
        ratios = self._ratios(at)
        slope = self._solve(ratios).slope()
        by_ratio: Numbers = np.array(slope[::-1] if self.turned else slope) * (1 + np.array(ratios))
        if self.penalised and ratios.photo:
            by_ratio[0] += 2 - (1 + ratios.photo) / ratios.photo
        return by_ratio

    def _solve(self, ratios: Ratios) -> Solved:
        if ratios not in self.solved:
            self.solved[ratios] = solve(self.sums, Ratios(*ratios[::-1]) if self.turned else ratios)
        return self.solved[ratios]

    @staticmethod
    def _ratios(at: Numbers) -> Ratios:
        photo, judge = np.expm1(at).tolist()
        return Ratios(max(photo, 0.0), max(judge, 0.0))


def _downhill(slope: Numbers, curve: Numbers) -> Numbers:
    """Along each axis of the curve Newton's step where it is bent, a step of 1 where it only falls, none on a ridge."""
    bent, axes = np.linalg.eigh(curve)
    along = axes.T @ slope
    falls = np.where(np.abs(along) > STILL, np.sign(along), 0.0)
    return np.asarray(axes @ -np.where(bent > FLAT, along / np.maximum(bent, FLAT), falls))


def _log_penalty(photo: Numbers) -> Numbers:
    """Twice the logarithm of t / (1 + t²), with t² the photos' ratio."""
    return np.asarray(np.log(np.maximum(photo, np.finfo(float).tiny)) - 2 * np.log1p(photo))
