"""Couples of judges, for quorum 2: every judge as often as every other, no couple twice before all have met."""

from __future__ import annotations

from math import gcd

import numpy as np
from numpy.typing import NDArray

Blocks = NDArray[np.int32]


def couples_of(count: int, judges: int) -> Blocks:
    """`count` different couples (count × 2), at most J (J − 1)/2. In them judges differ by at most one in number.

    An even panel meets in the rounds of the circle method, in each of which everybody sits once (T. P. Kirkman, “On a
    problem in combinations”, Cambridge and Dublin Mathematical Journal 2, 1847, 191–204). In an odd panel couples at
    one distance round the table make a whole turn, in which everybody sits twice.
    """
    if judges % 2:
        return _turns(count, judges)
    return _rounds(count, judges)


def _rounds(count: int, judges: int) -> Blocks:
    last = judges - 1
    turn = np.arange(last)[:, None]
    step = np.arange(1, judges // 2)[None, :]
    one = np.concatenate([turn, (turn + step) % last], axis=1)
    other = np.concatenate([np.full_like(turn, last), (turn - step) % last], axis=1)
    return np.stack([one.ravel(), other.ravel()], axis=1)[:count].astype(np.int32)


def _turns(count: int, judges: int) -> Blocks:
    """Distance 1 first, which joins everybody; a turn that is not finished is at a distance that does so too."""
    distances = sorted(range(1, judges // 2 + 1), key=lambda apart: (apart != 1, gcd(apart, judges) == 1, apart))
    whole, rest = divmod(count, judges)
    start = np.arange(judges)
    parts = [np.stack([start, (start + apart) % judges], axis=1) for apart in distances[:whole]]
    if rest:
        apart = distances[whole] if whole == 0 else distances[-1]
        steps = np.array([*range(0, judges - 2, 2), judges - 2, *range(1, judges - 2, 2), judges - 1][:rest])
        parts.append(np.stack([steps * apart % judges, (steps + 1) * apart % judges], axis=1))
    return np.concatenate([np.empty((0, 2), dtype=np.int32), *parts]).astype(np.int32)
