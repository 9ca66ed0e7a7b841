"""From each photo's total to a ranked result: a pure function, exact, and the same in any order of its input."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import groupby
from typing import NamedTuple

SCALE = 10**6

Breakdown = Mapping[str, float]
"""What lies behind a photo's mean, by name: its mean for each criterion, or its counts of yes, maybe and no."""


class Total(NamedTuple):
    """What one photo was given: the sum of its points and the number of its ballots."""

    points: int
    ballots: int


@dataclass(frozen=True)
class Standing:
    """One photo's place.

    `mean` is rounded to 6 decimals, for reading only, or None without a ballot: 1 to 5 for stars, 0 to 1 (the share
    of yes) for a shortlist.
    """

    submission: str
    rank: int
    tied: bool
    mean: float | None
    ballots: int
    below_quorum: bool
    breakdown: Breakdown = field(default_factory=dict)


class _Tier(IntEnum):
    QUORATE = 0
    BELOW_QUORUM = 1
    UNSEEN = 2


def rank(
    totals: Mapping[str, Total],
    quorum: int,
    *,
    whole: int = 1,
    breakdown: Callable[[str], Breakdown] = lambda _: {},
) -> list[Standing]:
    """Rank photos by the mean of their ballots, `points / ballots / whole`.

    The rule: photos with at least `quorum` ballots come first, by mean, highest first. Photos with some ballots but
    fewer than the quorum follow, by mean, and are marked `below_quorum`; photos with no ballots come last. Means are
    compared as exact fractions. Equal means within one of the three groups share a rank and the ranks after them are
    skipped ("1, 2, 2, 4", standard competition ranking). Photos that share a rank are listed by id.
    """
    # Over a common denominator the means are whole numbers: exact, and quick to sort by.
    scale = math.lcm(*{total.ballots for total in totals.values() if total.ballots})

    def place(submission: str) -> tuple[int, int]:
        total = totals[submission]
        return _tier(total, quorum), -total.points * (scale // total.ballots) if total.ballots else 0

    standings: list[Standing] = []
    for _, group in groupby(sorted(sorted(totals), key=place), key=place):
        equals = list(group)
        position, tied = len(standings) + 1, len(equals) > 1
        for one in equals:
            total = totals[one]
            shown = mean(total, whole)
            below = total.ballots < quorum
            standings.append(Standing(one, position, tied, shown, total.ballots, below, breakdown(one)))
    return standings


def mean(total: Total, whole: int = 1) -> float | None:
    """The mean of the ballots, rounded half to even to 6 decimals from the exact fraction."""
    if not total.ballots:
        return None
    # In whole numbers: `round(Fraction(…), 6)` says the same and takes ten times as long.
    divisor = total.ballots * whole
    millionths, rest = divmod(total.points * SCALE, divisor)
    up = 2 * rest > divisor or (2 * rest == divisor and millionths % 2 == 1)
    return (millionths + up) / SCALE


def _tier(total: Total, quorum: int) -> _Tier:
    if not total.ballots:
        return _Tier.UNSEEN
    return _Tier.QUORATE if total.ballots >= quorum else _Tier.BELOW_QUORUM
