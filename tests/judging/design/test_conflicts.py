"""Plans with conflicts: the smallest feasible largest load, checked by an independent flow."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from campaign.judging.design import TooFewJudges, plan


def is_feasible(eligible: NDArray[np.bool_], quorum: int, most: int) -> bool:
    """Whether every photo can have its quorum with no judge having more than `most`: augmenting paths, one by one."""
    photos, judges = eligible.shape
    held: list[set[int]] = [set() for _ in range(judges)]

    def place(photo: int, visited: set[int]) -> bool:
        for judge in np.flatnonzero(eligible[photo]):
            if judge in visited or photo in held[judge]:
                continue
            visited.add(int(judge))
            if len(held[judge]) < most:
                held[judge].add(photo)
                return True
            for other in list(held[judge]):
                if place(other, visited):
                    held[judge].remove(other)
                    held[judge].add(photo)
                    return True
        return False

    return all(place(photo, set()) for photo in range(photos) for _ in range(quorum))


def smallest_largest_load(eligible: NDArray[np.bool_], quorum: int) -> int:
    return next(most for most in range(len(eligible) + 1) if is_feasible(eligible, quorum, most))


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 8), st.integers(2, 5), st.data())
def test_the_largest_load_is_the_smallest_feasible(photos: int, judges: int, data: st.DataObject) -> None:
    quorum = data.draw(st.integers(1, min(3, judges)))
    cells = data.draw(st.lists(st.booleans(), min_size=photos * judges, max_size=photos * judges))
    eligible = np.array(cells).reshape(photos, judges)
    assume((eligible.sum(axis=1) >= quorum).all())

    design = plan(photos, judges, quorum, conflicts=np.argwhere(~eligible), seed=3)

    assert np.bincount(design.pairs[:, 0], minlength=photos).tolist() == [quorum] * photos
    assert len(np.unique(design.pairs, axis=0)) == len(design.pairs)
    assert eligible[design.pairs[:, 0], design.pairs[:, 1]].all()
    assert design.load_max == smallest_largest_load(eligible, quorum)


def test_own_photos_of_a_few_leave_a_large_round_level_and_in_one_piece() -> None:
    conflicts = np.stack([np.arange(300), np.arange(300) % 10], axis=1)

    design = plan(3_000, 10, 3, conflicts=conflicts, seed=1)

    assert (design.load_min, design.load_max, design.pieces) == (900, 900, 1)
    assert not set(map(tuple, design.pairs.tolist())) & set(map(tuple, conflicts.tolist()))
    meetings = design.weights[np.triu_indices(10, 1)]
    assert meetings.max() - meetings.min() <= 1
    assert design.smallest_cut == design.weights.sum(axis=0).min()


def test_two_camps_that_can_meet_over_one_photo_only_are_joined_there() -> None:
    camps = [(photo, judge) for photo in range(1, 21) for judge in range(4) if (judge < 2) == (photo % 2 == 0)]

    for seed in range(4):
        design = plan(21, 4, 2, conflicts=np.array(camps), seed=seed)

        assert (design.pieces, design.load_min, design.load_max) == (1, 10, 11)


def test_photos_with_too_few_judges_are_named() -> None:
    conflicts = np.array([[4, 0], [4, 1], [2, 0], [2, 2], [2, 2], [1, 0]])

    with pytest.raises(TooFewJudges, match="these submissions: 2, 4") as refusal:
        plan(6, 3, 2, conflicts=conflicts)

    assert refusal.value.photos.tolist() == [2, 4]


def test_of_very_many_photos_the_first_are_named() -> None:
    with pytest.raises(TooFewJudges, match="18, 19 and 980 more"):
        plan(1_000, 2, 3)
