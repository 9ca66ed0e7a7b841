"""Cyclic designs: base blocks turned once round the panel, chosen so that all distances meet equally often."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Blocks = NDArray[np.int32]
Bases = NDArray[np.intp]
Numbers = NDArray[np.float64]

CANDIDATES = 300
"""Base blocks among which each orbit is chosen."""
STEPS = 3_000
"""Changes of one judge in one base block tried to even out the distances."""


def orbits_of(turns: int, judges: int, quorum: int, rng: np.random.Generator) -> Blocks:
    """`turns` base blocks, each turned J times: J × turns rows of Q judges in which every judge sits Q × turns times.

    Two judges meet as often as their distance occurs in the base blocks (R. C. Bose, “On the construction of balanced
    incomplete block designs”, Annals of Eugenics 9, 1939, 353–399). Base blocks are chosen one by one among some drawn
    by lot, then changed judge by judge, so that the distances occur as evenly as found.
    """
    if not turns:
        return np.empty((0, quorum), dtype=np.int32)
    bases = _chosen(turns, judges, quorum, rng)
    _polish(bases, judges, rng)
    turned = bases[:, None, :] + np.arange(judges)[None, :, None]
    rows: Blocks = (turned % judges).reshape(-1, quorum).astype(np.int32)
    return rows


def _chosen(turns: int, judges: int, quorum: int, rng: np.random.Generator) -> Bases:
    drawn = np.argsort(rng.random((CANDIDATES, judges)), axis=1)[:, :quorum]
    first, second = np.triu_indices(quorum, 1)
    meetings = _meetings(drawn[:, first] - drawn[:, second], judges)
    sizes = _sizes(judges)
    own = (meetings**2) @ sizes
    so_far = np.zeros(len(sizes))
    chosen = np.empty(turns, dtype=np.intp)
    for turn in range(turns):
        cost = 2 * (meetings @ (so_far * sizes)) + own
        ties = np.flatnonzero(cost <= cost.min() + 1e-9)
        chosen[turn] = ties[rng.integers(len(ties))]
        so_far += meetings[chosen[turn]]
    return drawn[chosen]


def _polish(bases: Bases, judges: int, rng: np.random.Generator) -> None:
    """Change single judges in base blocks, each time for the best, until pair counts are within one."""
    first, second = np.triu_indices(bases.shape[1], 1)
    so_far = _meetings(bases[:, first] - bases[:, second], judges).sum(axis=0)
    sizes = _sizes(judges)
    for _ in range(STEPS if bases.shape[1] < judges else 0):
        if so_far.max() - so_far.min() <= 1:
            return
        base = bases[rng.integers(len(bases))]
        place = int(rng.integers(len(base)))
        others = np.delete(base, place)
        without = so_far - _meetings((base[place] - others)[None], judges)[0]
        free = np.setdiff1d(np.arange(judges), others)
        added = _meetings(free[:, None] - others[None, :], judges)
        cost = 2 * (added @ (without * sizes)) + (added**2) @ sizes
        stay = int(np.searchsorted(free, base[place]))
        now, cost[stay] = cost[stay], np.inf
        ties = np.flatnonzero(cost <= cost.min() + 1e-9)
        if cost[ties[0]] <= now:
            pick = ties[rng.integers(len(ties))]
            base[place], so_far = free[pick], without + added[pick]


def _sizes(judges: int) -> Numbers:
    """How many pairs of judges are at distance 1, 2, … ⌊J/2⌋, in units of J."""
    sizes = np.ones(judges // 2)
    if judges % 2 == 0:
        sizes[-1] = 0.5
    return sizes


def _meetings(apart: NDArray[np.integer], judges: int) -> Numbers:
    """For each row of differences: how often each pair at distance 1, 2, … ⌊J/2⌋ meets in a whole turn."""
    distance = np.abs(apart)
    distance = np.minimum(distance, judges - distance) - 1
    classes = judges // 2
    flat = distance + classes * np.arange(len(apart))[:, None]
    counts: Numbers = np.bincount(flat.ravel(), minlength=classes * len(apart)).reshape(-1, classes).astype(float)
    if judges % 2 == 0:
        # Half a turn brings such a pair back on itself: in a whole turn it meets twice.
        counts[:, -1] *= 2
    return counts
