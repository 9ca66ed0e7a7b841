"""Pairs of judges who agree, or disagree, far more than chance would have it on what both judged."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campaign.judging.scoring.sheet import Indices, Numbers

LEVEL = 0.05
"""With a panel that judges independently, a pair is named by mistake in one round of twenty at most."""
FEWEST = 10
"""Pairs who judged fewer than these in common are not looked at."""
THIRD = 3
"""A photo tells of two of its judges only beside a third."""
SWEEPS = 50
TINY = 1e-9


@dataclass(frozen=True, kw_only=True)
class UnusualPair:
    """Two judges, and how often or how far they agreed beside what was to be expected of them."""

    one: str
    other: str
    common: int
    """How many photos, or duels, both judged."""
    found: float
    expected: float
    """For scores and votes the correlation of what remains beside photos and judges; for duels the share agreed on."""
    p: float
    """How probable that much is by chance, adjusted for the number of pairs that were looked at."""

    @property
    def agree(self) -> bool:
        """Whether they agree more than expected, rather than less."""
        return self.found > self.expected

    @property
    def sentence(self) -> str:
        """For the marketer and the chair."""
        how = "agreed" if self.agree else "disagreed"
        return (
            f"{self.one} and {self.other} {how} far more than chance would have it on the {self.common} that both "
            "judged. That may have a good reason: ask before you conclude anything."
        )


def unusual_scorers(judges: Sequence[str], judge: Indices, photo: Indices, value: Numbers) -> tuple[UnusualPair, ...]:
    """By what remains of scores once each photo's and each judge's mean is taken away.

    Two judges' remainders on the photos of both are correlated, and Fisher's z of that is compared with the z to be
    expected of independent judges, whose remainders are a little against each other because all share the photo's
    mean (Fisher, "On the 'probable error' of a coefficient of correlation", Metron 1 (1921), 3–32). Each judge may
    scatter by a variance of his or her own. Only photos with three judges or more tell anything. Holm's correction
    for many pairs: "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6
    (1979), 65–70.
    """
    _, place = np.unique(photo, return_inverse=True)
    cell = place.reshape(-1).astype(np.int64) * len(judges) + judge
    shape = int(place.max(initial=-1)) + 1, len(judges)
    seen = np.bincount(cell, minlength=shape[0] * shape[1]).reshape(shape) > 0
    given = np.bincount(cell, value, shape[0] * shape[1]).reshape(shape).astype(np.float64)
    enough = seen.sum(axis=1) >= THIRD
    seen, given = seen[enough], given[enough]
    if not len(seen):
        return ()
    rest = _remainders(seen, given)
    found, common = _correlations(seen, rest)
    expected = _expected(seen, rest)
    tested = np.argwhere(np.triu(common >= FEWEST, 1) & ~np.isnan(found) & ~np.isnan(expected))
    one, other = tested.T
    r, r0 = (np.clip(values[one, other], -0.999999, 0.999999) for values in (found, expected))
    z = (np.arctanh(r) - np.arctanh(r0)) * np.sqrt(common[one, other] - 3)
    chance = [math.erfc(abs(float(score)) / math.sqrt(2)) for score in z]
    return _named(judges, tested, common, r, r0, chance)


def unusual_choosers(
    judges: Sequence[str], judge: Indices, pair: NDArray[np.int64], first: NDArray[np.bool_]
) -> tuple[UnusualPair, ...]:
    """By how often two judges chose the same of two photos, beside how often the panel's judges do on the whole.

    A binomial test, both tails, with Holm's correction.
    """
    _, place = np.unique(pair, return_inverse=True)
    shape = int(place.max(initial=-1)) + 1, len(judges)
    said = np.zeros(shape)
    np.add.at(said, (place.reshape(-1), judge), np.where(first, 1.0, -1.0))
    said = np.sign(said)
    common = (np.abs(said).T @ np.abs(said)).astype(np.int64)
    agreed = ((common + said.T @ said) / 2).astype(np.int64)
    above = np.triu(np.ones_like(common, dtype=bool), 1)
    total, same = int(common[above].sum()), int(agreed[above].sum())
    tested = np.argwhere(above & (common >= FEWEST))
    found, expected, chance = [], [], []
    for one, other in tested.tolist():
        n, k = int(common[one, other]), int(agreed[one, other])
        rate = (same - k + 1) / (total - n + 2)
        found.append(k / n)
        expected.append(rate)
        chance.append(_binomial(k, n, rate))
    return _named(judges, tested, common, np.array(found), np.array(expected), chance)


def _remainders(seen: NDArray[np.bool_], given: Numbers) -> Numbers:
    """What is left beside photos' and judges' means, by taking away the one and the other in turn."""
    rest = np.where(seen, given, 0.0)
    for _ in range(SWEEPS):
        rest = np.where(seen, rest - rest.sum(axis=0) / np.maximum(seen.sum(axis=0), 1), 0)
        rest = np.where(seen, rest - (rest.sum(axis=1) / seen.sum(axis=1))[:, None], 0)
    return rest


def _correlations(seen: NDArray[np.bool_], rest: Numbers) -> tuple[Numbers, NDArray[np.int64]]:
    both = seen.astype(np.float64)
    common = both.T @ both
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = rest.T @ both / common
        square = (rest**2).T @ both / common - mean**2
        product = rest.T @ rest / common - mean * mean.T
        found = product / np.sqrt(np.where((square > TINY) & (square.T > TINY), square * square.T, np.nan))
    return found, common.astype(np.int64)


def _expected(seen: NDArray[np.bool_], rest: Numbers) -> Numbers:
    """The correlation of independent judges' remainders, who each have a variance of their own.

    With m judges of variances v on a photo, the remainder of one has variance v (1 − 2/m) + Σv/m², and two of them
    have covariance −(v + v′)/m + Σv/m². The variances are those with which the squares come out as they are.
    """
    size = seen.sum(axis=1, keepdims=True)
    part = seen / size
    shared = part.T @ part
    own = (seen * (1 - 2 / size)).sum(axis=0)
    variance = np.maximum(np.linalg.pinv(np.diag(own) + shared) @ (rest**2).sum(axis=0), TINY)
    total = (seen @ variance)[:, None] / size**2
    together = seen.astype(np.float64).T @ (seen * total)
    parts = part.T @ seen
    against = together - parts * (variance[:, None] + variance)
    spread = (seen * (1 - 2 / size)).T @ seen * variance[:, None] + together
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(against / np.sqrt(np.where((spread > 0) & (spread.T > 0), spread * spread.T, np.nan)))


def _binomial(k: int, n: int, rate: float) -> float:
    """Twice the smaller tail."""
    chances = [math.comb(n, i) * rate**i * (1 - rate) ** (n - i) for i in range(n + 1)]
    return min(1.0, 2 * min(sum(chances[: k + 1]), sum(chances[k:])))


def _named(
    judges: Sequence[str],
    tested: NDArray[np.int64],
    common: NDArray[np.int64],
    found: Numbers,
    expected: Numbers,
    chance: Sequence[float],
) -> tuple[UnusualPair, ...]:
    """Those below the level, the least probable first."""
    order = sorted(range(len(chance)), key=lambda at: (round(chance[at], 12), tested[at].tolist()))
    named, least = [], 0.0
    for done, at in enumerate(order):
        least = max(least, min(1.0, chance[at] * (len(order) - done)))
        if least > LEVEL:
            break
        one, other = tested[at].tolist()
        named.append(
            UnusualPair(
                one=judges[one],
                other=judges[other],
                common=int(common[one, other]),
                found=round(float(found[at]), 6),
                expected=round(float(expected[at]), 6),
                p=round(least, 6),
            )
        )
    return tuple(named)
