"""Columns from words: names become indices, in an order that does not depend on the order of the ballots."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from campaign.judging.methods.shape import Given
from campaign.judging.scoring.sheet import Indices


class Index:
    """The photos that took part and the judges who gave a ballot, each name once, sorted, and where it stands."""

    def __init__(self, entries: Iterable[str], given: Sequence[Given]) -> None:
        self.photos: tuple[str, ...] = tuple(sorted(set(entries)))
        self.judges: tuple[str, ...] = tuple(sorted({one.judge for one in given}))
        self.photo = {name: place for place, name in enumerate(self.photos)}
        self.judge = {name: place for place, name in enumerate(self.judges)}


def indices(places: Iterable[int]) -> Indices:
    """A column of places."""
    return np.fromiter(places, dtype=np.int32)
