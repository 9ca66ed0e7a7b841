"""Panels without conflicts: N groups of Q judges out of J, loads level, meetings as even as can be."""

from __future__ import annotations

from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray

from campaign.judging.design.orbits import orbits_of
from campaign.judging.design.tournament import couples_of

Blocks = NDArray[np.int32]

LARGEST_PASS = 200_000
"""Passes over all combinations are made up to so many combinations."""


def blocks_of(count: int, judges: int, quorum: int, rng: np.random.Generator) -> Blocks:
    """`count` × `quorum` judges.

    Whole passes over all C(J, Q) combinations come first: each pair of judges meets equally often in them. What is
    left is dealt in couples (`tournament.couples_of`) for quorum 2, else in orbits (`orbits.orbits_of`), and the last
    fewer than J photos from shuffled decks.
    """
    every = comb(judges, quorum)
    passes = count // every if every <= min(count, LARGEST_PASS) else 0
    whole = np.empty((0, quorum), dtype=np.int32)
    if passes:
        flat = np.fromiter((one for group in combinations(range(judges), quorum) for one in group), dtype=np.int32)
        whole = np.tile(flat.reshape(-1, quorum), (passes, 1))
    left = count - len(whole)
    if quorum == 2:  # noqa: PLR2004 -- couples
        return np.concatenate([whole, couples_of(left, judges)])
    turns, rest = divmod(left, judges)
    parts = [whole, orbits_of(turns, judges, quorum, rng), _deck(rest, judges, quorum, rng)]
    return np.concatenate(parts)


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
