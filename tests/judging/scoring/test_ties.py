"""Ties are told, and broken by the rule that was chosen alone."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as some

from campaign.judging.scoring.outcome import Standing
from campaign.judging.scoring.sheet import Sheet
from campaign.judging.scoring.ties import Decision, Place, TieRule, break_ties, lot
from tests.judging.scoring.sheets import duel_sheet, stars_sheet
from tests.judging.scoring.test_schulze import ranking_sheet

NOBODY = stars_sheet([], photos="abcdef")


def standing(submission: str, rank: int, ballots: int = 1, *, score: float | None = 1.0) -> Standing:
    return Standing(submission=submission, rank=rank, tied=True, score=score, low=score, high=score, ballots=ballots)


TIED = (standing("a", 1), standing("b", 2, 3), standing("c", 2, 5), standing("d", 2, 3), standing("e", 5))


def told(places: Sequence[Place]) -> list[tuple[str, int, bool, str | None]]:
    return [(one.submission, one.place, one.tied, one.broken_by) for one in places]


def test_shared_places_stay_shared() -> None:
    assert told(break_ties(TIED, NOBODY, Decision())) == [
        ("a", 1, False, None), ("b", 2, True, None), ("c", 2, True, None), ("d", 2, True, None), ("e", 5, False, None),
    ]  # fmt: skip


def test_more_ballots_go_first_and_equal_numbers_stay_tied() -> None:
    assert told(break_ties(TIED, NOBODY, Decision(rule=TieRule.MORE_BALLOTS)))[1:4] == [
        ("c", 2, False, "more_ballots"), ("b", 3, True, "more_ballots"), ("d", 3, True, "more_ballots"),
    ]  # fmt: skip


def test_the_draw_is_one_that_anybody_can_redo() -> None:
    places = break_ties(TIED, NOBODY, Decision(rule=TieRule.DRAW, seed=2026))

    drawn = sorted("bcd", key=lambda one: hashlib.sha256(f"2026:{one}".encode()).hexdigest())
    assert told(places)[1:4] == [(one, 2 + at, False, "draw") for at, one in enumerate(drawn)]
    assert lot(2026, "b") == hashlib.sha256(b"2026:b").hexdigest()


def test_the_chairs_vote_counts_where_it_names_all_who_are_tied() -> None:
    def places(order: Sequence[str]) -> list[tuple[str, int, bool, str | None]]:
        return told(break_ties(TIED, NOBODY, Decision(rule=TieRule.CHAIR, votes={2: order})))[1:4]

    assert places("dbc") == [("d", 2, False, "chair"), ("b", 3, False, "chair"), ("c", 4, False, "chair")]
    unbroken = [("b", 2, True, None), ("c", 2, True, None), ("d", 2, True, None)]
    assert [places(order) for order in ("", "db", "dbcc", "dbx")] == [unbroken] * 4


def test_a_vote_of_the_chair_is_nothing_under_another_rule() -> None:
    assert told(break_ties(TIED, NOBODY, Decision(votes={2: "dbc"})))[1:4] == [
        ("b", 2, True, None), ("c", 2, True, None), ("d", 2, True, None),
    ]  # fmt: skip


def test_photos_without_a_ballot_are_never_put_in_order() -> None:
    unseen = (standing("a", 1), standing("b", 2, 0, score=None), standing("c", 2, 0, score=None))
    for rule in TieRule:
        assert told(break_ties(unseen, NOBODY, Decision(rule=rule)))[1:] == [("b", 2, True, None), ("c", 2, True, None)]


HEAD_TO_HEAD = Decision(rule=TieRule.HEAD_TO_HEAD)


@pytest.mark.parametrize(
    "sheet",
    [
        stars_sheet(
            [("x", "b", 3), ("x", "c", 4), ("y", "b", 1), ("y", "c", 2), ("z", "b", 5), ("x", "d", 1)], photos="ae"
        ),
        duel_sheet([("x", "c", "b"), ("y", "c", "b"), ("z", "b", "c"), ("x", "b", "d"), ("y", "a", "c")], photos="e"),
        ranking_sheet([("x", ["c", "b", "d"]), ("y", ["c", "bd"]), ("z", ["b", "a", "d"])], photos="e"),
    ],
)
def test_head_to_head_asks_those_who_had_both(sheet: Sheet) -> None:
    places = told(break_ties(TIED, sheet, HEAD_TO_HEAD))
    assert places[1:4] == [
        ("c", 2, False, "head_to_head"), ("b", 3, False, "head_to_head"), ("d", 4, False, "head_to_head"),
    ]  # fmt: skip


def test_a_circle_head_to_head_stays_tied() -> None:
    circle = duel_sheet([("x", "b", "c"), ("x", "c", "d"), ("x", "d", "b")], photos="ae")
    assert told(break_ties(TIED, circle, HEAD_TO_HEAD))[1:4] == [
        ("b", 2, True, None), ("c", 2, True, None), ("d", 2, True, None),
    ]  # fmt: skip


@given(some.lists(some.integers(1, 3), min_size=1, max_size=8), some.sampled_from(TieRule), some.integers(0, 9))
def test_a_rule_never_moves_anybody_past_a_better_rank(ranks: list[int], rule: TieRule, seed: int) -> None:
    ordered = sorted(ranks)
    standings = [standing(f"p{at}", 1 + ordered.index(rank), at % 3) for at, rank in enumerate(ordered)]
    by_name = {one.submission: one for one in standings}
    photos = list(by_name)

    places = break_ties(standings, stars_sheet([], photos=photos), Decision(rule=rule, seed=seed))

    assert sorted(one.submission for one in places) == sorted(photos)
    for one in places:
        better = sum(other.rank < by_name[one.submission].rank for other in standings)
        equal = sum(other.rank == by_name[one.submission].rank for other in standings)
        assert better < one.place <= better + equal
        assert one.tied == (sum(other.place == one.place for other in places) > 1)
        assert one.place == 1 + sum(other.place < one.place for other in places)
