"""When pair counts cannot all be within one of each other, whatever is tried."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Weights = NDArray[np.int64]


def least_spread(loads: Weights, submissions: int, quorum: int) -> int:
    """1 unless it is proven that pair counts must differ by two or more, then 2. Without conflicts.

    Two proofs are tried. Pair counts of a judge with load r add up to r (Q − 1); if all are λ or λ + 1, those with
    λ + 1 form a graph whose degrees are r (Q − 1) − λ (J − 1), which must be the degrees of a graph (P. Erdős and
    T. Gallai, Matematikai Lapok 11, 1960, 264–274). And squares of pair counts and loads add up to the same as squares
    of what two photos' panels share (both are the squared norm of the incidence matrix's products, as in R. A. Fisher's
    inequality, Annals of Eugenics 10, 1940, 52–75), which cannot be less than when all panels share equally much.
    """
    judges = len(loads)
    pairs = judges * (judges - 1) // 2
    if not pairs:
        return 1
    total = submissions * quorum * (quorum - 1) // 2
    light, heavier = divmod(total, pairs)
    if not _is_graphical(loads * (quorum - 1) - light * (judges - 1)):
        return 2
    ideal = heavier * (light + 1) ** 2 + (pairs - heavier) * light**2
    shared = int((loads * (loads - 1) // 2).sum())
    couples = max(1, submissions * (submissions - 1) // 2)
    least, more = divmod(shared, couples)
    squares = more * (least + 1) ** 2 + (couples - more) * least**2
    bound = squares + (submissions * quorum**2 - int((loads**2).sum())) / 2
    return 1 if bound <= ideal else 2


def _is_graphical(degrees: Weights) -> bool:
    """Whether some simple graph has these degrees (their sum is known to be even)."""
    count = len(degrees)
    if degrees.min() < 0 or degrees.max() > count - 1:
        return False
    ordered = np.sort(degrees)[::-1]
    for first in range(1, count + 1):
        if ordered[:first].sum() > first * (first - 1) + np.minimum(ordered[first:], first).sum():
            return False
    return True
