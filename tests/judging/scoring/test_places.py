"""Places: rounded, then ranked as in a competition, equals by name."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as some

from campaign.judging.scoring.outcome import Standing
from campaign.judging.scoring.places import place, rank_scores, round_off


def _place(scores: dict[str, float], ballots: list[int] | None = None) -> tuple[Standing, ...]:
    score = np.array(list(scores.values()))
    counts = np.array(ballots if ballots is not None else [1] * len(scores))
    return place(list(scores), score=score, low=score - 1, high=score + 1, ballots=counts)


def test_ties_share_a_rank_and_the_next_is_skipped_equals_by_name() -> None:
    standings = _place({"a": 2.0, "b": 3.0, "c": 4.0, "d": 3.0})
    assert [(one.submission, one.rank, one.tied) for one in standings] == [
        ("c", 1, False), ("b", 2, True), ("d", 2, True), ("a", 4, False),
    ]  # fmt: skip


def test_values_are_rounded_before_they_are_ranked() -> None:
    standings = _place({"a": 0.3, "b": 0.1 + 0.2, "c": 0.3000004})
    assert {(one.rank, one.score) for one in standings} == {(1, 0.3)}


def test_a_difference_in_the_sixth_decimal_is_a_difference() -> None:
    assert [one.rank for one in _place({"a": 0.300001, "b": 0.3})] == [1, 2]


def test_photos_without_a_ballot_share_the_last_rank_and_have_no_score() -> None:
    standings = _place({"a": 0.0, "b": 3.0, "c": np.nan}, ballots=[0, 1, 0])
    assert [(one.submission, one.rank, one.tied, one.score, one.low, one.high) for one in standings] == [
        ("b", 1, False, 3.0, 2.0, 4.0), ("a", 2, True, None, None, None), ("c", 2, True, None, None, None),
    ]  # fmt: skip


def test_there_is_no_minus_zero() -> None:
    assert str(_place({"a": -1e-9})[0].score) == "0.0"


def test_raw_figures_stand_beside_and_those_a_photo_has_not_are_left_out() -> None:
    nothing = np.array([1.0, np.nan])
    raw = {"mean": np.array([2.0000004, np.nan]), "Light": np.array([2.0, 3.0])}
    placed = place(
        ["a", "b"], score=nothing, low=nothing, high=nothing, ballots=np.array([1, 0]),
        pieces=np.array([1, 0]), above=np.array([1.0, 0.0]), raw=raw,
    )  # fmt: skip
    assert [(one.raw, one.piece, one.above) for one in placed] == [
        ({"mean": 2.0, "Light": 2.0}, 1, 1.0), ({"Light": 3.0}, 0, 0.0),
    ]  # fmt: skip


def test_nobody_is_nobody() -> None:
    assert _place({}) == ()


@given(some.lists(some.one_of(some.integers(0, 3).map(float), some.just(float("nan"))), max_size=12))
def test_a_rank_is_one_more_than_those_who_are_better(scores: list[float]) -> None:
    seen = [score for score in scores if not math.isnan(score)]
    expected = [1 + (sum(other > score for other in seen) if not math.isnan(score) else len(seen)) for score in scores]
    assert rank_scores(round_off(np.array(scores, dtype=float))).tolist() == expected
