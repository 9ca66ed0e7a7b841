"""The rule of ranking: exact, told ties, the same whatever the order of its input."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from campaign.judging.methods import stars
from campaign.judging.methods.shape import Given, Terms, Word
from campaign.judging.scoring.means import Standing, Total, rank

Stars = list[tuple[str, int]]

PHOTOS = [f"photo-{letter}" for letter in "abcdefgh"]

ballots = st.lists(st.tuples(st.sampled_from(PHOTOS), st.integers(1, 5)), max_size=60)
quorums = st.integers(1, 5)


def tally(entries: Iterable[str], ballots: Stars, quorum: int) -> list[Standing]:
    """By stars for one criterion; each ballot from a judge of its own."""
    given = [Given(str(n), photo, Word(scores=(got,))) for n, (photo, got) in enumerate(ballots)]
    return stars.tally(entries, given, Terms(quorum, stars.DEFAULT_CRITERIA))


def rows(standings: list[Standing]) -> list[tuple[object, ...]]:
    """Submission, rank, tied, mean, ballots, below quorum."""
    return [tuple(vars(one).values())[:-1] for one in standings]


def test_equal_means_share_a_rank_and_the_next_ranks_are_skipped() -> None:
    given_stars = [("a", 5), ("b", 4), ("c", 4), ("d", 1)]

    standings = tally("abcd", given_stars, 1)

    assert [(one.submission, one.rank, one.tied) for one in standings] == [
        ("a", 1, False),
        ("b", 2, True),
        ("c", 2, True),
        ("d", 4, False),
    ]


def test_photos_below_the_quorum_follow_and_unseen_ones_come_last() -> None:
    given_stars = [("low", 1), ("low", 2), ("high", 5)]

    assert rows(tally(["unseen", "high", "low"], given_stars, 2)) == [
        ("low", 1, False, 1.5, 2, False),
        ("high", 2, False, 5.0, 1, True),
        ("unseen", 3, False, None, 0, True),
    ]


def test_thirds_that_are_equal_tie_exactly() -> None:
    given_stars = [*[("a", s) for s in (3, 3, 4)], *[("b", s) for s in (3, 3, 4, 3, 3, 4)]]

    first, second = tally("ab", given_stars, 1)

    assert (first.rank, second.rank, first.tied, second.tied) == (1, 1, True, True)
    assert first.mean == second.mean == 3.333333


def test_means_that_only_rounding_makes_equal_do_not_tie() -> None:
    standings = rank({"a": Total(3_000_000, 1_000_000), "b": Total(9_000_001, 3_000_000)}, 1)

    assert [(one.submission, one.rank, one.tied, one.mean) for one in standings] == [
        ("b", 1, False, 3.0),
        ("a", 2, False, 3.0),
    ]


def test_ballots_on_photos_that_did_not_take_part_are_left_aside() -> None:
    assert rows(tally(["a"], [("a", 3), ("withdrawn", 5)], 1)) == [("a", 1, False, 3.0, 1, False)]


@given(ballots, quorums, st.randoms())
def test_the_order_of_ballots_and_entries_changes_nothing(given_stars: Stars, quorum: int, random: Random) -> None:
    entries, shuffled = list(PHOTOS), list(given_stars)
    random.shuffle(entries)
    random.shuffle(shuffled)

    assert tally(entries, shuffled, quorum) == tally(PHOTOS, given_stars, quorum)


@given(ballots, quorums)
def test_ranks_and_ties_follow_the_exact_means(given_stars: Stars, quorum: int) -> None:
    standings = tally(PHOTOS, given_stars, quorum)
    got_by = {photo: [s for name, s in given_stars if name == photo] for photo in PHOTOS}

    def key(photo: str) -> tuple[int, Fraction]:
        got = got_by[photo]
        mean = Fraction(sum(got), len(got)) if got else Fraction(0)
        return (2 if len(got) >= quorum else 1 if got else 0), mean

    for one in standings:
        others = [key(photo) for photo in PHOTOS if photo != one.submission]
        assert one.rank == 1 + sum(other > key(one.submission) for other in others)
        assert one.tied == (key(one.submission) in others)
    assert sorted(one.submission for one in standings) == PHOTOS


@given(ballots.filter(bool), quorums)
def test_more_stars_never_lower_a_rank(given_stars: Stars, quorum: int) -> None:
    photo, least = given_stars[0]
    raised = [(photo, min(5, least + 1)), *given_stars[1:]]

    before = {one.submission: one.rank for one in tally(PHOTOS, given_stars, quorum)}
    after = {one.submission: one.rank for one in tally(PHOTOS, raised, quorum)}

    assert after[photo] <= before[photo]
    assert all(after[other] >= before[other] for other in PHOTOS if other != photo)
