"""What planning hands back: who judges what, in which order, and how well the judges hang together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from campaign.errors import FlauntError
from campaign.judging.design.cuts import labels_of, smallest_cut

Whole = NDArray[np.int32]
Weights = NDArray[np.int64]
Mask = NDArray[np.bool_]

NAMED_AT_MOST = 20
"""How many photos a sentence names before it counts the rest."""


class TooFewJudges(FlauntError):
    """Some photos have fewer judges who may see them than the quorum asks for. `photos` are their numbers."""

    code = "too_few_judges"

    def __init__(self, photos: NDArray[np.integer], quorum: int) -> None:
        self.photos: Whole = np.asarray(photos, dtype=np.int32)
        named = ", ".join(str(one) for one in self.photos[:NAMED_AT_MOST])
        more = len(self.photos) - NAMED_AT_MOST
        rest = f" and {more} more" if more > 0 else ""
        super().__init__(f"Fewer than {quorum} judges may see these submissions: {named}{rest}.")


@dataclass(frozen=True, eq=False)
class Design:
    """Who judges what. Photos and judges are numbers from 0.

    `pairs` is m × 2 (submission, judge), sorted by submission, then judge, each pair once. `position` (m) is the place
    of each pair in its judge's own order, 0, 1, 2, … without gaps. What follows from the pairs is computed when asked.
    """

    submissions: int
    judges: int
    pairs: Whole
    position: Whole

    @cached_property
    def loads(self) -> Weights:
        """How many photos each judge has, J."""
        return np.bincount(self.pairs[:, 1], minlength=self.judges).astype(np.int64)

    @property
    def load_min(self) -> int:
        """The smallest load, 0 without judges."""
        return int(self.loads.min(initial=len(self.pairs)))

    @property
    def load_max(self) -> int:
        """The largest load, 0 without judges."""
        return int(self.loads.max(initial=0))

    @cached_property
    def weights(self) -> Weights:
        """J × J, zero on the diagonal: how many photos each two judges both have."""
        return weights_of(self.pairs, self.judges)

    @cached_property
    def pieces(self) -> int:
        """How many connected pieces the judges' graph has; an edge is at least one photo that both have."""
        return len(np.unique(labels_of(self.weights)))

    @cached_property
    def smallest_cut(self) -> int:
        """The least weight that parts the panel in two; 0 for one judge, as nothing can be parted."""
        return smallest_cut(self.weights)

    def order_of(self, judge: int) -> Whole:
        """The photos of one judge, in the order in which the judge sees them."""
        mine = self.pairs[:, 1] == judge
        order: Whole = self.pairs[mine, 0][np.argsort(self.position[mine])]
        return order


def weights_of(pairs: NDArray[np.integer], judges: int) -> Weights:
    """J × J, zero on the diagonal: how many photos each two judges both have, from pairs in any order."""
    weights = np.zeros((judges, judges), dtype=np.int64)
    if not len(pairs):
        return weights
    pairs = pairs[np.argsort(pairs[:, 0], kind="stable")]
    last = int(pairs[-1, 0]) + 1
    step = max(1, 8_000_000 // judges)
    for start in range(0, last, step):
        low, high = np.searchsorted(pairs[:, 0], [start, start + step])
        seats = np.zeros((min(step, last - start), judges), dtype=np.float32)
        seats[pairs[low:high, 0] - start, pairs[low:high, 1]] = 1
        # Counts stay below 2²⁴ in each slice, so that single precision is exact.
        weights += np.rint(seats.T @ seats).astype(np.int64)
    np.fill_diagonal(weights, 0)
    return weights
