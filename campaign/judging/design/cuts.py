"""How well a weighted graph hangs together: its connected pieces and its smallest cut."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Weights = NDArray[np.int64]
Labels = NDArray[np.int64]


def labels_of(weights: NDArray[np.integer]) -> Labels:
    """For each node of a graph (n × n weights, an edge where > 0) the smallest node of its connected piece."""
    count = len(weights)
    labels = np.full(count, -1, dtype=np.int64)
    joined = weights > 0
    for node in range(count):
        if labels[node] >= 0:
            continue
        reached = np.zeros(count, dtype=bool)
        edge = reached.copy()
        edge[node] = True
        while edge.any():
            reached |= edge
            edge = joined[edge].any(axis=0) & ~reached
        labels[reached] = node
    return labels


def smallest_cut(weights: Weights) -> int:
    """The least total weight of edges between two parts of an undirected graph, 0 for fewer than two nodes.

    `weights` is n × n, symmetric, whole numbers ≥ 0; the diagonal is ignored.
    """
    return least_parting(weights)[0]


def least_parting(weights: Weights) -> tuple[int, NDArray[np.bool_]]:
    """The smallest cut and one side of it (n booleans). Of cuts equal in weight the first found.

    M. Stoer and F. Wagner, “A simple min-cut algorithm”, Journal of the ACM 44 (1997), 585–591, Algorithm MinimumCut:
    n − 1 phases; each grows a set by the most tightly connected node and then merges the last two, O(n³) in all.
    """
    count = len(weights)
    side = np.zeros(count, dtype=bool)
    if count < 2:  # noqa: PLR2004 -- a cut has two sides
        return 0, side
    left = weights.astype(np.int64)
    np.fill_diagonal(left, 0)
    members = np.eye(count, dtype=bool)
    alive = np.arange(count)
    best = -1
    while len(alive) > 1:
        before, last, weight = _phase(left, alive)
        if best < 0 or weight < best:
            best, side = weight, members[last].copy()
        left[before] += left[last]
        left[:, before] = left[before]
        left[before, before] = 0
        members[before] |= members[last]
        alive = alive[alive != last]
    return best, side


def _phase(left: Weights, alive: Labels) -> tuple[int, int, int]:
    """The last two nodes of a maximum adjacency order over `alive`, and the last one's connection to all others."""
    key = left[alive[0], alive].astype(np.float64)
    rows = left[np.ix_(alive, alive)]
    key[0] = -np.inf
    before, last = 0, 0
    weight = 0.0
    for _ in range(len(alive) - 1):
        before, last = last, int(np.argmax(key))
        weight = float(key[last])
        key += rows[last]
        key[last] = -np.inf
    return int(alive[before]), int(alive[last]), int(weight)
