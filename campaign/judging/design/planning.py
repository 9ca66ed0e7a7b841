"""The plan of a round: who sees what."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from campaign.judging.design.balance import Seating, even_out
from campaign.judging.design.blocks import blocks_of
from campaign.judging.design.flow import Bench, level
from campaign.judging.design.linking import hold_together
from campaign.judging.design.order import positions_of
from campaign.judging.design.shape import Design, Mask, TooFewJudges, Weights, Whole, weights_of

POOL = 1_000
"""Photos among which seats are exchanged."""
STEPS = 3_000
"""Exchanges tried to even out how often judges meet."""


def plan(
    submissions: int,
    judges: int,
    quorum: int,
    *,
    conflicts: NDArray[np.integer] | None = None,
    seed: int = 0,
) -> Design:
    """Give each of the submissions its quorum of different judges, in a connected balanced design.

    `conflicts` is k × 2 (submission, judge): pairs that must not be. Without conflicts loads differ by at most one.
    With them the largest load is the smallest feasible one, and loads are as level as can be (see `flow.level`).
    Then pairs of judges meet as evenly as exchanges of seats can make them (`balance.even_out`), and the judges' graph
    is held together (`linking.hold_together`). The same arguments give the same design. Raises TooFewJudges with the
    photos that fewer than `quorum` judges may see.
    """
    rng = np.random.default_rng(seed)
    barred = _barred(submissions, judges, conflicts)
    _check(submissions, judges, quorum, barred)
    if not submissions:
        return Design(submissions, judges, np.empty((0, 2), dtype=np.int32), np.empty(0, dtype=np.int32))
    blocks, _ = blocks_of(submissions, judges, quorum, rng)
    panel = rng.permutation(judges)[blocks]
    panel = panel[rng.permutation(submissions)]
    seats = np.zeros((submissions, judges), dtype=bool)
    seats[np.arange(submissions)[:, None], panel] = True
    if barred is not None:
        seat_around(seats, barred, rng)
    pairs = np.argwhere(seats).astype(np.int32)
    weights = weights_of(pairs, judges)
    settle(seats, seats.copy(), barred, weights, rng)
    pairs = np.argwhere(seats).astype(np.int32)
    return Design(submissions, judges, pairs, positions_of(pairs, weights, rng))


def seat_around(seats: Mask, barred: Mask, rng: np.random.Generator) -> None:
    """Take barred seats away, fill them with others, and level the loads."""
    quorum = seats.sum(axis=1)
    seats &= ~barred
    fill(seats, barred, quorum - seats.sum(axis=1), rng)
    level(Bench(seats, seats.copy(), barred, seats.sum(axis=0).astype(float), np.ones(seats.shape[1])), rng)


def fill(seats: Mask, barred: Mask, missing: NDArray[np.integer], rng: np.random.Generator) -> None:
    """Give each photo `missing` more judges who may have it, of low load. There must be enough of them."""
    loads = seats.sum(axis=0).astype(float)
    for photo in np.flatnonzero(missing > 0):
        cost = loads + rng.random(len(loads))
        cost[seats[photo] | barred[photo]] = np.inf
        chosen = np.argsort(cost)[: missing[photo]]
        seats[photo, chosen] = True
        loads[chosen] += 1


def settle(seats: Mask, movable: Mask, barred: Mask | None, weights: Weights, rng: np.random.Generator) -> None:
    """Even out meetings and hold the panel together, by exchanges among some of the photos; all in place."""
    pool = rng.permutation(len(seats))[:POOL]
    bars = np.zeros((len(pool), seats.shape[1]), dtype=bool) if barred is None else barred[pool]
    seating = Seating(seats[pool].astype(np.float32), movable[pool], bars, weights)
    even_out(seating, rng, steps=STEPS)
    hold_together(seating, rng)
    seats[pool] = seating.seats > 0
    movable[pool] = seating.movable


def _barred(submissions: int, judges: int, conflicts: NDArray[np.integer] | None) -> Mask | None:
    if conflicts is None or not len(conflicts):
        return None
    barred = np.zeros((submissions, judges), dtype=bool)
    barred[conflicts[:, 0], conflicts[:, 1]] = True
    return barred


def _check(submissions: int, judges: int, quorum: int, barred: Mask | None) -> None:
    if judges < quorum:
        raise TooFewJudges(np.arange(submissions), quorum)
    if barred is not None:
        short = np.flatnonzero(judges - barred.sum(axis=1) < quorum)
        if len(short):
            raise TooFewJudges(short, quorum)


__all__ = ["Whole", "plan"]
