"""Lists for rankings: joined early, full, without a pair that the judge has ranked before."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.judging.design import Lists, Pool, next_lists
from campaign.judging.design.photos import pieces_of

Dealt = list[tuple[int, list[int]]]


def handed(dealt: Dealt) -> Lists:
    """Lists as (judge, photos)."""
    rows = [(number, photo, judge) for number, (judge, photos) in enumerate(dealt) for photo in photos]
    columns = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return Lists(columns[:, 0], columns[:, 1], columns[:, 2])


def play(pool: Pool, judges: int, size: int, seed: int) -> Dealt:
    """All lists of a round in which judges come at random, until nothing is left for anybody."""
    rng = np.random.default_rng(seed)
    dealt: Dealt = []
    waiting = list(range(judges))
    while waiting:
        judge = int(rng.choice(waiting))
        lists = next_lists(pool, judge, handed(dealt), size=size, seed=seed)
        if not lists:
            waiting.remove(judge)
        dealt += [(judge, one.tolist()) for one in lists]
    return dealt


def pieces(dealt: Dealt, photos: int) -> int:
    rows = handed(dealt)
    return len(np.unique(pieces_of(photos + len(dealt), rows.photo, rows.number + photos)[:photos]))


@pytest.mark.parametrize(("photos", "size", "lists"), [(25, 10, 3), (21, 5, 5), (100, 10, 11), (12, 20, 1)])
def test_photos_are_one_piece_after_as_few_lists_as_can_be(photos: int, size: int, lists: int) -> None:
    dealt = play(Pool(photos, 3), 6, size, 1)

    assert pieces(dealt[:lists], photos) == 1
    assert pieces(dealt[: lists - 1], photos) > 1


@settings(max_examples=25, deadline=None)
@given(st.integers(2, 16), st.integers(1, 4), st.integers(2, 6), st.integers(1, 3), st.integers(0, 99))
def test_no_judge_ranks_a_pair_twice(photos: int, judges: int, size: int, quorum: int, seed: int) -> None:
    dealt = play(Pool(photos, quorum), judges, size, seed)

    pairs = [(judge, one, other) for judge, listed in dealt for one in listed for other in listed if one < other]
    assert len(set(pairs)) == len(pairs)
    assert all(2 <= len(set(listed)) == len(listed) <= size for _, listed in dealt)


def test_photos_are_in_as_many_lists_as_each_other() -> None:
    counts = np.bincount([photo for _, listed in play(Pool(40, 3), 8, 8, 2) for photo in listed])

    assert counts.tolist() == [3] * 40


def test_own_photos_and_those_that_are_gone_are_in_no_list() -> None:
    (chosen,) = next_lists(Pool(8, 2, gone=np.array([7])), 0, Lists.nothing(), size=20, barred=np.array([0, 1]))

    assert sorted(chosen.tolist()) == [2, 3, 4, 5, 6]


def test_photos_the_judge_has_not_ranked_come_first() -> None:
    dealt = [(0, [0, 1, 2]), (1, [3, 4, 5]), (2, [2, 3, 0]), (2, [5, 1, 4])]

    (chosen,) = next_lists(Pool(6, 4), 0, handed(dealt), size=3)

    assert sorted(chosen.tolist()) == [3, 4, 5]


def test_nothing_is_left_when_all_has_been_ranked_or_there_is_too_little() -> None:
    assert next_lists(Pool(4, 5), 0, handed([(0, [0, 1, 2, 3])]), size=4) == []
    assert next_lists(Pool(4, 1), 1, handed([(0, [0, 1, 2, 3])]), size=4) == []
    assert next_lists(Pool(1, 5), 0, Lists.nothing(), size=4) == []
