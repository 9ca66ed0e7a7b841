"""Pieces and smallest cuts: the published example, and every parting of small graphs."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from campaign.judging.design.cuts import labels_of, least_parting, smallest_cut

STOER_WAGNER = [(1, 2, 2), (1, 5, 3), (2, 3, 3), (2, 5, 2), (2, 6, 2), (3, 4, 4), (3, 7, 2), (4, 7, 2), (4, 8, 2),
                (5, 6, 3), (6, 7, 1), (7, 8, 3)]  # fmt: skip
"""M. Stoer and F. Wagner, Journal of the ACM 44 (1997), figure 1: node, node, weight."""


@st.composite
def graphs(draw: st.DrawFn) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    count = draw(st.integers(2, 7))
    weights = np.zeros((count, count), dtype=np.int64)
    rows, columns = np.triu_indices(count, 1)
    weights[rows, columns] = draw(st.lists(st.integers(0, 4), min_size=len(rows), max_size=len(rows)))
    return weights + weights.T


def test_the_published_example_has_a_smallest_cut_of_4() -> None:
    weights = np.zeros((8, 8), dtype=np.int64)
    for one, other, weight in STOER_WAGNER:
        weights[one - 1, other - 1] = weights[other - 1, one - 1] = weight

    cut, side = least_parting(weights)

    assert cut == 4
    assert {frozenset(np.flatnonzero(side) + 1), frozenset(np.flatnonzero(~side) + 1)} == {
        frozenset({3, 4, 7, 8}),
        frozenset({1, 2, 5, 6}),
    }


@given(graphs())
def test_no_parting_of_a_small_graph_weighs_less(weights: np.ndarray[tuple[int, int], np.dtype[np.int64]]) -> None:
    count = len(weights)
    sides = [np.isin(np.arange(count), some) for size in range(1, count) for some in combinations(range(count), size)]

    cut, side = least_parting(weights)

    assert cut == min(int(weights[np.ix_(some, ~some)].sum()) for some in sides)
    assert int(weights[np.ix_(side, ~side)].sum()) == cut
    assert (len(np.unique(labels_of(weights))) == 1) == (cut > 0)


def test_one_node_has_nothing_to_part() -> None:
    assert smallest_cut(np.zeros((1, 1), dtype=np.int64)) == 0
    assert smallest_cut(np.zeros((0, 0), dtype=np.int64)) == 0
