"""Connected pieces: who was never compared with whom."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as some

from campaign.judging.scoring.pieces import Pieces, compared_pieces, connect, judged_pieces
from campaign.judging.scoring.sheet import Sheet
from tests.judging.scoring.sheets import duel_sheet, stars_sheet


def _told(pieces: Pieces) -> tuple[int, list[int], list[int]]:
    return pieces.count, pieces.photo.tolist(), pieces.judge.tolist()


def test_judges_who_share_no_photo_are_pieces_of_their_own_the_largest_first() -> None:
    sheet = stars_sheet([("ann", "a", 1), ("ann", "b", 2), ("bea", "c", 3), ("bea", "d", 4), ("cem", "e", 5)])
    assert _told(judged_pieces(sheet)) == (3, [1, 1, 2, 2, 3], [1, 2, 3])


def test_the_piece_with_more_photos_is_the_first_wherever_its_names_stand() -> None:
    sheet = stars_sheet([("ann", "a", 1), ("bea", "b", 3), ("bea", "c", 4)])
    assert _told(judged_pieces(sheet)) == (2, [2, 1, 1], [2, 1])


def test_one_photo_in_common_joins_two_judges() -> None:
    sheet = stars_sheet([("ann", "a", 1), ("ann", "b", 2), ("bea", "b", 3), ("bea", "c", 4)])
    assert _told(judged_pieces(sheet)) == (1, [1, 1, 1], [1, 1])


def test_a_photo_without_a_ballot_belongs_to_no_piece() -> None:
    assert _told(judged_pieces(stars_sheet([("ann", "b", 1)], photos=["a"]))) == (1, [0, 1], [1])


def test_no_ballots_at_all_are_no_pieces() -> None:
    assert _told(judged_pieces(stars_sheet([], photos=["a", "b"]))) == (0, [0, 0], [])


def test_duels_compare_photos_only_where_they_met() -> None:
    one_judge_two_islands = duel_sheet([("ann", "a", "b"), ("ann", "c", "d"), ("bea", "d", "e")], photos=["f"])
    assert _told(compared_pieces(one_judge_two_islands)) == (2, [2, 2, 1, 1, 1, 0], [1, 1])


def test_rankings_compare_photos_of_one_list_and_not_those_of_one_judge() -> None:
    photo, ballot = np.array([0, 1, 2, 3], dtype=np.int32), np.array([0, 0, 1, 1], dtype=np.int32)
    judge = np.zeros(4, dtype=np.int32)
    ranks = np.array([[1.0], [2.0], [1.0], [2.0]])
    sheet = Sheet(photos=list("abcd"), judges=["ann"], judge=judge, photo=photo, value=ranks, ballot=ballot)
    assert _told(compared_pieces(sheet)) == (2, [1, 1, 2, 2], [1])


def test_a_chain_of_thirty_thousand_is_one_piece() -> None:
    order = np.random.default_rng(1).permutation(30_000)
    assert not connect(30_000, order[:-1], order[1:]).any()


@given(some.lists(some.tuples(some.integers(0, 11), some.integers(0, 11)), max_size=30))
def test_components_are_those_found_by_walking(edges: list[tuple[int, int]]) -> None:
    one, other = (np.array([edge[end] for edge in edges], dtype=np.int32) for end in (0, 1))
    walked = list(range(12))
    for _ in range(12):
        for left, right in edges:
            walked[left] = walked[right] = min(walked[left], walked[right])
    assert connect(12, one, other).tolist() == walked
