"""Fill empty seats: a first plan around what must stay, before loads are levelled and meetings evened out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from campaign.judging.design.shape import Mask, weights_of

BATCH = 512
"""Photos filled at once, with the loads and meetings from before."""


def fill(seats: Mask, barred: Mask, missing: NDArray[np.integer], rng: np.random.Generator) -> None:
    """Give each photo `missing` more judges who are not barred from it, in place. There must be enough of them.

    `seats` and `barred` are N × J, `missing` N. Judges of low load who have seldom met the photo's others come first,
    with a lot as large as what a batch can add to a load.
    """
    photos, judges = seats.shape
    loads = seats.sum(axis=0).astype(float)
    weights = weights_of(np.argwhere(seats), judges).astype(np.float32)
    batch = max(1, min(BATCH, photos // 50))
    missing = missing.copy()
    while len(short := rng.permutation(np.flatnonzero(missing > 0))):
        for start in range(0, len(short), batch):
            rows = short[start : start + batch]
            company = seats[rows].astype(np.float32)
            cost = loads - loads.min() + company @ weights / 2
            cost += rng.random(cost.shape) * (1 + 2 * len(rows) / judges)
            cost[seats[rows] | barred[rows]] = np.inf
            chosen = np.argmin(cost, axis=1)
            seats[rows, chosen] = True
            loads += np.bincount(chosen, minlength=judges)
            met = np.zeros_like(company)
            met[np.arange(len(rows)), chosen] = 1
            meetings = met.T @ company
            weights += meetings + meetings.T
        missing[short] -= 1
