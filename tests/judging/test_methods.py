"""Each method reads what judges say, writes it down, reads it back, and ranks by a rule that anybody can redo."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.errors import InvalidInput
from campaign.judging.methods import METHODS, shortlist, stars
from campaign.judging.methods.shape import Criterion, Given, Method, Said, Terms, Vote, Word
from campaign.judging.source import cut

ONE = Terms(1, stars.DEFAULT_CRITERIA)
THREE = Terms(2, (Criterion("Light", 3), Criterion("Story", 2), Criterion("Craft", 1)))
LIST = Terms(2)
SOME = ("a", "b", "c")
PHOTOS = "abcdef"

scores = st.tuples(*[st.integers(1, 5)] * 3)
weighed = st.lists(st.tuples(st.sampled_from(PHOTOS), scores), max_size=40)
voted = st.lists(st.tuples(st.sampled_from(PHOTOS), st.sampled_from(Vote)), max_size=40)


def by_scores(said: list[tuple[str, tuple[int, ...]]]) -> list[Given]:
    return [Given(str(n), photo, Word(scores=got)) for n, (photo, got) in enumerate(said)]


def by_votes(said: list[tuple[str, Vote]]) -> list[Given]:
    return [Given(str(n), photo, Word(vote=vote)) for n, (photo, vote) in enumerate(said)]


def test_each_method_has_its_rule() -> None:
    assert set(METHODS) == set(Method)


@pytest.mark.parametrize(
    ("method", "terms", "said", "word", "written"),
    [
        (Method.STARS, ONE, Said(stars=4), Word(scores=(4,)), {"scores": {"Overall": 4}}),
        (Method.STARS, ONE, Said(scores={"Overall": 4}), Word(scores=(4,)), {"scores": {"Overall": 4}}),
        (
            Method.STARS,
            THREE,
            Said(scores={"Craft": 1, "Light": 5, "Story": 3}),
            Word(scores=(5, 3, 1)),
            {"scores": {"Light": 5, "Story": 3, "Craft": 1}},
        ),
        (Method.SHORTLIST, LIST, Said(vote="maybe"), Word(vote=Vote.MAYBE), {"vote": "maybe"}),
        (Method.DUEL, LIST, Said(winner="b"), Word(winner="b"), {"winner": "b"}),
        (
            Method.RANKING,
            LIST,
            Said(ranking=[["b"], ["c", "a"]]),
            Word(ranking=(("b",), ("a", "c"))),
            {"ranking": [["b"], ["a", "c"]]},
        ),
        (Method.RANKING, LIST, Said(ranking=[["a", "c"]]), Word(ranking=(("a", "c"),)), {"ranking": [["a", "c"]]}),
    ],
)
def test_word_is_read_written_and_restored(
    method: Method, terms: Terms, said: Said, word: Word, written: dict[str, object]
) -> None:
    rule = METHODS[method]

    assert rule.read(said, terms, SOME) == word
    assert rule.write(word, terms) == written
    assert rule.restore(written, terms, SOME) == word


@pytest.mark.parametrize(
    ("method", "terms", "said", "field"),
    [
        (Method.STARS, ONE, Said(), "stars"),
        (Method.STARS, ONE, Said(stars=0), "stars"),
        (Method.STARS, ONE, Said(stars=6), "stars"),
        (Method.STARS, ONE, Said(stars=True), "stars"),
        (Method.STARS, ONE, Said(stars=3, scores={"Overall": 3}), "stars"),
        (Method.STARS, ONE, Said(stars=3, vote="yes"), "vote"),
        (Method.STARS, THREE, Said(stars=3), "scores"),
        (Method.STARS, THREE, Said(scores={"Light": 5, "Story": 3}), "scores"),
        (Method.STARS, THREE, Said(scores={"Light": 5, "Story": 3, "Craft": None}), "scores"),
        (Method.STARS, THREE, Said(scores={"Light": 5, "Story": 3, "Craft": 1, "Mood": 1}), "scores"),
        (Method.SHORTLIST, LIST, Said(), "vote"),
        (Method.SHORTLIST, LIST, Said(vote="perhaps"), "vote"),
        (Method.SHORTLIST, LIST, Said(vote="yes", stars=3), "vote"),
        (Method.DUEL, LIST, Said(), "winner"),
        (Method.DUEL, LIST, Said(winner="d"), "winner"),
        (Method.DUEL, LIST, Said(winner="a", vote="yes"), "winner"),
        (Method.RANKING, LIST, Said(), "ranking"),
        (Method.RANKING, LIST, Said(ranking=[]), "ranking"),
        (Method.RANKING, LIST, Said(ranking=[["a"]]), "ranking"),
        (Method.RANKING, LIST, Said(ranking=[["a"], ["d"]]), "ranking"),
        (Method.RANKING, LIST, Said(ranking=[["a"], ["b", "a"]]), "ranking"),
        (Method.RANKING, LIST, Said(ranking=[["a"], [], ["b"]]), "ranking"),
        (Method.RANKING, LIST, Said(ranking=[["a", "b"]], winner="a"), "ranking"),
    ],
)
def test_what_cannot_be_read_is_told_by_field(method: Method, terms: Terms, said: Said, field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        METHODS[method].read(said, terms, SOME)

    assert list(refusal.value.fields) == [field]


@pytest.mark.parametrize(
    ("method", "terms", "written"),
    [
        (Method.STARS, THREE, {"scores": {"Light": 5}}),
        (Method.STARS, ONE, {"scores": {"Overall": 6}}),
        (Method.STARS, ONE, {"vote": "yes"}),
        (Method.SHORTLIST, LIST, {"vote": "perhaps"}),
        (Method.SHORTLIST, LIST, {"vote": "yes", "scores": {}}),
        (Method.DUEL, LIST, {"winner": "d"}),
        (Method.DUEL, LIST, {"winner": "a", "vote": "yes"}),
        (Method.DUEL, LIST, {"winner": ["a"]}),
        (Method.RANKING, LIST, {"ranking": [["b", "a"]]}),
        (Method.RANKING, LIST, {"ranking": [["a"], ["d"]]}),
        (Method.RANKING, LIST, {"ranking": [["a"], [["b"]]]}),
        (Method.RANKING, LIST, {"ranking": "ab"}),
        (Method.RANKING, LIST, {"ranking": []}),
    ],
)
def test_what_was_never_written_is_not_restored(method: Method, terms: Terms, written: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        METHODS[method].restore(written, terms, SOME)


@pytest.mark.parametrize(
    "criteria",
    [
        [],
        [Criterion("")],
        [Criterion("x" * 41)],
        [Criterion("Light"), Criterion("light")],
        [Criterion("Light", 0)],
        [Criterion("Light", 101)],
        [Criterion(str(n)) for n in range(7)],
    ],
)
def test_criteria_that_cannot_be_are_told(criteria: list[Criterion]) -> None:
    assert stars.mend_criteria(criteria)


def test_shortlist_has_no_criteria() -> None:
    assert shortlist.mend_criteria([]) is None
    assert shortlist.mend_criteria([Criterion("Light")])


@given(weighed)
def test_criteria_rank_by_the_weighted_mean(said: list[tuple[str, tuple[int, ...]]]) -> None:
    for one in stars.tally(PHOTOS, by_scores(said), THREE):
        worth = [Fraction(3 * a + 2 * b + c, 6) for photo, (a, b, c) in said if photo == one.submission]
        expected = float(round(sum(worth) / len(worth), 6)) if worth else None
        assert (one.mean, one.ballots, one.below_quorum) == (expected, len(worth), len(worth) < THREE.quorum)
        assert set(one.breakdown) == ({"Light", "Story", "Craft"} if worth else set())


@given(voted)
def test_shortlist_ranks_by_the_share_of_yes(said: list[tuple[str, Vote]]) -> None:
    standings = shortlist.tally(PHOTOS, by_votes(said), LIST)

    for one in standings:
        votes = [vote for photo, vote in said if photo == one.submission]
        share = Fraction(2 * votes.count(Vote.YES) + votes.count(Vote.MAYBE), 2 * len(votes)) if votes else None
        assert one.mean == (None if share is None else float(round(share, 6)))
        assert one.breakdown == {vote.value: votes.count(vote) for vote in Vote}
    quorate = [one.mean or 0 for one in standings if not one.below_quorum]
    assert quorate == sorted(quorate, reverse=True)


@given(voted, st.randoms())
def test_order_of_votes_changes_nothing(said: list[tuple[str, Vote]], random: Random) -> None:
    shuffled = list(said)
    random.shuffle(shuffled)

    assert shortlist.tally(PHOTOS, by_votes(shuffled), LIST) == shortlist.tally(PHOTOS, by_votes(said), LIST)


@given(voted, st.integers(1, 8), st.sets(st.sampled_from(PHOTOS)))
def test_cut_takes_all_that_share_the_last_rank_and_nobody_unseen(
    said: list[tuple[str, Vote]], top: int, present: set[str]
) -> None:
    standings = shortlist.tally(PHOTOS, by_votes(said), LIST)

    taken, along = cut(standings, present, top)

    standing = {one.submission: one for one in standings if one.ballots and one.submission in present}
    assert len(taken) == min(top, len(standing)) + along
    for photo, one in standing.items():
        better = sum(other.rank < one.rank for other in standing.values())
        assert (photo in taken) == (better < top)
