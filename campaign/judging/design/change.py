"""Plan the remainder of a round again: what is done or held stays, all else is dealt anew."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from campaign.judging.design.balance import Seating
from campaign.judging.design.cuts import labels_of, smallest_cut
from campaign.judging.design.filling import fill
from campaign.judging.design.flow import Bench, level
from campaign.judging.design.order import positions_of
from campaign.judging.design.planning import WIDE_POOL, settle
from campaign.judging.design.shape import Mask, Weights, Whole, weights_of


class Balance(StrEnum):
    """What is levelled when the remainder is dealt."""

    TOTAL = "total"
    """What a judge has done, holds and gets, together."""
    REMAINING = "remaining"
    """What a judge gets now: everybody is equally far from the end."""


@dataclass(frozen=True, eq=False)
class Figures:
    """How a plan stands: each judge's load (J), and how the judges who have any photo hang together."""

    loads: Weights
    pieces: int
    smallest_cut: int


@dataclass(frozen=True, eq=False)
class Change:
    """What planning again would do.

    `pairs` (m × 2, sorted) are the new pairs, beside those that stay; `position` is each one's place among its judge's
    new photos. `short` (k × 2) names photos that cannot get all they should, and how many judges each lacks.
    `before` is the plan as it was, `after` what stays and the new pairs together.
    """

    pairs: Whole
    position: Whole
    short: Whole
    before: Figures
    after: Figures


def replan(
    submissions: int,
    pace: NDArray[np.number],
    quorum: int | NDArray[np.integer],
    *,
    fixed: NDArray[np.integer],
    planned: NDArray[np.integer] | None = None,
    conflicts: NDArray[np.integer] | None = None,
    balance: Balance = Balance.TOTAL,
    seed: int = 0,
) -> Change:
    """Deal anew what is missing, so that each photo has its quorum of judges, fixed ones counted.

    `pace` (J, for everybody who has or may get a photo) is each judge's share relative to others: all ones for equal
    shares, 0 for who gets nothing new, having left or being absent. `quorum` is one number for all or one for each
    photo (N); 0 for a photo that needs nobody any more. `fixed` (k × 2: submission, judge) is done or held and stays,
    whoever has left since. `planned` are the pairs given up, for the figures before. Loads per pace (`balance` says
    which loads) are as level as conflicts allow, see `flow.level`. Photos with too few judges get all they can and
    are named.
    """
    rng = np.random.default_rng(seed)
    judges, share = len(pace), np.asarray(pace, dtype=float)
    stays = _grid(submissions, judges, fixed)
    barred = _grid(submissions, judges, conflicts) | (share <= 0)[None, :]
    missing = np.maximum(np.asarray(quorum) - stays.sum(axis=1), 0)
    possible = np.minimum(missing, (~(stays | barred)).sum(axis=1))
    lacking = np.flatnonzero(possible < missing)
    short = np.stack([lacking, (missing - possible)[lacking]], axis=1).astype(np.int32)

    seats = stays.copy()
    fill(seats, barred, possible, rng)
    movable = seats & ~stays
    counted = seats if balance is Balance.TOTAL else movable
    level(Bench(seats, movable, barred, counted.sum(axis=0).astype(float), np.maximum(share, 1e-9)), rng)
    weights = weights_of(np.argwhere(seats), judges)
    pool = rng.permutation(np.flatnonzero(movable.any(axis=1)))[:WIDE_POOL]
    chosen = seats[pool]
    # Only where everybody has the same share does one photo less or more tell nothing.
    loads = counted.sum(axis=0) if len(np.unique(share[share > 0])) == 1 else None
    settle(Seating(chosen.astype(np.float32), movable[pool], barred[pool], weights, loads), chosen, rng)
    seats[pool] = chosen
    pairs = np.argwhere(seats & ~stays).astype(np.int32)
    before = stays if planned is None else stays | _grid(submissions, judges, planned)
    return Change(pairs, positions_of(pairs, weights_of(pairs, judges), rng), short, _figures(before), _figures(seats))


def _grid(submissions: int, judges: int, pairs: NDArray[np.integer] | None) -> Mask:
    grid = np.zeros((submissions, judges), dtype=bool)
    if pairs is not None and len(pairs):
        grid[pairs[:, 0], pairs[:, 1]] = True
    return grid


def _figures(seats: Mask) -> Figures:
    loads = seats.sum(axis=0).astype(np.int64)
    at_work = np.flatnonzero(loads)
    weights = weights_of(np.argwhere(seats), seats.shape[1])[np.ix_(at_work, at_work)]
    return Figures(loads, len(np.unique(labels_of(weights))), smallest_cut(weights))
