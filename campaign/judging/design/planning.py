"""The plan of a round: who sees what."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from campaign.judging.design.balance import Seating, even_out
from campaign.judging.design.blocks import blocks_of
from campaign.judging.design.bounds import least_spread
from campaign.judging.design.filling import fill
from campaign.judging.design.flow import SLICE, Bench, level
from campaign.judging.design.linking import hold_together
from campaign.judging.design.order import positions_of
from campaign.judging.design.shape import Design, Mask, TooFewJudges, Weights, Whole

POOL, WIDE_POOL = 1_000, 10_000
"""Photos among which seats are exchanged, in plans that begin even, and in those that conflicts or a past bend."""
STEPS, STEPS_EACH = 8_000, 12
"""Exchanges tried to even out how often judges meet: in all, and for each seat around conflicts."""
FEW = 6
"""Up to this quorum pairs are counted one by one, which is quicker than a product of matrices."""


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
    barred = np.empty((0, 2), dtype=np.int64) if conflicts is None else np.asarray(conflicts, dtype=np.int64)
    _check(submissions, judges, quorum, barred)
    rng = np.random.default_rng(seed)
    if not submissions:
        return Design(0, judges, np.empty((0, 2), dtype=np.int32), np.empty(0, dtype=np.int32))
    panel = rng.permutation(judges).astype(np.int32)[blocks_of(submissions, judges, quorum, rng)]
    panel = panel[rng.permutation(submissions)]
    weights = _settle_around(panel, judges, barred, rng) if len(barred) else _settle_freely(panel, judges, rng)
    pairs = np.empty((submissions * quorum, 2), dtype=np.int32)
    pairs[:, 0] = np.repeat(np.arange(submissions, dtype=np.int32), quorum)
    pairs[:, 1] = np.sort(panel, axis=1).ravel()
    return Design(submissions, judges, pairs, positions_of(pairs, weights, rng))


def settle(seating: Seating, seats: Mask, rng: np.random.Generator, *, within: int = 1) -> None:
    """Even out meetings and hold the panel together; `seats` (B × J) becomes what comes of it."""
    # What conflicts or a past leave few seats for is soon as even as it can be, often short of the ideal.
    steps = STEPS if seating.loads is None else min(STEPS, STEPS_EACH * int(seating.movable.sum()))
    even_out(seating, rng, steps=steps, within=within)
    hold_together(seating, rng)
    seats[:] = seating.seats > 0


def _settle_freely(panel: Whole, judges: int, rng: np.random.Generator) -> Weights:
    weights = _weights_of(panel, judges)
    loads = np.bincount(panel.ravel(), minlength=judges)
    seats = _seats_of(panel[:POOL], judges)
    within = least_spread(loads, *panel.shape)
    seating = Seating(seats.astype(np.float32), seats.copy(), np.zeros_like(seats), weights)
    settle(seating, seats, rng, within=within)
    panel[:POOL] = np.nonzero(seats)[1].reshape(-1, panel.shape[1])
    return weights


def _settle_around(panel: Whole, judges: int, conflicts: NDArray[np.int64], rng: np.random.Generator) -> Weights:
    """Take barred seats away, fill them with others, level the loads, and settle."""
    seats, quorum = _seats_of(panel, judges), panel.shape[1]
    barred = np.zeros_like(seats)
    barred[conflicts[:, 0], conflicts[:, 1]] = True
    seats &= ~barred
    fill(seats, barred, quorum - seats.sum(axis=1), rng)
    level(Bench(seats, seats.copy(), barred, seats.sum(axis=0).astype(float), np.ones(judges)), rng)
    weights = _weights_of(np.nonzero(seats)[1].reshape(-1, quorum), judges)
    pool = rng.permutation(len(seats))[:WIDE_POOL]
    chosen = seats[pool]
    loads = seats.sum(axis=0)
    settle(Seating(chosen.astype(np.float32), chosen.copy(), barred[pool], weights, loads), chosen, rng)
    seats[pool] = chosen
    panel[:] = np.nonzero(seats)[1].reshape(-1, quorum)
    return weights


def _seats_of(panel: NDArray[np.integer], judges: int) -> Mask:
    seats = np.zeros((len(panel), judges), dtype=bool)
    seats[np.arange(len(panel))[:, None], panel] = True
    return seats


def _weights_of(panel: NDArray[np.integer], judges: int) -> Weights:
    weights = np.zeros((judges, judges), dtype=np.int64)
    if panel.shape[1] <= FEW:
        for one, other in combinations(panel.astype(np.int64).T, 2):
            weights += np.bincount(one * judges + other, minlength=judges**2).reshape(judges, judges)
        return weights + weights.T
    for start in range(0, len(panel), SLICE):
        seats = _seats_of(panel[start : start + SLICE], judges).astype(np.float32)
        # Counts stay below 2²⁴ in each slice, so that single precision is exact.
        weights += np.rint(seats.T @ seats).astype(np.int64)
    np.fill_diagonal(weights, 0)
    return weights


def _check(submissions: int, judges: int, quorum: int, conflicts: NDArray[np.int64]) -> None:
    kept_out = np.unique(conflicts, axis=0)[:, 0] if len(conflicts) else np.empty(0, dtype=np.int64)
    short = np.flatnonzero(judges - np.bincount(kept_out, minlength=submissions) < quorum)
    if len(short):
        raise TooFewJudges(short, quorum)
