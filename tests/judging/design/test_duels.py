"""Pairs for duels: the photos are joined early, nobody meets a pair twice, and what is open is asked first."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from campaign.judging.design import Handed, Pool, next_pairs
from campaign.judging.design.photos import gain_of, pieces_of, strengths_of


def handed(rows: list[tuple[int, int, int, int]]) -> Handed:
    """Duels as (photo, photo, judge, winner)."""
    columns: NDArray[np.int64] = np.array(rows, dtype=np.int64).reshape(-1, 4)
    return Handed(columns[:, 0], columns[:, 1], columns[:, 2], columns[:, 3])


def play(
    pool: Pool, judges: int, seed: int, barred: dict[int, list[int]] | None = None
) -> list[tuple[int, int, int, int]]:
    """All duels of a round in which judges come at random, until nothing is left for anybody."""
    rng = np.random.default_rng(seed)
    rows: list[tuple[int, int, int, int]] = []
    waiting = list(range(judges))
    while waiting:
        judge = int(rng.choice(waiting))
        closed = np.array((barred or {}).get(judge, []), dtype=np.int64)
        pairs = next_pairs(pool, judge, handed(rows), barred=closed, wanted=int(rng.integers(1, 4)), seed=seed)
        if not len(pairs):
            waiting.remove(judge)
        rows += [(one, other, judge, int(rng.choice([one, other, -1]))) for one, other in pairs.tolist()]
    return rows


@settings(max_examples=25, deadline=None)
@given(st.integers(2, 16), st.integers(1, 4), st.integers(2, 5), st.integers(0, 99))
def test_photos_are_one_piece_after_n_minus_1_duels_and_pairs_are_new(
    photos: int, judges: int, quorum: int, seed: int
) -> None:
    rows = play(Pool(photos, quorum), judges, seed)

    first = handed(rows[: photos - 1])
    assert len(np.unique(pieces_of(photos, first.first, first.second))) == 1
    assert len({(judge, one, other) for one, other, judge, _ in rows}) == len(rows)
    assert all(one < other for one, other, _, _ in rows)


@settings(max_examples=15, deadline=None)
@given(st.integers(6, 16), st.integers(2, 4), st.integers(0, 99))
def test_every_photo_is_in_its_number_of_duels(photos: int, quorum: int, seed: int) -> None:
    rows = play(Pool(photos, quorum), 3, seed)

    counts = np.bincount([photo for row in rows for photo in row[:2]], minlength=photos)
    assert counts.min() == quorum
    assert counts.max() <= quorum + 1


def test_own_photos_and_those_that_are_gone_are_never_asked_about() -> None:
    rows = play(Pool(12, 3, gone=np.array([5, 6])), 3, 1, {0: [0, 1, 2], 1: [3]})

    assert not {photo for row in rows for photo in row[:2]} & {5, 6}
    assert not {photo for row in rows if row[2] == 0 for photo in row[:2]} & {0, 1, 2}
    assert not {photo for row in rows if row[2] == 1 for photo in row[:2]} & {3}


def test_when_a_photo_goes_what_it_held_together_is_joined_again() -> None:
    star = handed([(0, 1, 0, 0), (0, 2, 0, 0), (0, 3, 0, 0)])

    pairs = next_pairs(Pool(4, 3, gone=np.array([0])), 1, star, wanted=2)

    joined = pieces_of(4, pairs[:, 0].astype(np.int64), pairs[:, 1].astype(np.int64))
    assert len(np.unique(joined[1:])) == 1


def test_of_joined_photos_the_open_question_is_asked_first() -> None:
    rows = handed([(0, 1, 9, 0), (1, 2, 9, 1), (2, 3, 9, 2), (3, 0, 9, 0)])
    strengths = np.array([3.0, 2.9, -1.0, -3.0])

    for seed in range(5):
        (pair,) = next_pairs(Pool(4, 4, strengths=strengths), 1, rows, seed=seed).tolist()
        assert pair in ([0, 1], [2, 3], [1, 2])
        assert pair != [0, 3]


def test_nothing_is_left_when_the_judge_has_met_every_pair() -> None:
    met = handed([(0, 1, 0, 0), (0, 2, 0, 0), (1, 2, 0, 1)])

    assert next_pairs(Pool(3, 9), 0, met).shape == (0, 2)
    assert next_pairs(Pool(3, 9), 1, met).shape == (1, 2)
    assert next_pairs(Pool(1, 9), 0, Handed.nothing()).shape == (0, 2)
    assert next_pairs(Pool(0, 9), 0, Handed.nothing()).shape == (0, 2)


def test_the_same_question_has_the_same_answer() -> None:
    rows = handed(play(Pool(10, 2), 2, 3))

    pool = Pool(10, 4)
    assert next_pairs(pool, 1, rows, wanted=3, seed=7).tolist() == next_pairs(pool, 1, rows, wanted=3, seed=7).tolist()


def test_strengths_follow_the_duels_and_more_duels_leave_less_to_learn() -> None:
    often = handed([(0, 1, 0, 0)] * 6 + [(2, 3, 0, 2)])

    strength, spread = strengths_of(4, often)

    assert strength[0] > strength[2] > 0 > strength[3] > strength[1]
    assert spread[0] < spread[2]
    gains = gain_of(np.zeros(4), spread, 3, np.array([0, 2]))
    assert gains[0] < gains[1]
