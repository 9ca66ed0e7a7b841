"""What shortlists, duels and rankings have in common: nothing depends on names or on the order of rows."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import fields
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from campaign.judging.methods import METHODS
from campaign.judging.methods.shape import Given, Method, Terms, Vote, Word
from campaign.judging.scoring import bootstrap
from campaign.judging.scoring.outcome import Outcome

TERMS = Terms(2)
PHOTOS = "abcde"
JUDGES = "xyz"
FEW = settings(max_examples=25, deadline=None)

pairs = some.tuples(some.sampled_from(JUDGES), some.permutations(PHOTOS).map(lambda one: one[:2]))
votes = some.dictionaries(some.tuples(some.sampled_from(JUDGES), some.sampled_from(PHOTOS)), some.sampled_from(Vote))
lists = some.dictionaries(some.sampled_from(JUDGES), some.permutations(PHOTOS).map(lambda one: one[:4]))


shortlists = votes.map(lambda said: [Given(judge, photo, Word(vote=vote)) for (judge, photo), vote in said.items()])
duels = some.lists(pairs, max_size=12).map(
    lambda said: [Given(judge, "+".join(sorted(pair)), Word(winner=pair[0])) for judge, pair in said]
)
rankings = lists.map(
    lambda said: [
        Given(judge, "+".join(sorted(order)), Word(ranking=tuple((photo,) for photo in order)))
        for judge, order in said.items()
    ]
)
rounds = some.one_of(
    shortlists.map(lambda said: (Method.SHORTLIST, said)),
    duels.map(lambda said: (Method.DUEL, said)),
    rankings.map(lambda said: (Method.RANKING, said)),
)
Said = tuple[Method, list[Given]]


@pytest.fixture(autouse=True, scope="module")
def _few_resamples() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bootstrap, "MOST", 20)
        patch.setattr(bootstrap, "FEWEST", 20)
        yield


def _score(said: Said, photos: str = PHOTOS, cut: int | None = 2) -> Outcome:
    method, ballots = said
    rule = METHODS[method]
    return rule.score(rule.columns(photos, ballots, TERMS), TERMS, seed=3, cut=cut)


def _figures(one: object) -> Iterator[float]:
    for field in fields(one):
        value = getattr(one, field.name)
        yield from (figure for figure in (*getattr(value, "values", list)(), value) if isinstance(figure, float))


@FEW
@given(rounds)
def test_there_is_a_figure_for_all_that_was_judged_and_never_a_nan(said: Said) -> None:
    outcome = _score(said)

    assert sorted(one.submission for one in outcome.standings) == list(PHOTOS)
    assert math.isclose(sum(one.above or 0 for one in outcome.standings), 2)
    for one in outcome.standings:
        assert (one.score is None) == (one.ballots == 0) == (one.low is None)
        if one.score is not None and one.low is not None and one.high is not None:
            assert 0 <= one.low <= one.score <= one.high <= 1
    assert all(math.isfinite(figure) for one in (*outcome.standings, *outcome.judges) for figure in _figures(one))


@FEW
@given(rounds, some.randoms())
def test_the_order_of_ballots_changes_nothing(said: Said, random: Random) -> None:
    method, ballots = said
    shuffled = list(ballots)
    random.shuffle(shuffled)

    found, expected = _score((method, shuffled), "edcba"), _score(said)
    assert (found.standings, found.judges, found.pieces) == (expected.standings, expected.judges, expected.pieces)


@FEW
@given(rounds, some.permutations(PHOTOS), some.permutations(JUDGES))
def test_names_mean_nothing(said: Said, photos: list[str], judges: list[str]) -> None:
    method, ballots = said
    called = str.maketrans(PHOTOS, "".join(photos))
    others = [
        Given(
            dict(zip(JUDGES, judges, strict=True))[one.judge],
            "+".join(sorted(one.subject.translate(called).split("+"))),
            Word(
                vote=one.word.vote,
                winner=one.word.winner and one.word.winner.translate(called),
                ranking=one.word.ranking
                and tuple(tuple(photo.translate(called) for photo in tier) for tier in one.word.ranking),
            ),
        )
        for one in ballots
    ]

    def known(outcome: Outcome, names: dict[str, str]) -> dict[str, tuple[object, ...]]:
        return {
            names[one.submission]: (
                one.rank,
                one.ballots,
                None if one.score is None else pytest.approx(one.score, abs=2e-6),
            )
            for one in outcome.standings
        }

    before = known(_score(said, cut=None), dict(zip(PHOTOS, photos, strict=True)))
    assert known(_score((method, others), cut=None), dict(zip(PHOTOS, PHOTOS, strict=True))) == before


@FEW
@given(shortlists.filter(bool), some.integers(0, 20))
def test_a_better_vote_never_lowers_a_photo_among_those_the_same_judges_saw(ballots: list[Given], at: int) -> None:
    one = ballots[at % len(ballots)]
    everybody = [
        Given(
            judge, photo, next((b.word for b in ballots if (b.judge, b.subject) == (judge, photo)), Word(vote=Vote.NO))
        )
        for judge in JUDGES
        for photo in PHOTOS
    ]
    raised = [b._replace(word=Word(vote=Vote.YES)) if b[:2] == one[:2] else b for b in everybody]

    def rank(said: list[Given]) -> int:
        return next(s.rank for s in _score((Method.SHORTLIST, said), cut=None).standings if s.submission == one.subject)

    assert rank(raised) <= rank(everybody)


@FEW
@given(duels, some.sampled_from(JUDGES), some.permutations(PHOTOS))
def test_a_duel_won_puts_the_winner_no_lower_beside_the_loser(
    ballots: list[Given], judge: str, order: list[str]
) -> None:
    winner, loser = order[:2]
    more = [*ballots, Given(judge, "+".join(sorted((winner, loser))), Word(winner=winner))]
    even = [*more, Given(judge, "+".join(sorted((winner, loser))), Word(winner=loser))]

    def lead(said: list[Given]) -> float:
        score = {one.submission: one.score or 0 for one in _score((Method.DUEL, said), cut=None).standings}
        return score[winner] - score[loser]

    # A judge whom nobody believes any more is no witness for either side.
    method = METHODS[Method.DUEL]
    trust = {
        one.judge: one.severity or 0 for one in method.score(method.columns(PHOTOS, even, TERMS), TERMS, seed=1).judges
    }
    if trust[judge] > 0.6:
        assert lead(more) >= lead(even)


@pytest.mark.parametrize("method", [Method.SHORTLIST, Method.DUEL, Method.RANKING])
def test_what_is_drawn_is_what_is_said_of_differences(method: Method) -> None:
    said = {
        Method.SHORTLIST: [Given(j, p, Word(vote=Vote.YES if p < j else Vote.NO)) for j in "bcdef" for p in PHOTOS],
        Method.DUEL: [Given("x", f"{a}+{b}", Word(winner=a)) for a in PHOTOS for b in PHOTOS if a < b] * 2,
        Method.RANKING: [Given(j, "a+b+c+d+e", Word(ranking=tuple((p,) for p in PHOTOS))) for j in JUDGES],
    }[method]
    posterior = _score((method, said)).posterior
    assert posterior is not None

    drawn = posterior.draw(np.random.default_rng(1), 20_000)
    apart = drawn[:, 1] - drawn[:, 3]
    mean, deviation = posterior.difference(1, 3)

    assert drawn.shape == (20_000, 5)
    assert mean > 0
    assert apart.mean() == pytest.approx(mean, abs=deviation / 2)
    assert apart.std() == pytest.approx(deviation, rel=0.35)
    assert posterior.difference(2, 2)[0] == 0
    assert 0 <= posterior.noise(2) <= 0.25
