"""Each method reads what judges say, writes it down, reads it back, and lays it out in columns for scoring."""

from __future__ import annotations

import pytest

from campaign.errors import InvalidInput
from campaign.judging.methods import METHODS, duel, ranking, shortlist, stars
from campaign.judging.methods.shape import Criterion, Given, Method, Said, Terms, Vote, Word

ONE = Terms(1, stars.DEFAULT_CRITERIA)
THREE = Terms(2, (Criterion("Light", 3), Criterion("Story", 2), Criterion("Craft", 1)))
LIST = Terms(2)
SOME = ("a", "b", "c")


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


def test_stars_become_columns_in_the_order_of_the_criteria() -> None:
    given = [
        Given("y", "b", Word(scores=(1, 2, 3))),
        Given("x", "a", Word(scores=(5, 5, 4))),
        Given("x", "gone", Word()),
    ]

    sheet = stars.columns("cab", given, THREE)

    assert (sheet.photos, sheet.judges) == (("a", "b", "c"), ("x", "y"))
    assert (sheet.judge.tolist(), sheet.photo.tolist()) == ([1, 0], [1, 0])
    assert sheet.value is not None
    assert sheet.value.tolist() == [[1, 2, 3], [5, 5, 4]]


def test_votes_become_one_a_half_and_nothing() -> None:
    given = [Given("x", photo, Word(vote=vote)) for photo, vote in zip("abcd", Vote, strict=False)]

    sheet = shortlist.columns("abc", given, LIST)

    assert sheet.value is not None
    assert dict(zip(sheet.photo.tolist(), sheet.value[:, 0].tolist(), strict=True)) == {0: 1.0, 1: 0.5, 2: 0.0}


def test_duels_become_winners_and_losers_of_those_who_took_part() -> None:
    given = [
        Given("x", "a+b", Word(winner="b")),
        Given("y", "a+c", Word(winner="a")),
        Given("y", "a+gone", Word(winner="a")),
    ]

    sheet = duel.columns("abc", given, LIST)

    assert sheet.other is not None
    assert (sheet.judge.tolist(), sheet.photo.tolist(), sheet.other.tolist()) == ([0, 1], [1, 0], [0, 2])


def test_a_ranking_becomes_the_place_of_each_photo_that_took_part() -> None:
    given = [
        Given("y", "a+b+c", Word(ranking=(("c",), ("a", "b")))),
        Given("x", "a+b+gone", Word(ranking=(("b",), ("gone",), ("a",)))),
    ]

    sheet = ranking.columns("abcd", given, LIST)

    assert sheet.value is not None
    assert sheet.ballot is not None
    rows = zip(
        sheet.ballot.tolist(), sheet.judge.tolist(), sheet.photo.tolist(), sheet.value[:, 0].tolist(), strict=True
    )
    assert sorted(rows) == [(0, 0, 0, 3.0), (0, 0, 1, 1.0), (1, 1, 0, 2.0), (1, 1, 1, 2.0), (1, 1, 2, 1.0)]


@pytest.mark.parametrize(
    ("method", "photos"), [(Method.STARS, 1), (Method.SHORTLIST, 1), (Method.DUEL, 2), (Method.RANKING, 7)]
)
def test_an_assignment_holds_as_many_photos_as_the_method_asks_for(method: Method, photos: int) -> None:
    assert METHODS[method].photos_each(Terms(1, stars.DEFAULT_CRITERIA, list_size=7)) == photos


@pytest.mark.parametrize("method", list(Method))
def test_nothing_was_said_and_nothing_is_known(method: Method) -> None:
    rule = METHODS[method]
    sheet = rule.columns("ab", [], ONE)

    outcome = rule.score(sheet, ONE, seed=1, cut=1)

    assert [(one.rank, one.tied, one.score, one.above) for one in outcome.standings] == [(1, True, None, 0.5)] * 2
    assert rule.agree(sheet, ONE).alpha is None
