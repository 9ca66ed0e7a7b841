"""Ranking: a list of photos put in order. Some may share a place; some may be left out, which is no vote on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np

from campaign.errors import InvalidInput
from campaign.judging.methods.columns import Index, indices
from campaign.judging.methods.shape import Criterion, Given, Said, Terms, Word
from campaign.judging.scoring.agreement import Agreement, agreement_on_pairs
from campaign.judging.scoring.outcome import Outcome
from campaign.judging.scoring.ranking_outcome import score_rankings
from campaign.judging.scoring.sheet import Sheet

DEFAULT_CRITERIA: tuple[Criterion, ...] = ()
FEWEST = 2
"""An order of fewer photos than these says nothing."""
MOST = 20


def mend_criteria(criteria: Sequence[Criterion]) -> str | None:
    """A ranking asks one question."""
    return "A ranking has no criteria: a list of photos is put in order." if criteria else None


def photos_each(terms: Terms) -> int:
    """As many as the round's lists hold, 2 to 20; the last lists of a round may hold fewer."""
    return terms.list_size


def read(said: Said, terms: Terms, subject: Sequence[str]) -> Word:
    """`ranking` alone: photos of this assignment, each at most once, at least two of them where there are two."""
    told = _mend(said, subject)
    if told or said.ranking is None:
        raise InvalidInput(f"This round ranks photos. {told}", fields={"ranking": told})
    return Word(ranking=tuple(tuple(sorted(tier)) for tier in said.ranking))


def write(word: Word, terms: Terms) -> dict[str, Any]:
    """`{"ranking": [["a"], ["b", "c"]]}`: tiers, best first; those that share a place in the order of their ids."""
    return {"ranking": [list(tier) for tier in word.ranking or ()]}


def restore(written: Mapping[str, Any], terms: Terms, subject: Sequence[str]) -> Word:
    """`write` backwards; ValueError for what is no order of photos of this assignment."""
    tiers = written.get("ranking")
    if set(written) != {"ranking"} or not isinstance(tiers, list | tuple):
        raise ValueError("not a ranking")
    if not all(isinstance(tier, list | tuple) and all(isinstance(photo, str) for photo in tier) for tier in tiers):
        raise ValueError("not tiers of ids")
    if _mend(Said(ranking=tiers), subject) or any(list(tier) != sorted(tier) for tier in tiers):
        raise ValueError("not an order of photos of this list")
    return Word(ranking=tuple(tuple(tier) for tier in tiers))


def columns(entries: Iterable[str], given: Iterable[Given], terms: Terms) -> Sheet:
    """A row for each photo that a judge ranked and that took part, with its rank in the ballot: 1, 2, 2, 3."""
    ballots = sorted(given, key=lambda one: (one.judge, one.subject))
    index = Index(entries, ballots)
    rows = [
        (index.judge[one.judge], index.photo[photo], place, number)
        for number, one in enumerate(ballots)
        for place, tier in enumerate(one.word.ranking or (), start=1)
        for photo in tier
        if photo in index.photo
    ]
    return Sheet(
        photos=index.photos,
        judges=index.judges,
        judge=indices(row[0] for row in rows),
        photo=indices(row[1] for row in rows),
        value=np.array([row[2] for row in rows], dtype=np.float64).reshape(-1, 1),
        ballot=indices(row[3] for row in rows),
    )


def score(sheet: Sheet, terms: Terms, *, seed: int, cut: int | None = None) -> Outcome:
    """As `scoring.ranking_outcome` says."""
    return score_rankings(sheet, seed=seed, cut=cut)


def agree(sheet: Sheet, terms: Terms) -> Agreement:
    """Krippendorff's alpha over which of two photos is better."""
    return agreement_on_pairs(sheet)


def _mend(said: Said, subject: Sequence[str]) -> str:
    """A sentence about what is no order of these photos; empty where it is one."""
    if said.ranking is None or any(one is not None for one in (said.stars, said.scores, said.vote, said.winner)):
        return "Put them in order, best first."
    ranked = list(chain.from_iterable(said.ranking))
    if not set(ranked) <= set(subject):
        return "Rank the photos of this list alone."
    if len(set(ranked)) != len(ranked) or not all(said.ranking):
        return "Give each photo one place, and each place a photo."
    return "" if len(ranked) >= min(FEWEST, len(subject)) else "Put at least two photos in order."
