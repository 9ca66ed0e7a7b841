"""From ballots to a ranked result: a pure function, exact, and the same in any order of its input."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

DECIMALS = 6


class Total(NamedTuple):
    """What one photo was given: the sum of its stars and the number of its ballots."""

    stars: int
    ballots: int


@dataclass(frozen=True)
class Standing:
    """One photo's place. `mean` is 1 to 5 rounded to 6 decimals, for reading only, or None without a ballot."""

    submission: str
    rank: int
    tied: bool
    mean: float | None
    ballots: int
    below_quorum: bool


class _Tier(IntEnum):
    QUORATE = 0
    BELOW_QUORUM = 1
    UNSEEN = 2


def tally(entries: Iterable[str], ballots: Iterable[tuple[str, int]], quorum: int) -> list[Standing]:
    """Rank the entries by the ballots `(submission, stars)`; ballots on anything else are left aside.

    The rule: photos with at least `quorum` ballots come first, by mean, highest first. Photos with some ballots but
    fewer than the quorum follow, by mean, and are marked `below_quorum`; photos with no ballots come last. Means are
    compared as exact fractions. Equal means within one of the three groups share a rank and the ranks after them are
    skipped ("1, 2, 2, 4", standard competition ranking). Photos that share a rank are listed by id.
    """
    totals = dict.fromkeys(entries, Total(0, 0))
    for submission, stars in ballots:
        if submission in totals:
            before = totals[submission]
            totals[submission] = Total(before.stars + stars, before.ballots + 1)
    return rank(totals, quorum)


def rank(totals: Mapping[str, Total], quorum: int) -> list[Standing]:
    """The same rule as `tally`, from each entry's total."""
    # Over a common denominator the means are whole numbers: exact, and quick to sort by.
    scale = math.lcm(*{total.ballots for total in totals.values() if total.ballots})

    def place(submission: str) -> tuple[int, int]:
        total = totals[submission]
        return _tier(total, quorum), -total.stars * (scale // total.ballots) if total.ballots else 0

    standings: list[Standing] = []
    for _, group in groupby(sorted(sorted(totals), key=place), key=place):
        equals = list(group)
        position = len(standings) + 1
        standings += [_standing(one, totals[one], position, quorum, tied=len(equals) > 1) for one in equals]
    return standings


def mean(total: Total) -> float | None:
    """The mean of the stars, rounded half to even to 6 decimals from the exact fraction."""
    return float(round(Fraction(*total), DECIMALS)) if total.ballots else None


def _tier(total: Total, quorum: int) -> _Tier:
    if not total.ballots:
        return _Tier.UNSEEN
    return _Tier.QUORATE if total.ballots >= quorum else _Tier.BELOW_QUORUM


def _standing(submission: str, total: Total, position: int, quorum: int, *, tied: bool) -> Standing:
    return Standing(submission, position, tied, mean(total), total.ballots, total.ballots < quorum)
