"""A plan without conflicts: quorums, level loads, even meetings, one piece."""

from __future__ import annotations

import numpy as np
import pytest

from campaign.judging.design import plan


@pytest.mark.parametrize(("submissions", "judges", "quorum"), [(45, 10, 2), (7, 7, 3), (500, 10, 3), (28_144, 30, 3)])
def test_a_plan_is_level_even_and_in_one_piece(submissions: int, judges: int, quorum: int) -> None:
    design = plan(submissions, judges, quorum, seed=1)

    assert set(np.bincount(design.pairs[:, 0], minlength=submissions)) == {quorum}
    assert len(np.unique(design.pairs, axis=0)) == submissions * quorum
    assert design.load_max - design.load_min <= 1
    meetings = design.weights[np.triu_indices(judges, 1)]
    assert meetings.max() - meetings.min() <= 1
    assert design.pieces == 1
    assert design.smallest_cut == design.weights.sum(axis=0).min()
