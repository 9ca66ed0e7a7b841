"""Strongest paths against published examples, and how sure a ranking is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from campaign.judging.scoring import bootstrap
from campaign.judging.scoring.outcome import Outcome
from campaign.judging.scoring.ranking_outcome import score_rankings
from campaign.judging.scoring.schulze import beats, preferences_of
from campaign.judging.scoring.sheet import Sheet

Ballot = tuple[str, list[str]]


def ranking_sheet(ballots: list[Ballot], photos: str = "") -> Sheet:
    """From (judge, tiers, best first, each a string of one-letter photos)."""
    names = sorted({photo for _, tiers in ballots for tier in tiers for photo in tier} | set(photos))
    judges = sorted({judge for judge, _ in ballots})
    rows = [
        (judges.index(judge), names.index(photo), place, number)
        for number, (judge, tiers) in enumerate(ballots)
        for place, tier in enumerate(tiers, start=1)
        for photo in tier
    ]
    columns = np.array(rows, dtype=np.int32).reshape(-1, 4).T
    return Sheet(
        photos=names, judges=judges, judge=columns[0], photo=columns[1],
        value=columns[2].astype(np.float64).reshape(-1, 1), ballot=columns[3],
    )  # fmt: skip


def election(*groups: tuple[int, str]) -> Sheet:
    """So many voters with this order."""
    orders = [order for voters, order in groups for _ in range(voters)]
    return ranking_sheet([(f"voter {number:03}", list(order)) for number, order in enumerate(orders)])


EXAMPLE_1 = (
    (5, "ACBED"),
    (5, "ADECB"),
    (8, "BEDAC"),
    (3, "CABED"),
    (7, "CAEBD"),
    (2, "CBADE"),
    (7, "DCEBA"),
    (8, "EBADC"),
)
"""Schulze, "A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner election
method", Social Choice and Welfare 36 (2011), section 3.1, example 1 (page 12 of the author's draft of 16 September
2011): 45 voters, result E > A > C > B > D."""
EXAMPLE_TIED = ((3, "ABCD"), (2, "DABC"), (2, "DBCA"), (2, "CBDA"))
"""Schulze on the Election-Methods list, 17 March 2001, example 1: 9 voters, both B and D win."""


def places(outcome: Outcome) -> list[tuple[str, int, bool, float | None]]:
    return [(one.submission, one.rank, one.tied, one.score) for one in outcome.standings]


def test_example_1_comes_out_as_published() -> None:
    sheet = election(*EXAMPLE_1)

    assert preferences_of(sheet).sum(axis=0).tolist() == [
        [0, 20, 26, 30, 22], [25, 0, 16, 33, 18], [19, 29, 0, 17, 24], [15, 12, 28, 0, 14], [23, 27, 21, 31, 0],
    ]  # fmt: skip
    assert places(score_rankings(sheet, seed=1)) == [
        ("E", 1, False, 1.0), ("A", 2, False, 0.75), ("C", 3, False, 0.5), ("B", 4, False, 0.25), ("D", 5, False, 0.0),
    ]  # fmt: skip


def test_an_example_with_two_winners_comes_out_as_published() -> None:
    assert places(score_rankings(election(*EXAMPLE_TIED), seed=1)) == [
        ("B", 1, True, 0.333333), ("D", 1, True, 0.333333), ("A", 2, True, 0.0), ("C", 2, True, 0.0),
    ]  # fmt: skip


def test_one_that_was_not_ranked_is_not_worst() -> None:
    ballots = [("x", ["a", "b"]), ("y", ["c", "a"]), ("z", ["c", "b"])]
    sheet = ranking_sheet(ballots, photos="abcd")

    assert places(score_rankings(sheet, seed=1)) == [
        ("c", 1, False, 1.0), ("a", 2, False, 0.5), ("b", 3, False, 0.0), ("d", 4, False, None),
    ]  # fmt: skip


def test_two_lists_of_one_judge_are_compared_within_each_alone() -> None:
    sheet = ranking_sheet([("x", ["a", "b"]), ("x", ["c", "d"])])

    outcome = score_rankings(sheet, seed=1)

    assert outcome.pieces == 2
    assert places(outcome) == [
        ("a", 1, True, 0.333333),
        ("c", 1, True, 0.333333),
        ("b", 2, True, 0.0),
        ("d", 2, True, 0.0),
    ]
    assert [dict(one.raw) for one in outcome.standings][:1] == [{"beats": 1.0, "beaten_by": 0.0, "level": 2.0}]


def test_ties_within_a_ballot_prefer_neither() -> None:
    assert preferences_of(ranking_sheet([("x", ["ab", "c"])]))[0].tolist() == [[0, 0, 1], [0, 0, 1], [0, 0, 0]]


def test_many_elections_at_once_are_as_each_alone() -> None:
    votes = np.random.default_rng(7).integers(0, 9, size=(20, 6, 6))
    assert beats(votes).tolist() == [beats(one).tolist() for one in votes]


@given(some.lists(some.permutations("abcde"), min_size=1, max_size=8))
def test_who_beats_everybody_two_by_two_is_first(orders: list[list[str]]) -> None:
    sheet = ranking_sheet([(f"j{number}", order) for number, order in enumerate(orders)])
    votes = preferences_of(sheet).sum(axis=0)
    first = beats(votes)
    for photo in np.flatnonzero((votes > votes.T).sum(axis=1) == 4):
        assert first[photo].sum() == 4
    # Transitive, as section 4.1 of the paper proves.
    assert not ((first.astype(int) @ first.astype(int) > 0) & ~first).any()


@given(some.lists(some.permutations("abcde"), min_size=1, max_size=6), some.integers(0, 4), some.integers(1, 4))
def test_to_rank_one_higher_never_hurts_it(orders: list[list[str]], of: int, up: int) -> None:
    """Monotonicity, section 4.5 of the paper."""
    order = orders[0]
    photo = order[of]
    moved = [one for one in order if one != photo]
    moved.insert(max(of - up, 0), photo)

    def rank(all_orders: list[list[str]]) -> int:
        votes = preferences_of(ranking_sheet([(f"j{number:02}", one) for number, one in enumerate(all_orders)]))
        return int(beats(votes.sum(axis=0))[:, "abcde".index(photo)].sum())

    assert rank([moved, *orders[1:]]) <= rank(orders)


def test_the_same_seed_gives_the_same_interval_and_more_judges_a_narrower_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "MOST", 200)
    groups = ((3, "ABCD"), (1, "BADC"))
    few, again = (score_rankings(election(*groups), seed=5, cut=2) for _ in range(2))
    many = score_rankings(election(*((10 * voters, order) for voters, order in groups)), seed=5, cut=2)

    assert few.standings == again.standings

    def width(outcome: Outcome) -> float:
        return sum((one.high or 0) - (one.low or 0) for one in outcome.standings)

    assert width(many) < width(few) / 2
    assert all((one.low or 0) <= (one.score or 0) <= (one.high or 0) for one in few.standings)


def test_one_judge_alone_leaves_nearly_everything_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "MOST", 200)
    standings = score_rankings(ranking_sheet([("x", list("abcde"))]), seed=1, cut=1).standings
    assert [one.submission for one in standings] == list("abcde")
    assert all((one.high or 0) - (one.low or 0) > 0.7 for one in standings)
    assert 0.4 < (standings[0].above or 0) < 0.8
