"""Finding photos in a gallery: by words in captions and places, by category and by place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self, TypeVar
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, Select, false, func, literal_column

from campaign.submissions.folding import fold
from campaign.submissions.models import Submission
from campaign.submissions.veil import words_told
from campaign.wording import one_line

LONGEST_ASKED = 200
"""Characters of a search that are read; nobody's caption needs more to be found."""
MOST_WORDS = 12

WORDS = func.to_tsvector(literal_column("'simple'::regconfig"), Submission.folded)
"""Written as the index has it, or the planner would not use it."""

Rows = TypeVar("Rows")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a visitor asked to see of a gallery; what is empty leaves nothing out.

    `q` holds words that must all begin a word of the caption or the place, `category` is one of the campaign's as it
    is written there, `place` is a place in any spelling.
    """

    q: str = ""
    category: str = ""
    place: str = ""

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> Self:
        """From an address's query: anything at all may stand there."""
        return cls(**{name: one_line(asked.get(name, "")[:LONGEST_ASKED]) for name in ("q", "category", "place")})

    def __bool__(self) -> bool:
        return bool(self.q or self.category or self.place)

    def without(self, name: str) -> Wanted:
        """The same with one wish less."""
        return replace(self, **{name: ""})

    def wishing(self, name: str, value: str) -> Wanted:
        """The same with one wish more, or another one."""
        return replace(self, **{name: value})

    def only(self, name: str, value: str) -> Wanted:
        """Nothing but this one wish."""
        return Wanted(**{name: value})

    @property
    def query(self) -> str:
        """`?q=ferry&place=Lisbon`, to be put behind an address; empty where nothing is wished."""
        return f"?{words}" if (words := self.words) else ""

    @property
    def words(self) -> str:
        """The same without its question mark."""
        given = {"q": self.q, "category": self.category, "place": self.place}
        return urlencode({name: value for name, value in given.items() if value})


def matching(query: Select[Rows], wanted: Wanted) -> Select[Rows]:
    """Those rows of a query over submissions that the visitor asked for."""
    return query.where(*wishes(wanted))


def wishes(wanted: Wanted) -> Sequence[ColumnElement[bool]]:
    """The same as conditions. By words and places, nothing is found whose words are hidden from whoever asks."""
    asked: list[ColumnElement[bool]] = [*words_told()] if wanted.q or wanted.place else []
    if wanted.q:
        asked.append(_has_words(wanted.q))
    if wanted.category:
        asked.append(Submission.category == wanted.category)
    if wanted.place:
        asked.append(Submission.folded_place == fold(wanted.place))
    return asked


def _has_words(asked: str) -> ColumnElement[bool]:
    """Folding leaves letters and digits alone, so nothing of the search is read as an operator or a quote."""
    words = fold(asked).split()[:MOST_WORDS]
    if not words:
        return false()
    prefixes = " & ".join(f"'{word}':*" for word in words)
    return WORDS.bool_op("@@")(func.to_tsquery(literal_column("'simple'::regconfig"), prefixes))
