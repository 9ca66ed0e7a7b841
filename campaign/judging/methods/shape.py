"""What a method of judging is made of: what a judge says, what it is read as, and how words become a ranking."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from campaign.judging.scoring.agreement import Agreement
from campaign.judging.scoring.outcome import Outcome
from campaign.judging.scoring.sheet import Sheet


class Method(StrEnum):
    STARS = "stars"
    """One photo, a whole number from 1 to 5 for each criterion of the round."""
    SHORTLIST = "shortlist"
    """One photo: yes, maybe or no."""
    DUEL = "duel"
    """Two photos: which of them."""
    RANKING = "ranking"
    """A list of up to twenty photos, put in order; ties are allowed, and some may be left out."""


class Vote(StrEnum):
    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


class Criterion(NamedTuple):
    """One thing that judges look at, and how much it counts beside the others (1 to 100)."""

    name: str
    weight: int = 1


class Terms(NamedTuple):
    """What of a round a method needs to know."""

    quorum: int
    criteria: tuple[Criterion, ...] = ()
    scale: int = 5
    """Stars go from 1 to this: 5 or 10."""
    list_size: int = 10
    """How many photos a list to be ranked holds, 2 to 20."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a judge sent, before anybody looked at it. `stars` is short for the one score of a one-criterion round."""

    stars: int | None = None
    scores: Mapping[str, int | None] | None = None
    vote: str | None = None
    winner: str | None = None
    """The better of two, by its id."""
    ranking: Sequence[Sequence[str]] | None = None
    """Ids, best first; those that share a place stand together, those that are missing are left unranked."""


@dataclass(frozen=True, kw_only=True)
class Word:
    """A ballot as a method read it, in the one field that belongs to the round's method.

    A score for each criterion in the round's order, a vote, the winner of two, or tiers of a ranking, best first.
    """

    scores: tuple[int, ...] | None = None
    vote: Vote | None = None
    winner: str | None = None
    ranking: tuple[tuple[str, ...], ...] | None = None


class Given(NamedTuple):
    """A ballot that stands. `judge` is any name that is always the same for one judge.

    `subject` is what was judged: a photo's id, or the ids of a duel or of a list, sorted, joined by `+`.
    """

    judge: str
    subject: str
    word: Word


def photos_in(subject: str) -> tuple[str, ...]:
    """The photos of a subject, by id."""
    return tuple(subject.split("+"))


class Rule(Protocol):
    """What each method's module gives."""

    DEFAULT_CRITERIA: tuple[Criterion, ...]
    """The criteria of a round that names none."""

    def mend_criteria(self, criteria: Sequence[Criterion]) -> str | None:
        """A sentence about what a round cannot have, or None where it can."""
        ...

    def photos_each(self, terms: Terms) -> int:
        """How many photos one assignment puts before a judge: 1, 2 for a duel, a list's length for a ranking."""
        ...

    def read(self, said: Said, terms: Terms, subject: Sequence[str]) -> Word:
        """What the judge of these photos (their ids) means. Raises InvalidInput that says what to give instead."""
        ...

    def write(self, word: Word, terms: Terms) -> dict[str, Any]:
        """The word as plain JSON, for the record and for programs."""
        ...

    def restore(self, written: Mapping[str, Any], terms: Terms, subject: Sequence[str]) -> Word:
        """`write` backwards. Raises ValueError for what could not have been written of these photos on these terms."""
        ...

    def columns(self, entries: Iterable[str], given: Iterable[Given], terms: Terms) -> Sheet:
        """The ballots in columns; words on anything but the entries are left aside."""
        ...

    def score(self, sheet: Sheet, terms: Terms, *, seed: int, cut: int | None = None) -> Outcome:
        """The result, a pure function of these four, whatever the order of rows. `cut`: how many are to go on."""
        ...

    def agree(self, sheet: Sheet, terms: Terms) -> Agreement:
        """How far the judges agreed, and which two of them unusually."""
        ...
