"""Stars from 1 to 5 or to 10: what a judge may say, and the result of a round."""

from __future__ import annotations

import pytest

from campaign.errors import InvalidInput
from campaign.judging.methods import stars
from campaign.judging.methods.shape import Criterion, Given, Said, Terms, Word

FIVE = Terms(3, (Criterion("Overall"),))
TEN = Terms(3, (Criterion("Light", 3), Criterion("Story", 1)), scale=10)
PHOTO = ("a",)


@pytest.mark.parametrize("score", [1, 7, 10])
def test_a_scale_of_ten_reads_and_restores_up_to_ten(score: int) -> None:
    word = stars.read(Said(scores={"Light": score, "Story": 1}), TEN, PHOTO)
    assert word == Word(scores=(score, 1))
    assert stars.restore(stars.write(word, TEN), TEN, PHOTO) == word


@pytest.mark.parametrize("score", [0, 11, True, None])
def test_beyond_the_scale_nothing_is_read_nor_restored(score: int | None) -> None:
    with pytest.raises(InvalidInput, match="one to ten stars"):
        stars.read(Said(scores={"Light": score, "Story": 1}), TEN, PHOTO)
    with pytest.raises(ValueError, match="from 1 to 10"):
        stars.restore({"scores": {"Light": score, "Story": 1}}, TEN, PHOTO)


def test_six_stars_of_five_are_told() -> None:
    with pytest.raises(InvalidInput, match="A photo gets one to five stars") as told:
        stars.read(Said(stars=6), FIVE, PHOTO)
    assert told.value.fields == {"stars": "Choose a whole number from 1 to 5."}


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (Said(stars=3, vote="yes"), "vote"),
        (Said(stars=3, winner="a"), "winner"),
        (Said(stars=3, ranking=[["a"]]), "ranking"),
    ],
)
def test_another_methods_answer_is_refused_by_name(said: Said, field: str) -> None:
    with pytest.raises(InvalidInput, match="judged by stars") as told:
        stars.read(said, TEN, PHOTO)
    assert told.value.fields == {field: "Give stars from 1 to 10 instead."}


def test_criteria_count_by_their_weights_and_plain_means_stand_beside() -> None:
    given = [Given(judge, "a", Word(scores=(8, 4))) for judge in "xyz"]
    given += [Given(judge, "b", Word(scores=(4, 8))) for judge in "xyz"]
    outcome = stars.score(stars.columns(["a", "b", "c"], given, TEN), TEN, seed=1)
    told = [(one.submission, one.rank, one.score, one.ballots, dict(one.raw)) for one in outcome.standings]
    assert told == [
        ("a", 1, 7.0, 3, {"Light": 8.0, "Story": 4.0, "mean": 7.0}),
        ("b", 2, 5.0, 3, {"Light": 4.0, "Story": 8.0, "mean": 5.0}),
        ("c", 3, None, 0, {}),
    ]


def test_judges_are_told_with_severity_and_spread() -> None:
    scores = {"harsh": (1, 2, 3), "mild": (3, 4, 5)}
    given = [
        Given(judge, photo, Word(scores=(score,)))
        for judge, row in scores.items()
        for photo, score in zip("abc", row, strict=True)
    ]
    judges = stars.score(stars.columns("abc", given, FIVE), FIVE, seed=1).judges
    assert [(one.judge, one.ballots, one.severity, one.spread, one.piece) for one in judges] == [
        ("harsh", 3, 1.0, 1.0, 1), ("mild", 3, -1.0, 1.0, 1),
    ]  # fmt: skip


def test_without_a_ballot_nothing_is_known() -> None:
    outcome = stars.score(stars.columns("abcd", [], FIVE), FIVE, seed=1, cut=2)
    assert [(one.rank, one.tied, one.score, one.above, one.piece) for one in outcome.standings] == [
        (1, True, None, 0.5, 0)
    ] * 4
    assert (outcome.judges, outcome.pieces, outcome.posterior) == ((), 0, None)


def test_islands_are_counted() -> None:
    given = [Given(judge, photo, Word(scores=(3,))) for judge, photo in ("xa", "xb", "yc", "yd", "yb", "ze")]
    outcome = stars.score(stars.columns("abcde", given, FIVE), FIVE, seed=1)
    assert outcome.pieces == 2
    assert {one.submission for one in outcome.standings if one.piece == 2} == {"e"}
