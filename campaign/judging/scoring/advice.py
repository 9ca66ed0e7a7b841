"""Honest advice at a cut: whether the last above and the first below really differ, and what would settle it.

What is known of the difference of two scores is taken as Gaussian, mean d and standard deviation s. It is settled
when one is above the other with probability 0.95 or more. With k more ballots on each, of noise variance n per pair of
ballots, it will be known to s′ with 1/s′² = 1/s² + k/n; its mean will by then have moved by a Gaussian amount of
variance s² − s′², which is all that can be said of it beforehand. So the probability that k ballots settle it is that
of |d + move| ≥ 1.645 s′ (the preposterior analysis of Raiffa and Schlaifer, Applied Statistical Decision Theory,
Harvard 1961, chapter 5).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from campaign.judging.scoring.certainty import NORMAL
from campaign.judging.scoring.outcome import Outcome, Standing

SETTLED = 0.95
"""So sure are we called sure which of two is better."""
ENOUGH = 0.8
"""The fewest ballots are advised that settle it with this probability, or as many as can be had."""
WORTHWHILE = 0.1
"""Ballots that settle it with less than this are not advised."""
COIN_TOSS = 0.6
MOST_BALLOTS = 1_000


@dataclass(frozen=True, kw_only=True)
class Advice:
    """What is to be said of the two photos at a cut."""

    above: str
    """The last photo above the cut, by name,"""
    below: str
    """and the first below it."""
    probability: float
    """That `above` is the better of the two."""
    is_settled: bool
    more: int | None
    """So many more ballots on each of the two are advised; None where none are needed or none would help."""
    chance: float | None
    """The probability that these would settle it."""
    sentence: str


def advise(outcome: Outcome, cut: int, more_judges: Mapping[str, int]) -> Advice | None:
    """What is to be said of a cut after the first `cut` standings; None where there is nobody judged on either side.

    `more_judges`: for each photo, how many judges there are who could still give it a ballot; 0 for those not named.
    """
    pair = outcome.standings[cut - 1 : cut + 1]
    if cut < 1 or len(pair) < 2 or outcome.posterior is None or pair[1].score is None:  # noqa: PLR2004 -- a pair
        return None
    above, below = pair
    names = sorted(one.submission for one in outcome.standings)
    one, other = names.index(above.submission), names.index(below.submission)
    apart, spread = outcome.posterior.difference(one, other)
    noise = outcome.posterior.noise(one) + outcome.posterior.noise(other)
    probability = _at_most(apart, spread)
    is_settled = max(probability, 1 - probability) >= SETTLED
    most = min(more_judges.get(above.submission, 0), more_judges.get(below.submission, 0), MOST_BALLOTS)
    compared = above.piece == below.piece
    more, chance = (None, None) if is_settled or not compared else _fewest(apart, spread, noise, most)
    return Advice(
        above=above.submission,
        below=below.submission,
        probability=probability,
        is_settled=is_settled and compared,
        more=more,
        chance=chance,
        sentence=_sentence(cut, probability, more, chance, pair=(above, below), is_settled=is_settled),
    )


def chance_to_settle(apart: float, spread: float, noise: float, ballots: int) -> float:
    """The probability that `ballots` more on each settle a difference known as `apart` ± `spread`.

    `noise`: the variance of the difference of two single ballots, one on each.
    """
    if ballots < 1 or spread <= 0:
        return float(_at_most(abs(apart), spread) >= SETTLED)
    then = 1 / (1 / spread**2 + ballots / max(noise, 1e-12))
    moves, needed = math.sqrt(spread**2 - then), NORMAL.inv_cdf(SETTLED) * math.sqrt(then)
    return _at_most(apart - needed, moves) + _at_most(-apart - needed, moves)


def _at_most(reach: float, spread: float) -> float:
    """The probability that something Gaussian around 0 is no more than `reach`."""
    if spread <= 0:
        return 0.5 if reach == 0 else float(reach > 0)
    return NORMAL.cdf(reach / spread)


def _fewest(apart: float, spread: float, noise: float, most: int) -> tuple[int | None, float | None]:
    chance = 0.0
    for ballots in range(1, most + 1):
        chance = chance_to_settle(apart, spread, noise, ballots)
        if chance >= ENOUGH:
            return ballots, chance
    return (most, chance) if chance >= WORTHWHILE else (None, None)


def _sentence(
    cut: int,
    probability: float,
    more: int | None,
    chance: float | None,
    *,
    pair: tuple[Standing, Standing],
    is_settled: bool,
) -> str:
    last, first = ordinal(cut), ordinal(cut + 1)
    if pair[0].piece != pair[1].piece:
        return f"{last} and {first} were never compared, not even by way of other photos: no judge links them."
    known = f"{last} is above {first} with probability {_figure(probability)}"
    if is_settled:
        return f"{known}; nothing more is needed."
    if probability < COIN_TOSS:
        known = f"{last} against {first} is a coin toss"
    if more is None or chance is None:
        return f"{known}; no number of ballots you can get would settle it."
    ballots = "1 more ballot" if more == 1 else f"{more} more ballots"
    return f"{known}; {ballots} on each would settle it with probability {_figure(chance)}."


def _figure(probability: float) -> str:
    """Two decimals at most, never a certainty that is none."""
    return f"{min(max(probability, 0.01), 0.99):.2f}".rstrip("0")


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th, 21st."""
    teens = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
