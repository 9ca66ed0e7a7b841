"""Advice at a cut: a coin toss is called one, and ballots are advised only where they would help."""

from __future__ import annotations

import math

import numpy as np
import pytest

from campaign.judging.scoring.advice import Advice, advise, chance_to_settle, ordinal
from campaign.judging.scoring.outcome import Outcome, Standing
from tests.judging.scoring.test_certainty import Gaussians


def _standing(name: str, rank: int, score: float | None, piece: int = 1) -> Standing:
    return Standing(
        submission=name, rank=rank, tied=False, score=score, low=score, high=score, ballots=3, piece=piece
    )  # fmt: skip


def _advise(apart: float, more: int = 100, *, spread: float = 0.2, pieces: tuple[int, int] = (1, 1)) -> Advice:
    standings = (_standing("b", 1, 3 + apart, pieces[0]), _standing("a", 2, 3.0, pieces[1]), _standing("c", 3, None))
    posterior = Gaussians(np.array([3.0, 3 + apart, np.nan]), spread=spread)
    told = advise(Outcome(standings=standings, judges=(), pieces=1, posterior=posterior), 1, {"a": more, "b": more})
    assert told is not None
    return told


def test_a_clear_difference_needs_nothing_more() -> None:
    told = _advise(1.0)
    assert (told.above, told.below, told.is_settled, told.more) == ("b", "a", True, None)
    assert told.sentence == "1st is above 2nd with probability 0.99; nothing more is needed."


def test_the_least_number_of_ballots_is_advised_that_will_do() -> None:
    told = _advise(0.5, more=900, spread=0.4)
    assert told.more is not None
    chances = [chance_to_settle(0.5, 0.4 * math.sqrt(2), 2.0, ballots) for ballots in (told.more - 1, told.more)]
    assert chances[0] < 0.8 <= chances[1]
    known, more = "1st is above 2nd with probability 0.81", f"{told.more} more ballots on each"
    assert told.sentence == f"{known}; {more} would settle it with probability 0.8."


def test_with_few_judges_left_the_chance_is_told_as_it_is() -> None:
    told = _advise(0.02, more=60)
    assert told.more == 60
    assert told.sentence == (
        f"1st against 2nd is a coin toss; 60 more ballots on each would settle it with probability {told.chance:.2f}."
    )
    assert told.chance is not None
    assert 0.1 < told.chance < 0.8


@pytest.mark.parametrize("more", [0, 1])
def test_where_nothing_would_help_that_is_said(more: int) -> None:
    told = _advise(0.0, more=more)
    assert (told.probability, told.is_settled, told.more, told.chance) == (0.5, False, None, None)
    assert told.sentence == "1st against 2nd is a coin toss; no number of ballots you can get would settle it."


def test_what_was_never_compared_is_named() -> None:
    told = _advise(1.0, pieces=(1, 2))
    assert (told.is_settled, told.more) == (False, None)
    assert told.sentence == "1st and 2nd were never compared, not even by way of other photos: no judge links them."


def test_a_cut_after_the_last_judged_photo_wants_no_advice() -> None:
    standings = (_standing("a", 1, 3.0), _standing("b", 2, None))
    outcome = Outcome(standings=standings, judges=(), pieces=1, posterior=Gaussians(np.array([3.0, np.nan])))
    assert [advise(outcome, cut, {}) for cut in (0, 1, 2, 3)] == [None] * 4


def test_the_chance_to_settle_is_what_comes_of_it() -> None:
    """Known as 0.1 ± 0.3; five ballots on each; the true difference drawn from that, the ballots from it."""
    apart, spread, noise, ballots, times = 0.1, 0.3, 0.5, 5, 200_000
    random = np.random.default_rng(1)
    truth = random.normal(apart, spread, times)
    seen = truth + random.normal(0, math.sqrt(noise / ballots), times)
    variance = 1 / (1 / spread**2 + ballots / noise)
    after = variance * (apart / spread**2 + seen * ballots / noise)
    settled = (np.abs(after) / math.sqrt(variance) >= 1.6448536).mean()
    assert chance_to_settle(apart, spread, noise, ballots) == pytest.approx(settled, abs=0.005)


@pytest.mark.parametrize(
    ("number", "said"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (25, "25th"), (112, "112th")]
)
def test_ordinals(number: int, said: str) -> None:
    assert ordinal(number) == said
