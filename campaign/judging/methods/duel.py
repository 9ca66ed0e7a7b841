"""Duel: two photos side by side, and which of them. There is no draw; a judge who cannot tell puts the pair aside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from campaign.errors import InvalidInput
from campaign.judging.methods.columns import Index, indices
from campaign.judging.methods.shape import Criterion, Given, Said, Terms, Word, photos_in
from campaign.judging.scoring.agreement import Agreement, agreement_on_pairs
from campaign.judging.scoring.duel_outcome import score_duels
from campaign.judging.scoring.outcome import Outcome
from campaign.judging.scoring.sheet import Sheet

DEFAULT_CRITERIA: tuple[Criterion, ...] = ()
PAIR = 2


def mend_criteria(criteria: Sequence[Criterion]) -> str | None:
    """A duel asks one question."""
    return "A duel has no criteria: of two photos, one is chosen." if criteria else None


def photos_each(terms: Terms) -> int:
    """Two."""
    return PAIR


def read(said: Said, terms: Terms, subject: Sequence[str]) -> Word:
    """`winner` alone, one of the two of this assignment."""
    other = (said.stars, said.scores, said.vote, said.ranking)
    if any(one is not None for one in other) or said.winner not in subject:
        told = "Choose one of the two photos of this duel."
        raise InvalidInput(told, fields={"winner": told})
    return Word(winner=said.winner)


def write(word: Word, terms: Terms) -> dict[str, Any]:
    """`{"winner": id}`."""
    return {"winner": word.winner}


def restore(written: Mapping[str, Any], terms: Terms, subject: Sequence[str]) -> Word:
    """`write` backwards; ValueError for what names neither of the two."""
    if set(written) != {"winner"} or written["winner"] not in subject:
        raise ValueError("not one of the two photos")
    return Word(winner=written["winner"])


def columns(entries: Iterable[str], given: Iterable[Given], terms: Terms) -> Sheet:
    """A row for each duel between two photos that took part: winner and loser."""
    ballots = list(given)
    index = Index(entries, ballots)
    rows = [
        (index.judge[judge], index.photo[winner], index.photo[loser])
        for judge, winner, loser in map(_decided, ballots)
        if winner in index.photo and loser in index.photo
    ]
    return Sheet(
        photos=index.photos,
        judges=index.judges,
        judge=indices(judge for judge, _, _ in rows),
        photo=indices(winner for _, winner, _ in rows),
        other=indices(loser for _, _, loser in rows),
    )


def score(sheet: Sheet, terms: Terms, *, seed: int, cut: int | None = None) -> Outcome:
    """As `scoring.duel_outcome` says."""
    return score_duels(sheet, seed=seed, cut=cut)


def agree(sheet: Sheet, terms: Terms) -> Agreement:
    """Krippendorff's alpha over which of two photos is better."""
    return agreement_on_pairs(sheet)


def _decided(one: Given) -> tuple[str, str, str]:
    """Judge, winner, loser; nobody's name where the word names none of them."""
    pair = photos_in(one.subject)
    winner = one.word.winner or ""
    losers = [photo for photo in pair if photo != winner]
    return one.judge, winner, losers[0] if len(losers) == 1 else ""
