"""The order in which judges see photos: stopping early leaves work spread and the panel joined."""

from __future__ import annotations

import numpy as np

from campaign.judging.design import Design, plan
from campaign.judging.design.cuts import labels_of
from campaign.judging.design.shape import weights_of


def after(design: Design, each: int) -> np.ndarray[tuple[int, int], np.dtype[np.int32]]:
    """What is done when every judge has judged `each` photos."""
    return design.pairs[design.position < each]


def test_every_judge_has_an_order_without_gaps() -> None:
    design = plan(60, 7, 3, seed=2)

    for judge in range(7):
        mine = design.pairs[:, 1] == judge
        assert sorted(design.position[mine]) == list(range(design.loads[judge]))
        assert set(design.order_of(judge)) == set(design.pairs[mine, 0])


def test_the_panel_is_joined_after_a_few_photos_each() -> None:
    design = plan(1_000, 20, 2, seed=2)

    done = after(design, 10)

    assert len(np.unique(labels_of(weights_of(done, 20)))) == 1


def test_all_photos_have_a_judge_before_most_have_two() -> None:
    design = plan(1_200, 12, 3, seed=2)

    counts = np.bincount(after(design, design.load_max // 3)[:, 0], minlength=1_200)

    assert (counts == 1).mean() > 0.85
    assert (counts == 0).mean() < 0.1


def test_an_order_tells_nothing_of_the_photos_numbers() -> None:
    design = plan(3_000, 6, 2, seed=2)

    for judge in range(6):
        order = design.order_of(judge).astype(float)
        within_a_pass = order[20 : len(order) // 2 - 20]
        assert abs(np.corrcoef(within_a_pass, np.arange(len(within_a_pass)))[0, 1]) < 0.12
