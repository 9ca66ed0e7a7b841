"""Make the judges' graph one piece, and no cut of it smaller than its least connected judge."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from campaign.judging.design.balance import Exchange, Seating
from campaign.judging.design.cuts import labels_of, least_parting
from campaign.judging.design.joining import join_pieces

TRIES = 30
"""Exchanges looked at for each cut that is too small."""
ROUNDS = 60
"""Small cuts mended one after the other at most."""


def hold_together(seating: Seating, rng: np.random.Generator) -> None:
    """Exchange seats across the smallest cut until it equals the least weighted degree, or nothing helps any more.

    Loads, quorums and conflicts stay. Of the exchanges that strengthen the cut, the one that adds least to the
    unevenness of meetings is made. Judges who meet nobody are left out.
    """
    join_pieces(seating, rng)
    if len(np.unique(labels_of(seating.weights)[seating.weights.any(axis=1)])) > 1:
        return
    present = np.flatnonzero(seating.weights.any(axis=1))
    for _ in range(ROUNDS):
        weights = seating.weights[np.ix_(present, present)]
        if is_held(weights):
            return
        cut, within = least_parting(weights)
        side = np.zeros(len(seating.weights), dtype=bool)
        side[present] = within
        if cut >= weights.sum(axis=1).min() or not _strengthen(seating, side, present, cut, rng):
            return


def is_held(weights: NDArray[np.int64]) -> bool:
    """True when every cut surely weighs as much as the least weighted degree.

    A part of s ≥ 2 of J judges has at least 2 (J − 2) pairs across, each at least as heavy as the lightest pair.
    """
    count = len(weights)
    if count < 4:  # noqa: PLR2004 -- every cut of up to three nodes parts one of them
        return bool(count < 2 or len(np.unique(labels_of(weights))) == 1)  # noqa: PLR2004 -- as above
    lightest = weights[np.triu_indices(count, 1)].min()
    return bool(2 * (count - 2) * lightest >= weights.sum(axis=1).min() and lightest > 0)


def _strengthen(
    seating: Seating, side: NDArray[np.bool_], present: NDArray[np.intp], cut: int, rng: np.random.Generator
) -> bool:
    """Make the cheapest exchange found after which the panel hangs together better; False if there is none."""
    inside, outside = present[side[present]], present[~side[present]]
    now = _standing(seating, present, cut)
    found: list[tuple[int, float, Exchange]] = []
    for _ in range(TRIES):
        offer = _across(seating, int(rng.choice(inside)), int(rng.choice(outside)), side, rng)
        if offer is not None:
            found.append((offer[0], float(rng.random()), offer[1]))
    for _, _, exchange in sorted(found):
        seating.exchange(*exchange)
        if _standing(seating, present) >= now:  # other cuts may be as small
            return True
        seating.exchange(*exchange.undone)
    return False


def _standing(seating: Seating, present: NDArray[np.intp], cut: int | None = None) -> tuple[int, int]:
    """Larger is better: fewer pieces, then a larger smallest cut."""
    weights = seating.weights[np.ix_(present, present)]
    pieces = len(np.unique(labels_of(weights)))
    if pieces > 1:
        return -pieces, 0
    return -1, least_parting(weights)[0] if cut is None else cut


def _across(
    seating: Seating, judge: int, partner: int, side: NDArray[np.bool_], rng: np.random.Generator
) -> tuple[int, Exchange] | None:
    """The cheapest exchange of two judges on either side of a cut that strengthens it, with its cost."""
    ones, others = seating.partners(judge, partner)
    if not len(ones) or not len(others):
        return None
    if len(ones) > TRIES:
        ones = rng.choice(ones, TRIES, replace=False)
    if len(others) > TRIES:
        others = rng.choice(others, TRIES, replace=False)
    gain = _crossing(seating, ones, side, -1)[:, None] + _crossing(seating, others, side, 1)[None, :]
    cost = np.where(gain > 0, seating.costs(ones, others, judge, partner), np.iinfo(np.int64).max)
    least = int(cost.min())
    if least == np.iinfo(np.int64).max:
        return None
    ties = np.flatnonzero(cost == least)
    one, other = divmod(int(ties[rng.integers(len(ties))]), len(others))
    return least, Exchange(int(ones[one]), int(others[other]), judge, partner)


def _crossing(seating: Seating, photos: NDArray[np.intp], side: NDArray[np.bool_], step: int) -> NDArray[np.float64]:
    """What a photo's share of the cut gains when its number of judges on the side changes by `step`."""
    size = seating.seats[photos].sum(axis=1)
    within = seating.seats[photos][:, side].sum(axis=1)
    gained: NDArray[np.float64] = (within + step) * (size - within - step) - within * (size - within)
    return gained
