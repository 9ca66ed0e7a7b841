"""Krippendorff's alpha against his own example, and judges who agree unusually."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from campaign.judging.scoring.agreement import (
    Agreement,
    agreement_on_pairs,
    agreement_on_scores,
    agreement_on_votes,
)
from campaign.judging.scoring.alpha import Metric, alpha
from campaign.judging.scoring.sheet import Sheet
from campaign.judging.scoring.unusual import unusual_choosers, unusual_scorers
from tests.judging.scoring.sheets import duel_sheet, stars_sheet
from tests.judging.scoring.test_schulze import election, ranking_sheet

FOUR_OBSERVERS = """
1 2 3 3 2 1 4 1 2 . . .
1 2 3 3 2 2 4 1 2 5 . 3
. 3 3 3 2 3 4 2 2 5 1 .
1 2 3 3 2 4 4 1 2 5 1 .
"""
"""Krippendorff, "Computing Krippendorff's Alpha-Reliability", University of Pennsylvania 2011, section C: 4 observers,
12 units, missing where there is a point."""


@pytest.mark.parametrize(
    ("metric", "published"),
    [(Metric.NOMINAL, 0.743), (Metric.ORDINAL, 0.815), (Metric.INTERVAL, 0.849), (Metric.RATIO, 0.797)],
)
def test_four_observers_agree_as_published(metric: Metric, published: float) -> None:
    said = [
        (unit, float(value))
        for row in FOUR_OBSERVERS.split("\n")
        for unit, value in enumerate(row.split())
        if value != "."
    ]
    unit, value = zip(*said, strict=True)

    found = alpha(np.array(unit), np.array(value), metric)

    assert found is not None
    assert round(found, 3) == published


def test_the_same_example_comes_out_of_sheets() -> None:
    rows = [
        (f"j{judge}", f"p{unit:02}", float(value))
        for judge, row in enumerate(FOUR_OBSERVERS.split("\n"))
        for unit, value in enumerate(row.split())
        if value != "."
    ]
    sheet = stars_sheet(rows)

    assert (agreement_on_scores(sheet, [7]).alpha, agreement_on_votes(sheet).alpha) == (0.849107, 0.815388)
    assert agreement_on_scores(sheet, [1]).units == 11


@pytest.mark.parametrize(
    "rows", [[], [("x", "a", 1.0)], [("x", "a", 1.0), ("y", "a", 1.0)], [("x", "a", 1.0), ("y", "b", 2.0)]]
)
def test_where_nothing_can_be_said_nothing_is(rows: list[tuple[str, str, float]]) -> None:
    found = agreement_on_scores(stars_sheet(rows), [1])
    assert (found.alpha, found.pairs) == (None, ())
    assert found.sentence == "Too little was judged by more than one judge to say how far they agreed."


@given(some.lists(some.tuples(some.integers(0, 3), some.integers(1, 5)), max_size=20), some.sampled_from(Metric))
def test_alpha_never_exceeds_one(said: list[tuple[int, int]], metric: Metric) -> None:
    columns = np.array(said, dtype=np.int64).reshape(-1, 2).T
    found = alpha(columns[0], columns[1].astype(float), metric)
    assert found is None or found <= 1 + 1e-9


def test_pairs_of_photos_are_agreed_on_in_duels_and_rankings_alike() -> None:
    duels = duel_sheet([(judge, winner, loser) for judge in "xy" for winner, loser in ("ab", "ac", "bc", "cd")])
    orders = ranking_sheet([("x", list("abcd")), ("y", list("abcd"))])

    assert (agreement_on_pairs(duels).alpha, agreement_on_pairs(duels).units) == (1.0, 4)
    assert (agreement_on_pairs(orders).alpha, agreement_on_pairs(orders).units) == (1.0, 6)


def test_opposite_orders_disagree_and_names_mean_nothing() -> None:
    found = [
        agreement_on_pairs(ranking_sheet([("x", list(order)), ("y", list(order[::-1]))])).alpha
        for order in ("abcdefgh", "dbhacfge")
    ]
    assert found[0] == found[1] == pytest.approx(-1, abs=0.04)


def test_random_orders_agree_as_chance_would_have_it() -> None:
    generator = np.random.default_rng(1)
    orders = [(1, "".join(generator.permutation(list("abcdefghij")))) for _ in range(60)]
    assert agreement_on_pairs(election(*orders)).alpha == pytest.approx(0, abs=0.03)


def _panel(generator: np.random.Generator, copied: float = 0.0) -> tuple[list[str], Sheet]:
    """10 judges, 5 on each of 120 photos; the second copies the first where both judge, with that probability."""
    photos, judges = 120, 10
    seen = np.argsort(generator.random((photos, judges)), axis=1)[:, :5]
    felt = generator.normal(0, 0.8, (photos, 1)) + generator.normal(0, 0.5, judges)
    given = felt + generator.normal(0, 1, (photos, judges)) * generator.uniform(0.4, 1.2, judges)
    given[:, 1] = np.where(generator.random(photos) < copied, given[:, 0], given[:, 1])
    stars = np.clip(np.rint(3 + given), 1, 5)
    rows = [
        (f"j{judge}", f"p{photo:03}", float(stars[photo, judge])) for photo in range(photos) for judge in seen[photo]
    ]
    sheet = stars_sheet(rows)
    return list(sheet.judges), sheet


def _unusual(agreement: Agreement) -> list[tuple[str, str, bool]]:
    return [(one.one, one.other, one.agree) for one in agreement.pairs]


def test_one_who_copies_another_is_seen() -> None:
    found = agreement_on_scores(_panel(np.random.default_rng(4), copied=1.0)[1], [1])

    assert _unusual(found) == [("j0", "j1", True)]
    (pair,) = found.pairs
    assert pair.found > 0.8 > pair.expected
    assert pair.p < 0.001
    assert pair.sentence == (
        f"j0 and j1 agreed far more than chance would have it on the {pair.common} that both judged. That may have a "
        "good reason: ask before you conclude anything."
    )


def test_independent_judges_are_named_in_one_round_of_twenty() -> None:
    generator = np.random.default_rng(11)
    named = [bool(agreement_on_scores(_panel(generator)[1], [1]).pairs) for _ in range(120)]
    assert sum(named) / len(named) <= 0.1


def test_two_judges_of_whom_nobody_else_saw_the_photos_are_no_unusual_pair() -> None:
    photo, judge = np.repeat(np.arange(40), 2), np.tile([0, 1], 40)
    assert unusual_scorers(["x", "y"], judge.astype(np.int32), photo.astype(np.int32), np.tile([1.0, 5.0], 40)) == ()


def test_a_judge_who_always_chooses_the_other_one_is_named_in_duels() -> None:
    pair = np.tile(np.arange(30), 4)
    judge = np.repeat(np.arange(4), 30).astype(np.int32)
    first = (pair % 2 == 0) ^ (judge == 3)

    found = unusual_choosers(list("wxyz"), judge, pair, first)

    assert {(one.one, one.other) for one in found if not one.agree} == {("w", "z"), ("x", "z"), ("y", "z")}


def test_one_who_always_gives_the_same_is_no_nan() -> None:
    rows = [
        (judge, f"p{photo:02}", 3.0 if judge == "x" else float(photo % 5)) for judge in "wxyz" for photo in range(20)
    ]
    found = agreement_on_scores(stars_sheet(rows), [1])
    assert all(np.isfinite([one.found, one.expected, one.p]).all() for one in found.pairs)
