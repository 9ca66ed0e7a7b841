"""Panels without conflicts: N groups of Q judges out of J, loads level, meetings as even as can be."""

from __future__ import annotations

from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray

Blocks = NDArray[np.int32]

LARGEST_PASS = 200_000
"""Passes over all combinations are made up to so many combinations."""
CANDIDATES = 300
"""Base blocks among which each orbit is chosen."""


def blocks_of(count: int, judges: int, quorum: int, rng: np.random.Generator) -> tuple[Blocks, int]:
    """`count` × `quorum` judges, and how many of the first rows are perfectly even among themselves.

    Whole passes over all C(J, Q) combinations come first: each pair of judges meets equally often in them. What is
    left is dealt in orbits (a base block and its J turns by one, the cyclic designs of R. C. Bose, “On the
    construction of balanced incomplete block designs”, Annals of Eugenics 9, 1939), with base blocks whose differences
    fill up the classes evenly, and the last fewer than J photos from shuffled decks.
    """
    every = comb(judges, quorum)
    passes = count // every if every <= min(count, LARGEST_PASS) else 0
    whole = np.empty((0, quorum), dtype=np.int32)
    if passes:
        flat = np.fromiter((one for group in combinations(range(judges), quorum) for one in group), dtype=np.int32)
        whole = np.tile(flat.reshape(-1, quorum), (passes, 1))
    left = count - len(whole)
    turns, rest = divmod(left, judges)
    parts = [whole, _orbits(turns, judges, quorum, rng), _deck(rest, judges, quorum, rng)]
    return np.concatenate(parts), len(whole)


def _orbits(turns: int, judges: int, quorum: int, rng: np.random.Generator) -> Blocks:
    """`turns` base blocks, each turned J times: J × turns rows in which every judge has Q × turns."""
    if not turns:
        return np.empty((0, quorum), dtype=np.int32)
    bases = np.argsort(rng.random((CANDIDATES, judges)), axis=1)[:, :quorum]
    classes = _differences(bases, judges)
    sizes = np.ones(classes.shape[1])
    if judges % 2 == 0:
        sizes[-1] = 0.5
    filled = np.zeros(classes.shape[1])
    own = (classes**2) @ sizes
    chosen = np.empty(turns, dtype=np.intp)
    for turn in range(turns):
        cost = 2 * (classes @ (filled * sizes)) + own
        ties = np.flatnonzero(cost <= cost.min() + 1e-9)
        chosen[turn] = ties[rng.integers(len(ties))]
        filled += classes[chosen[turn]]
    turned = bases[chosen][:, None, :] + np.arange(judges)[None, :, None]
    return (turned % judges).reshape(-1, quorum).astype(np.int32)


def _differences(bases: NDArray[np.intp], judges: int) -> NDArray[np.float64]:
    """How often a pair at distance 1, 2, … ⌊J/2⌋ meets in the orbit of each base block."""
    first, second = np.triu_indices(bases.shape[1], 1)
    apart = np.abs(bases[:, first] - bases[:, second])
    apart = np.minimum(apart, judges - apart)
    classes = np.zeros((len(bases), judges // 2))
    np.add.at(classes, (np.arange(len(bases))[:, None], apart - 1), 1)
    if judges % 2 == 0:
        # Half a turn brings such a pair back on itself: in a whole turn it meets twice.
        classes[:, -1] *= 2
    return classes


def _deck(count: int, judges: int, quorum: int, rng: np.random.Generator) -> Blocks:
    """Rows dealt from shuffled decks of all judges, one after the other, nobody twice in a row."""
    rows = np.empty((count, quorum), dtype=np.int32)
    deck: list[int] = []
    for row in rows:
        hand = deck[:quorum]
        deck = deck[quorum:]
        if len(hand) < quorum:
            fresh = [int(one) for one in rng.permutation(judges)]
            taken = set(hand)
            missing = quorum - len(hand)
            more = [one for one in fresh if one not in taken][:missing]
            hand += more
            deck = [one for one in fresh if one not in set(more)]
        row[:] = hand
    return rows
