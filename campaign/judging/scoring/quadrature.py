"""The marginal likelihood of votes under a Rasch model: photos integrated out on a grid, judges held."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from campaign.judging.scoring.latent import logistic
from campaign.judging.scoring.sheet import Numbers

WIDEST = 6.0
"""The grid reaches this many standard deviations of the photos to each side."""
FEWEST_NODES, MOST_NODES = 31, 241
BLOCK = 20_000
"""So many photos are integrated at once, for the sake of memory."""


@dataclass(frozen=True, kw_only=True)
class Votes:
    """Photos × judges: the sum of the votes (yes 1, maybe ½, no 0), and how many there are. Each photo has one."""

    yes: Numbers
    seen: Numbers
    maybes: float = 0.0
    """How many of all votes were a maybe."""


@dataclass(frozen=True, kw_only=True)
class Point:
    """Where the likelihood is looked at, on the logit scale: logit P(yes) = deviation · z + ease, z standard normal."""

    ease: Numbers
    """What each judge adds; −ease is the severity, up to a constant."""
    deviation: float
    dispersion: float = 1.0
    """The logarithm of the likelihood is divided by it."""


@dataclass(frozen=True, kw_only=True)
class Integral:
    """The likelihood at a point, its slopes, and what is known of the photos there."""

    likelihood: float
    ease_slope: Numbers
    deviation_slope: float
    """By the logarithm of the deviation."""
    information: Numbers
    """Judges × judges: the votes' information on the judges less what it takes to place the photos as well, which is
    the Schur complement of the photos."""
    photo: Numbers
    """The posterior mean of deviation · z for each photo."""
    variance: Numbers
    skewness: Numbers
    weight: Numbers
    """Photos × judges: the information of the votes."""
    moves: Numbers
    """Photos × judges: how far a photo goes down for each step that a judge's ease goes up."""


def integrate(votes: Votes, point: Point) -> Integral:
    """By the trapezium rule, which for a Gaussian times something smooth is as exact as the nodes are close."""
    nodes = _nodes(votes, point)
    parts = [
        _integrate(Votes(yes=votes.yes[at : at + BLOCK], seen=votes.seen[at : at + BLOCK]), point, nodes)
        for at in range(0, len(votes.seen), BLOCK)
    ]
    return Integral(
        likelihood=sum(part.likelihood for part in parts),
        ease_slope=np.sum([part.ease_slope for part in parts], axis=0),
        deviation_slope=sum(part.deviation_slope for part in parts),
        information=np.sum([part.information for part in parts], axis=0),
        photo=np.concatenate([part.photo for part in parts]),
        variance=np.concatenate([part.variance for part in parts]),
        skewness=np.concatenate([part.skewness for part in parts]),
        weight=np.concatenate([part.weight for part in parts]),
        moves=np.concatenate([part.moves for part in parts]),
    )


def _nodes(votes: Votes, point: Point) -> Numbers:
    """As close as the best known photo's posterior is narrow: the sum over a Gaussian is then off by 2 e^(−2π²)."""
    most = votes.seen.sum(axis=1).max() / 4 / point.dispersion
    narrowest = 1 / np.sqrt(1 + most * point.deviation**2)
    count = int(np.clip(np.ceil(2 * WIDEST / narrowest), FEWEST_NODES, MOST_NODES))
    return np.linspace(-WIDEST, WIDEST, count)


def _integrate(votes: Votes, point: Point, nodes: Numbers) -> Integral:
    logit = point.ease[:, None] + point.deviation * nodes
    chance = logistic(logit)
    log_density = (votes.yes @ logit - votes.seen @ np.logaddexp(0, logit)) / point.dispersion
    log_density += -0.5 * nodes**2 + np.log((nodes[1] - nodes[0]) / np.sqrt(2 * np.pi))
    highest = log_density.max(axis=1, keepdims=True)
    share = np.exp(log_density - highest)
    total = share.sum(axis=1, keepdims=True)
    share /= total
    surprise = (votes.yes.T @ share - chance * (votes.seen.T @ share)) / point.dispersion
    place = share @ nodes
    squares = share @ nodes**2 - place**2
    cubes = share @ nodes**3 - 3 * place * squares - place**3
    variance = squares * point.deviation**2
    weight = votes.seen * (share @ (chance * (1 - chance)).T) / point.dispersion
    moves = weight / (weight.sum(axis=1, keepdims=True) + point.deviation**-2)
    return Integral(
        likelihood=float((highest + np.log(total)).sum()),
        ease_slope=surprise.sum(axis=1),
        deviation_slope=float(point.deviation * (surprise @ nodes).sum()),
        information=np.diag(weight.sum(axis=0)) - weight.T @ moves,
        moves=moves,
        photo=point.deviation * place,
        variance=variance,
        skewness=cubes / squares**1.5,
        weight=weight,
    )
