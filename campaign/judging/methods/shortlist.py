"""Shortlist: yes, maybe or no. To put a photo aside for later is no vote and never counts as one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from campaign.errors import InvalidInput
from campaign.judging.methods.shape import Criterion, Given, Said, Terms, Vote, Word
from campaign.judging.scoring.means import Standing, Total, rank

DEFAULT_CRITERIA: tuple[Criterion, ...] = ()

HALVES = {Vote.YES: 2, Vote.MAYBE: 1, Vote.NO: 0}
"""What a vote is worth, in halves."""
WHOLE = 2


def mend_criteria(criteria: Sequence[Criterion]) -> str | None:
    """A shortlist asks one question."""
    return "A shortlist has no criteria: each photo gets one yes, maybe or no." if criteria else None


def read(said: Said, terms: Terms) -> Word:  # noqa: ARG001 -- every method is asked alike
    """`vote` alone."""
    if said.stars is not None or said.scores is not None or said.vote not in set(Vote):
        told = "Give yes, maybe or no."
        raise InvalidInput(f"This round is a shortlist. {told}", fields={"vote": told})
    return Word(vote=Vote(said.vote))


def write(word: Word, terms: Terms) -> dict[str, Any]:  # noqa: ARG001 -- every method is asked alike
    """`{"vote": "yes"}`."""
    return {"vote": str(word.vote)}


def restore(written: Mapping[str, Any], terms: Terms) -> Word:  # noqa: ARG001 -- every method is asked alike
    """`write` backwards; ValueError for what is no vote."""
    if set(written) != {"vote"}:
        raise ValueError("not a vote")
    return Word(vote=Vote(written["vote"]))


def tally(entries: Iterable[str], given: Iterable[Given], terms: Terms) -> list[Standing]:
    """Rank by the share of yes among a photo's votes, where a maybe is half a yes.

    `mean` is (yes + maybe / 2) / votes, from 0 to 1, compared as an exact fraction; the order, the quorum and ties
    are as `scoring.rank` says. `breakdown` holds how many of each were given.
    """
    votes = {entry: dict.fromkeys(HALVES, 0) for entry in entries}
    for _, subject, word in given:
        if subject in votes and word.vote is not None:
            votes[subject][word.vote] += 1
    totals = {
        entry: Total(sum(HALVES[vote] * n for vote, n in got.items()), sum(got.values()))
        for entry, got in votes.items()
    }

    def breakdown(entry: str) -> dict[str, float]:
        return {vote.value: n for vote, n in votes[entry].items()}

    return rank(totals, terms.quorum, whole=WHOLE, breakdown=breakdown)
