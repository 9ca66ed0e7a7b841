"""Shortlists: the approval each photo would get from a typical judge, however strict those were who saw it.

logit P(yes) = photo − judge: Rasch, "Probabilistic Models for Some Intelligence and Attainment Tests", Copenhagen
1960, with photos for persons and judges for items. Photos are Gaussian and are integrated out while the judges and
the variances are fitted: marginal maximum likelihood, Bock and Lieberman, "Fitting a response model for n
dichotomously scored items", Psychometrika 35 (1970), 179–197; Thissen, "Marginal maximum likelihood estimation for
the one-parameter logistic model", Psychometrika 47 (1982), 175–186.

A maybe is half a yes and half a no. Such votes vary less than yes and no do, so the likelihood is divided by the
dispersion (a quasi-binomial one: Wedderburn, "Quasi-likelihood functions", Biometrika 61 (1974), 439–447). For votes
of 0, ½ and 1 with mean p, variance = p (1 − p) − P(maybe) / 4, so it is estimated from the maybes alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from campaign.judging.scoring.fixed_point import come_to_rest
from campaign.judging.scoring.latent import LatentPosterior
from campaign.judging.scoring.quadrature import Integral, Point, Votes, integrate
from campaign.judging.scoring.sheet import Indices, Numbers, Sheet
from campaign.judging.scoring.spread import LEAST, MOST, STATED, THREE, TINY, Priors, grow, information

MEAN_DEVIATION = 3.0
"""The prior of the panel's mean is Gaussian around 0 (half of all say yes), and so wide, on the logit scale."""
LEAST_DISPERSION = 0.25


@dataclass(frozen=True, kw_only=True)
class Fit:
    """A fitted model, on the logit scale."""

    point: Point
    judge_variance: float
    integral: Integral
    covariance: Numbers
    """Of the judges' ease."""


def votes_of(sheet: Sheet) -> tuple[Votes, Indices]:
    """Photos × judges from rows, for the photos that were judged, and the places of these in the sheet."""
    assert sheet.value is not None
    shape = len(sheet.photos), len(sheet.judges)
    cell = sheet.photo.astype(np.int64) * shape[1] + sheet.judge
    vote = sheet.value[:, 0]
    seen = np.bincount(cell, minlength=shape[0] * shape[1]).reshape(shape).astype(np.float64)
    yes = np.bincount(cell, weights=vote, minlength=shape[0] * shape[1]).reshape(shape).astype(np.float64)
    judged = np.flatnonzero(seen.any(axis=1)).astype(np.int32)
    return Votes(yes=yes[judged], seen=seen[judged], maybes=float(4 * (vote * (1 - vote)).sum())), judged


def fit(votes: Votes, priors: Priors | None = STATED) -> Fit:
    """The most likely judges and variances. `priors=None`: plain marginal maximum likelihood, without any prior."""
    return _fit_at(votes, come_to_rest(lambda at: _step(votes, at, priors), _start(votes)), priors)


def posterior_of(votes: Votes, fitted: Fit, photos: int, judged: Indices, priors: Priors = STATED) -> LatentPosterior:
    """What is known of P(yes) from the panel's typical judge, whose ease is the mean of all.

    A photo moves against its own judges' ease, and with the mean of all. How far photos differ is known but roughly
    in a small round, so the photos are averaged over three deviations that stand for all likely ones
    (`spread.THREE`), instead of being told as surely as if the best one were true.
    """
    point, size = fitted.point, len(judged)
    found = fitted.integral
    known = information(found.variance / point.deviation**2) + priors.worth
    apart = np.sqrt(3 / (2 * known))
    others = [
        integrate(votes, replace(point, deviation=float(point.deviation * np.exp(sign * apart)))) for sign in (-1, 1)
    ]
    three = [others[0], found, others[1]]
    means = np.array([one.photo for one in three])
    variances = np.array([one.variance for one in three])
    mean, variance = THREE @ means, THREE @ variances
    cubes = THREE @ (np.array([one.skewness for one in three]) * variances**1.5)
    together = np.sign(means[2] - means[0]) * np.sqrt(THREE @ (means - mean) ** 2)
    moves = (1 / len(point.ease) - found.moves) @ np.linalg.cholesky(fitted.covariance)
    return LatentPosterior(
        photos=photos,
        judged=judged,
        mean=mean + point.ease.mean(),
        own=variance,
        skewness=cubes / variance**1.5,
        shared=np.concatenate([moves, together.reshape(size, 1)], axis=1),
        dispersion=point.dispersion,
    )


def severities(fitted: Fit) -> Numbers:
    """How much lower each judge is than the panel's mean, on the logit scale."""
    severity: Numbers = fitted.point.ease.mean() - fitted.point.ease
    return severity


def _start(votes: Votes) -> Numbers:
    overall = (votes.yes.sum() + 0.5) / (votes.seen.sum() + 1)
    ease = np.full(votes.seen.shape[1], np.log(overall / (1 - overall)))
    return np.concatenate([ease, np.zeros(2), np.ones(1)])


def _fit_at(votes: Votes, at: Numbers, priors: Priors | None) -> Fit:
    """From the judges' ease, the logarithms of both variances, and the dispersion."""
    judges = len(at) - 3
    variance, judge_variance = np.exp(np.clip(at[judges : judges + 2], np.log(LEAST), np.log(MOST))).tolist()
    dispersion = float(np.clip(at[-1], LEAST_DISPERSION, 1))
    point = Point(ease=at[:judges], deviation=variance**0.5, dispersion=dispersion)
    found = integrate(votes, point)
    information = found.information + _precision(judges, judge_variance, priors) + TINY * np.eye(judges)
    covariance = np.asarray(np.linalg.inv(information), dtype=np.float64)
    return Fit(point=point, judge_variance=judge_variance, integral=found, covariance=covariance)


def _precision(judges: int, variance: float, priors: Priors | None) -> Numbers:
    if priors is None:
        return np.zeros((judges, judges))
    return (np.eye(judges) - 1 / judges) / variance + (MEAN_DEVIATION * judges) ** -2


def _step(votes: Votes, at: Numbers, priors: Priors | None) -> Numbers:
    """A step of Newton's for the judges and of Fisher's scoring for the variances, the dispersion renewed."""
    now = _fit_at(votes, at, priors)
    found, point, covariance, judges = now.integral, now.point, now.covariance, len(now.point.ease)
    slope = found.ease_slope - _precision(judges, now.judge_variance, priors) @ point.ease
    ease = point.ease + np.clip(covariance @ slope, -2, 2)
    judge_variance = now.judge_variance
    if priors:
        around = np.eye(judges) - 1 / judges
        known = np.diag(around @ covariance @ around)
        judge_variance = grow(judge_variance, (around @ ease) ** 2 + known, known, priors, free=judges - 1)
    unknown = found.variance + (((found.moves @ covariance) * found.moves).sum(axis=1) if priors else 0)
    variance = grow(point.deviation**2, found.photo**2 + unknown, unknown, priors)
    return np.concatenate([ease, np.log([variance, judge_variance]), [_dispersion(votes, now)]])


def _dispersion(votes: Votes, now: Fit) -> float:
    expected = now.integral.weight.sum() * now.point.dispersion
    return float(max(1 - votes.maybes / 4 / expected, LEAST_DISPERSION))
