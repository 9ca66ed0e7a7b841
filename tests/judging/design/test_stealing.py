"""Who is ahead takes from one who is behind: quorums, conflicts and the panel's pieces stay."""

from __future__ import annotations

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from numpy.typing import NDArray

from campaign.judging.design import plan, take, weights_of
from campaign.judging.design.cuts import labels_of

Row = tuple[int, int, int]


def pieces_of(pairs: list[tuple[int, int]], judges: int) -> int:
    """Pieces of the judges who have a photo in common with another."""
    weights = weights_of(np.array(pairs).reshape(-1, 2), judges)
    return len(np.unique(labels_of(weights)[weights.any(axis=0)]))


def test_rows_come_from_the_judge_furthest_behind_from_the_end() -> None:
    rows = np.array([[0, 1, 0], [1, 1, 1], [2, 1, 2], [3, 2, 0], [4, 2, 1]])
    live = np.array([[0, 1], [0, 3], [1, 1], [1, 3], [2, 1], [2, 3], [3, 2], [3, 3], [4, 2], [4, 3], [9, 0], [9, 3]])

    taken = take(rows, 0, live=live, remaining=np.array([0, 3, 2, 0]), wanted=3)

    assert taken.tolist() == [[2, 1, 2], [1, 1, 1], [4, 2, 1]]


def test_what_the_thief_may_not_see_or_has_already_stays() -> None:
    rows = np.array([[0, 1, 0], [1, 1, 1], [2, 1, 2]])
    live = np.array([[0, 1], [0, 2], [1, 1], [1, 0], [2, 1], [2, 2]])

    taken = take(rows, 0, live=live, forbidden=np.array([2]), remaining=np.array([0, 3, 0]), wanted=9)

    assert taken.tolist() == [[0, 1, 0]]


def test_the_last_photo_that_joins_a_judge_who_began_stays() -> None:
    live = np.array([[0, 0], [0, 1], [1, 0], [1, 2], [2, 2], [2, 3]])
    bridge = np.array([[1, 0, 0]])

    from_beyond = take(bridge, 3, live=live, remaining=np.array([1, 0, 0, 0]))
    from_within = take(bridge, 1, live=live, remaining=np.array([1, 0, 0, 0]))

    assert from_beyond.tolist() == []
    assert from_within.tolist() == [[1, 0, 0]]


def test_an_absent_judge_can_lose_everything() -> None:
    live = np.array([[0, 0], [0, 1], [1, 0], [1, 2], [2, 1], [2, 2], [3, 2], [3, 3]])
    rows = np.array([[0, 0, 0], [1, 0, 1]])

    assert take(rows, 3, live=live, remaining=np.array([2, 0, 0, 0]), wanted=5).tolist() == [[1, 0, 1], [0, 0, 0]]


def test_with_nothing_open_nothing_is_taken() -> None:
    none = np.empty((0, 3), dtype=np.int32)

    assert take(none, 0, live=np.empty((0, 2), dtype=np.int32), remaining=np.zeros(2)).shape == (0, 3)


class Panel(RuleBasedStateMachine):
    """Judges at their own paces, one of whom never comes. Whoever has nothing left takes."""

    @initialize(photos=st.integers(8, 30), judges=st.integers(4, 7), quorum=st.integers(2, 3), seed=st.integers(0, 99))
    def begin(self, photos: int, judges: int, quorum: int, seed: int) -> None:
        conflicts = np.array([[photo, photo % judges] for photo in range(0, photos, 5)])
        design = plan(photos, judges, quorum, conflicts=conflicts, seed=seed)
        self.judges, self.quorum, self.photos = judges, quorum, photos
        self.forbidden = conflicts
        self.open = [
            (*pair, place) for pair, place in zip(design.pairs.tolist(), design.position.tolist(), strict=True)
        ]
        self.done: list[tuple[int, int]] = []
        self.pieces = design.pieces

    @rule(judge=st.integers(1, 6), times=st.integers(1, 8), wanted=st.integers(1, 4))
    def work(self, judge: int, times: int, wanted: int) -> None:
        """Judge 0 is absent; the others judge what is theirs, then take."""
        judge = 1 + judge % (self.judges - 1)
        for _ in range(times):
            mine = sorted((row for row in self.open if row[1] == judge), key=lambda row: row[2])
            if mine:
                self.open.remove(mine[0])
                self.done.append(mine[0][:2])
            elif not self.steal(judge, wanted):
                return

    def steal(self, judge: int, wanted: int) -> bool:
        rows: NDArray[np.int64] = np.array(self.open, dtype=np.int64).reshape(-1, 3)
        taken = take(
            rows,
            judge,
            live=np.array(self.pairs()),
            forbidden=self.forbidden[self.forbidden[:, 1] == judge, 0],
            remaining=np.bincount(rows[:, 1], minlength=self.judges),
            wanted=wanted,
        )
        for photo, victim, place in taken.tolist():
            self.open.remove((photo, victim, place))
            self.open.append((photo, judge, place))
        return len(taken) > 0

    def pairs(self) -> list[tuple[int, int]]:
        return self.done + [(photo, judge) for photo, judge, _ in self.open]

    @invariant()
    def all_is_kept(self) -> None:
        if not hasattr(self, "open"):
            return
        pairs = self.pairs()
        assert len(set(pairs)) == len(pairs)
        assert np.bincount([photo for photo, _ in pairs], minlength=self.photos).tolist() == [self.quorum] * self.photos
        assert not set(pairs) & set(map(tuple, self.forbidden.tolist()))
        assert pieces_of(pairs, self.judges) <= self.pieces

    def teardown(self) -> None:
        """Whatever happened, the others can finish all that they may see."""
        if not hasattr(self, "open"):
            return
        left = -1
        while left != len(self.open):
            left = len(self.open)
            for judge in range(1, self.judges):
                self.work(judge - 1, 99, 2)
        barred = set(map(tuple, self.forbidden.tolist()))
        for photo, _, _ in self.open:
            free = [one for one in range(1, self.judges) if (photo, one) not in barred]
            assert all((photo, one) in self.done for one in free)


Panel.TestCase.settings = settings(max_examples=25, stateful_step_count=15, deadline=None)
test_a_panel_at_different_paces_with_one_absent = Panel.TestCase
