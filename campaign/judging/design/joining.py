"""Join the pieces of the judges' graph by exchanges of seats."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from campaign.judging.design.balance import Exchange, Seating
from campaign.judging.design.cuts import labels_of

LOOKED_AT = 2_000
"""Seats looked at for each pair of pieces to join."""


def join_pieces(seating: Seating, rng: np.random.Generator) -> int:
    """Move seats between pieces until the judges' graph is one piece or cannot be joined; returns the pieces.

    A seat is spare when its judge stays joined to the rest of the photo's panel through other photos. Exchanged for
    any seat of another piece, a spare seat joins the two pieces and loses nothing: the newcomer sits with the judge's
    former company, and the judge sits with the newcomer's. If no exchange will do, a spare seat passes to a judge of
    another piece who has one photo less.
    """
    while True:
        labels = labels_of(seating.weights)
        if labels.max(initial=0) == 0:
            return 1
        if exchange := next(_joins(seating, labels, rng), None):
            seating.exchange(*exchange)
        elif gift := next(_gifts(seating, labels, rng), None):
            seating.give(*gift)
        else:
            return len(np.unique(labels))


def _joins(seating: Seating, labels: NDArray[np.int64], rng: np.random.Generator) -> Iterator[Exchange]:
    seats = rng.permutation(np.argwhere(seating.movable))[:LOOKED_AT]
    if len(np.unique(labels[seats[:, 1]])) == 1:
        return
    for one, judge in seats:
        if not is_spare(seating, int(one), int(judge)):
            continue
        apart = labels[seats[:, 1]] != labels[judge]
        free = apart & ~seating.barred[one, seats[:, 1]] & ~seating.barred[seats[:, 0], judge]
        if free.any():
            other, partner = seats[int(np.argmax(free))]
            yield Exchange(int(one), int(other), int(judge), int(partner))


def _gifts(seating: Seating, labels: NDArray[np.int64], rng: np.random.Generator) -> Iterator[tuple[int, int, int]]:
    """Photo, judge and the partner who may take the seat."""
    if seating.loads is None:
        return
    for one, judge in rng.permutation(np.argwhere(seating.movable))[:LOOKED_AT]:
        lighter = (seating.loads == seating.loads[judge] - 1) & (labels != labels[judge]) & ~seating.barred[one]
        if lighter.any() and is_spare(seating, int(one), int(judge)):
            yield int(one), int(judge), int(rng.choice(np.flatnonzero(lighter)))


def is_spare(seating: Seating, photo: int, judge: int) -> bool:
    """True when the judge stays joined to all others of the photo without it."""
    company = seating.seats[photo] > 0
    company[judge] = False
    if not company.any():
        return False
    joined = seating.weights > 0
    joined[judge] = seating.weights[judge] > company
    reached = np.zeros(len(joined), dtype=bool)
    edge = reached.copy()
    edge[judge] = True
    while edge.any():
        reached |= edge
        # Only the judge's own row of `joined` is exact: nobody needs to come back to the judge.
        edge = joined[edge].any(axis=0) & ~reached
    return bool(reached[company].all())
