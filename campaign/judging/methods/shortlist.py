"""Shortlist: yes, maybe or no. To put a photo aside for later is no vote and never counts as one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from campaign.errors import InvalidInput
from campaign.judging.methods.columns import Index, indices
from campaign.judging.methods.shape import Criterion, Given, Said, Terms, Vote, Word
from campaign.judging.scoring.agreement import Agreement, agreement_on_votes
from campaign.judging.scoring.outcome import Outcome
from campaign.judging.scoring.sheet import Sheet
from campaign.judging.scoring.shortlist_outcome import score_shortlist

DEFAULT_CRITERIA: tuple[Criterion, ...] = ()

HALVES = {Vote.YES: 2, Vote.MAYBE: 1, Vote.NO: 0}
"""What a vote is worth, in halves."""
WHOLE = 2


def mend_criteria(criteria: Sequence[Criterion]) -> str | None:
    """A shortlist asks one question."""
    return "A shortlist has no criteria: each photo gets one yes, maybe or no." if criteria else None


def photos_each(terms: Terms) -> int:
    """One."""
    return 1


def read(said: Said, terms: Terms, subject: Sequence[str]) -> Word:
    """`vote` alone."""
    other = (said.stars, said.scores, said.winner, said.ranking)
    if any(one is not None for one in other) or said.vote not in set(Vote):
        told = "Give yes, maybe or no."
        raise InvalidInput(f"This round is a shortlist. {told}", fields={"vote": told})
    return Word(vote=Vote(said.vote))


def write(word: Word, terms: Terms) -> dict[str, Any]:
    """`{"vote": "yes"}`."""
    return {"vote": str(word.vote)}


def restore(written: Mapping[str, Any], terms: Terms, subject: Sequence[str]) -> Word:
    """`write` backwards; ValueError for what is no vote."""
    if set(written) != {"vote"}:
        raise ValueError("not a vote")
    return Word(vote=Vote(written["vote"]))


def columns(entries: Iterable[str], given: Iterable[Given], terms: Terms) -> Sheet:
    """A row for each vote on a photo that took part: 1 for yes, a half for maybe, 0 for no."""
    ballots = list(given)
    index = Index(entries, ballots)
    rows = [one for one in ballots if one.subject in index.photo and one.word.vote is not None]
    worth = [HALVES[one.word.vote] / WHOLE for one in rows if one.word.vote is not None]
    return Sheet(
        photos=index.photos,
        judges=index.judges,
        judge=indices(index.judge[one.judge] for one in rows),
        photo=indices(index.photo[one.subject] for one in rows),
        value=np.array(worth, dtype=np.float64).reshape(-1, 1),
    )


def score(sheet: Sheet, terms: Terms, *, seed: int, cut: int | None = None) -> Outcome:
    """As `scoring.shortlist_outcome` says."""
    return score_shortlist(sheet, seed=seed, cut=cut)


def agree(sheet: Sheet, terms: Terms) -> Agreement:
    """Krippendorff's alpha, ordinal: a maybe lies between no and yes."""
    return agreement_on_votes(sheet)
