"""Duels: how strong each photo is, and how far each judge can be relied on.

P(i beats j) = logistic(strengthᵢ − strengthⱼ): Bradley and Terry, "Rank analysis of incomplete block designs: I. The
method of paired comparisons", Biometrika 39 (1952), 324–345. A judge says so with a probability of his or her own,
the reliability, and the opposite else: Chen, Bennett, Collins-Thompson and Horvitz, "Pairwise ranking aggregation in
a crowdsourced setting" (Crowd-BT), WSDM 2013, 193–202.

A priori strengths are Gaussian around 0 with one variance, which is estimated from the round (`spread.Priors`), and
reliabilities are Beta(10, 1), as if each judge had been right ten times and wrong once: it stays within 0 and 1, and
one who always votes against everybody comes down to nearly 0, whose votes then count the other way round.

The posterior is found by expectation propagation: Minka, "Expectation propagation for approximate Bayesian inference",
UAI 2001, 362–369. Each vote is replaced by a Gaussian with the mean and variance that the true one gives; where a
photo won all its few duels, that is much nearer the truth than a Gaussian at the mode.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from campaign.judging.scoring.duels import Duels
from campaign.judging.scoring.fixed_point import come_to_rest
from campaign.judging.scoring.latent import TINY, logistic
from campaign.judging.scoring.sheet import Numbers
from campaign.judging.scoring.spread import LEAST, MOST, STATED, Priors, grow

RIGHT, WRONG = 10.0, 1.0
"""The prior of a judge's reliability."""
NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(25)
WEIGHTS = WEIGHTS / WEIGHTS.sum()
MOST_STEPS = 100
CLOSE = 1e-10
LEAST_PRECISION = 1e-6


@dataclass(frozen=True, kw_only=True)
class Strengths:
    """What is known of the strengths, on the logit scale, and of the judges."""

    mean: Numbers
    covariance: Numbers
    variance: float
    """The prior's, as estimated."""
    reliability: Numbers
    """How probably each judge says what the strengths say, 0 to 1."""
    precision: Numbers
    """Of the Gaussian that stands for each row of the duels, in the difference of its photos,"""
    shift: Numbers
    """and its mean times its precision."""


def likeliest(duels: Duels) -> Numbers:
    """The strengths by maximum likelihood with all judges reliable and no prior: they sum to 0 over all photos.

    By Newton's method. One who never lost has no finite strength, nor have the parts of disconnected data a common
    one; what comes then is of no use.
    """
    strength = np.zeros(duels.photos)
    for _ in range(MOST_STEPS):
        surprise = duels.count * logistic(strength[duels.loser] - strength[duels.winner])
        doubt = surprise * (1 - surprise / duels.count)
        step = np.linalg.solve(duels.laplacian(doubt) + 1 / duels.photos, duels.by_photo(surprise, -surprise))
        strength = strength + np.clip(step, -1, 1)
        if np.abs(step).max() < CLOSE:
            break
    return np.asarray(strength - strength.mean())


def fit(duels: Duels, priors: Priors = STATED) -> Strengths:
    """The posterior of strengths and judges, and the variance with it."""
    found = come_to_rest(lambda at: _step(duels, at, priors), _start(duels, priors.variance))
    return _unpack(duels, found)


def settle(duels: Duels, now: Strengths, variance: float) -> Strengths:
    """The posterior under another variance."""
    found = come_to_rest(lambda at: _step(duels, at, None), _pack(replace(now, variance=variance)))
    return _unpack(duels, found)


def _start(duels: Duels, variance: float) -> Numbers:
    rows = np.full(len(duels.count), 0.1)
    trust = np.full(duels.judges, np.log(RIGHT / WRONG))
    return np.concatenate([rows, rows, trust, [np.log(variance)]])


def _step(duels: Duels, at: Numbers, priors: Priors | None) -> Numbers:
    now = _unpack(duels, at)
    moved = _renew(duels, now)
    if priors:
        unknown = np.diag(now.covariance)
        moved = replace(moved, variance=grow(now.variance, now.mean**2 + unknown, unknown, priors))
    return _pack(moved)


def _pack(strengths: Strengths) -> Numbers:
    trust = np.log(strengths.reliability / (1 - strengths.reliability))
    return np.concatenate([strengths.precision, strengths.shift, trust, [np.log(strengths.variance)]])


def _unpack(duels: Duels, at: Numbers) -> Strengths:
    """Put the Gaussians of all rows together."""
    rows, weight = len(duels.count), duels.count
    precision, shift, trust = np.maximum(at[:rows], LEAST_PRECISION), at[rows : 2 * rows], at[2 * rows : -1]
    variance = float(np.clip(np.exp(at[-1]), LEAST, MOST))
    information = duels.laplacian(weight * precision) + np.eye(duels.photos) / variance
    covariance = np.asarray(np.linalg.inv(information), dtype=np.float64)
    return Strengths(
        mean=covariance @ duels.by_photo(weight * shift, -weight * shift),
        covariance=covariance,
        variance=variance,
        reliability=logistic(trust),
        precision=precision,
        shift=shift,
    )


def _renew(duels: Duels, now: Strengths) -> Strengths:
    """Renew the Gaussian of each row by what its vote says beside all the others, and the judges by all."""
    winner, loser = duels.winner, duels.loser
    mean, covariance = now.mean, now.covariance
    variance = covariance[winner, winner] + covariance[loser, loser] - 2 * covariance[winner, loser]
    without = 1 / np.maximum(1 / variance - now.precision, TINY)
    centre = without * ((mean[winner] - mean[loser]) / variance - now.shift)
    tilted = tilt(duels, centre, without, now.reliability)
    precision = np.maximum(1 / tilted.spread - 1 / without, LEAST_PRECISION)
    shift = tilted.middle * (precision + 1 / without) - centre / without
    return replace(now, reliability=tilted.reliability, precision=precision, shift=shift)


class Tilted(NamedTuple):
    """What each row's vote makes of a Gaussian in the difference of its photos, and what all make of the judges."""

    middle: Numbers
    spread: Numbers
    reliability: Numbers


def tilt(duels: Duels, centre: Numbers, variance: Numbers, reliability: Numbers) -> Tilted:
    """Mean and variance once the vote is known; each judge's reliability by the votes that were probably right."""
    trust = reliability[duels.judge]
    apart = centre[:, None] + np.sqrt(variance)[:, None] * NODES
    better = logistic(apart)
    chance = WEIGHTS * (trust[:, None] * better + (1 - trust[:, None]) * (1 - better))
    total = chance.sum(axis=1)
    middle = (chance * apart).sum(axis=1) / total
    right = np.bincount(duels.judge, duels.count * trust * (better @ WEIGHTS) / total, duels.judges)
    votes = np.bincount(duels.judge, duels.count, duels.judges)
    return Tilted(
        middle=middle,
        spread=(chance * apart**2).sum(axis=1) / total - middle**2,
        reliability=(RIGHT + right) / (RIGHT + WRONG + votes),
    )
