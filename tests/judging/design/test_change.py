"""Planning the remainder again: what is done stays, the rest is level, and what cannot be is named."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from campaign.judging.design import Balance, Change, Design, plan, replan
from campaign.judging.design.cuts import labels_of
from campaign.judging.design.shape import weights_of

Pairs = NDArray[np.int32]


def halves(design: Design, share: float = 0.4) -> tuple[Pairs, Pairs]:
    """What is done when everybody has judged a share of theirs, and what is still planned."""
    done = design.position < design.load_max * share
    return design.pairs[done], design.pairs[~done]


def together(fixed: Pairs, change: Change) -> Pairs:
    return np.concatenate([fixed, change.pairs])


def counts(pairs: Pairs, photos: int) -> list[int]:
    return [int(count) for count in np.bincount(pairs[:, 0], minlength=photos)]


def test_a_judge_who_leaves_keeps_what_is_done_and_the_others_share_the_rest() -> None:
    fixed, planned = halves(plan(120, 6, 2, seed=1))

    change = replan(120, np.array([0, 1, 1, 1, 1, 1]), 2, fixed=fixed, planned=planned)

    assert counts(together(fixed, change), 120) == [2] * 120
    assert len(np.unique(together(fixed, change), axis=0)) == 240
    assert 0 not in change.pairs[:, 1]
    assert change.before.loads.tolist() == [40] * 6
    assert change.after.loads.tolist()[0] == (fixed[:, 1] == 0).sum()
    assert np.ptp(change.after.loads[1:]) <= 1
    assert change.after.pieces == 1
    assert change.short.tolist() == []


def test_a_judge_who_joins_gets_as_much_as_all_in_total_or_of_what_remains() -> None:
    fixed, planned = halves(plan(120, 5, 2, seed=1))
    everybody = np.ones(6)

    in_total = replan(120, everybody, 2, fixed=fixed, planned=planned)
    of_the_rest = replan(120, everybody, 2, fixed=fixed, planned=planned, balance=Balance.REMAINING)

    assert in_total.after.loads.tolist() == [40] * 6
    new = np.bincount(of_the_rest.pairs[:, 1], minlength=6)
    assert new.max() - new.min() <= 1


def test_a_judge_at_half_the_pace_gets_half() -> None:
    none = np.empty((0, 2), dtype=np.int32)

    change = replan(100, np.array([1, 1, 0.5]), 1, fixed=none)

    assert change.after.loads.tolist() == [40, 40, 20]


def test_quorums_can_be_raised_lowered_and_differ() -> None:
    fixed, _ = halves(plan(60, 6, 3, seed=1))
    done = np.bincount(fixed[:, 0], minlength=60)

    lowered = replan(60, np.ones(6), 1, fixed=fixed)
    raised = replan(60, np.ones(6), np.where(np.arange(60) < 4, 5, 3), fixed=fixed)

    assert counts(together(fixed, lowered), 60) == np.maximum(done, 1).tolist()
    assert counts(together(fixed, raised), 60) == [5] * 4 + [3] * 56


def test_photos_that_cannot_have_their_quorum_get_what_they_can_and_are_named() -> None:
    fixed = np.array([[0, 0], [1, 1]], dtype=np.int32)
    conflicts = np.array([[0, 1], [2, 0], [2, 1], [2, 2]])

    change = replan(4, np.ones(3), 3, fixed=fixed, conflicts=conflicts)

    assert change.short.tolist() == [[0, 1], [2, 3]]
    assert counts(together(fixed, change), 4) == [2, 3, 0, 3]


def test_every_new_pair_has_a_place_in_its_judges_order() -> None:
    fixed, planned = halves(plan(50, 5, 2, seed=1))

    change = replan(50, np.ones(5), 2, fixed=fixed, planned=planned)

    for judge in range(5):
        mine = change.position[change.pairs[:, 1] == judge]
        assert sorted(mine) == list(range(len(mine)))


def test_with_nothing_left_to_plan_nothing_changes() -> None:
    design = plan(20, 4, 2, seed=1)

    change = replan(20, np.ones(4), 2, fixed=design.pairs)

    assert change.pairs.shape == (0, 2)
    assert change.after.loads.tolist() == change.before.loads.tolist() == design.loads.tolist()


@settings(max_examples=30, deadline=None)
@given(st.integers(2, 30), st.integers(3, 7), st.floats(0, 1), st.data())
def test_what_is_fixed_stays_and_quorums_and_conflicts_hold(
    photos: int, judges: int, share: float, data: st.DataObject
) -> None:
    fixed, planned = halves(plan(photos, judges, 2, seed=1), share)
    cells = st.tuples(st.integers(0, photos - 1), st.integers(0, judges))
    conflicts = np.array(data.draw(st.lists(cells, max_size=6)), dtype=np.int64).reshape(-1, 2)
    quorum = data.draw(st.integers(1, 3))
    pace = np.array([data.draw(st.sampled_from([0, 1])), *[1] * judges])

    change = replan(photos, pace, quorum, fixed=fixed, planned=planned, conflicts=conflicts, seed=2)

    whole = together(fixed, change)
    assert len(np.unique(whole, axis=0)) == len(whole)
    assert not set(map(tuple, change.pairs.tolist())) & set(map(tuple, conflicts.tolist()))
    wanted = np.maximum(np.bincount(fixed[:, 0], minlength=photos), quorum)
    wanted[change.short[:, 0]] -= change.short[:, 1]
    assert counts(whole, photos) == wanted.tolist()
    weights = weights_of(whole, judges + 1)
    at_work = np.bincount(whole[:, 1], minlength=judges + 1) > 0
    assert change.after.pieces == len(np.unique(labels_of(weights)[at_work]))
