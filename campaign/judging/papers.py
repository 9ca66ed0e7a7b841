"""The rows of a dossier: what stands in it of the round, its judges, their ballots and its result.

Rounds sealed before there were criteria were written in a first format (`flaunt-dossier/1`). What is sealed stays as
it was sealed, so its rows are still read here, and the names ending in `1` are theirs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from campaign.judging.methods import METHODS
from campaign.judging.methods.shape import Criterion, Method, Terms, Word, photos_in
from campaign.judging.methods.stars import DEFAULT_CRITERIA

Hash = str
Instant = str
"""ISO 8601 in UTC with microseconds and `Z`."""
Stars = Annotated[int, Field(ge=1, le=5)]


class Strict(BaseModel):
    """Exactly these fields, of exactly these kinds: an addition is an edit too."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class RoundRecord1(Strict):
    """The round as it was sealed, when all rounds were of stars for one criterion."""

    id: str
    campaign: str
    number: int
    title: str
    method: Literal["stars"]
    quorum: int = Field(ge=1)
    opened_at: Instant
    closes_at: Instant | None
    closed_at: Instant


class CriterionRecord(Strict):
    name: str
    weight: int = Field(ge=1)


class SourceRecord(Strict):
    """The round whose best were judged here, and down to which rank."""

    round: str
    top: int = Field(ge=1)


class RoundRecord(Strict):
    """The round as it was sealed. `source` is null where all published photos took part."""

    id: str
    campaign: str
    number: int
    title: str
    method: Literal["stars", "shortlist"]
    criteria: list[CriterionRecord]
    source: SourceRecord | None
    quorum: int = Field(ge=1)
    opened_at: Instant
    closes_at: Instant | None
    closed_at: Instant


class ScoresRecord(Strict):
    """Stars by criterion."""

    scores: dict[str, Stars]


class VoteRecord(Strict):
    vote: Literal["yes", "maybe", "no"]


WordRecord = ScoresRecord | VoteRecord


class EventBody1(Strict):
    """What a judge did: gave stars to an assignment, or took them back."""

    kind: Literal["cast", "withdrawn"]
    assignment: str
    subject: str
    stars: Stars | None
    at: Instant


class EventBody(Strict):
    """What a judge did: said a word on an assignment, took it back, or put the photo aside for later."""

    kind: Literal["cast", "withdrawn", "skipped"]
    assignment: str
    subject: str
    word: WordRecord | None
    at: Instant


class Event(Strict):
    sequence: int
    body: EventBody | EventBody1
    previous: Hash
    hash: Hash


class JudgeRecord(Strict):
    judge: Hash
    events: list[Event]


class BallotRecord1(Strict):
    judge: Hash
    assignment: str
    submission: str
    stars: Stars


class BallotRecord(Strict):
    judge: Hash
    assignment: str
    submission: str
    word: WordRecord


class ResultRow1(Strict):
    rank: int
    tied: bool
    submission: str
    mean: float | None
    ballots: int
    below_quorum: bool


class ResultRow(ResultRow1):
    breakdown: dict[str, float]


def terms_of(record: RoundRecord | RoundRecord1) -> Terms:
    """What the round's method needs to know of it."""
    if isinstance(record, RoundRecord1):
        return Terms(record.quorum, DEFAULT_CRITERIA)
    return Terms(record.quorum, tuple(Criterion(one.name, one.weight) for one in record.criteria))


def written_word(row: EventBody | EventBody1 | BallotRecord | BallotRecord1) -> Mapping[str, Any] | None:
    """The word in a row, as the methods write it; None where it holds none."""
    if isinstance(row, EventBody1 | BallotRecord1):
        return None if row.stars is None else {"scores": {DEFAULT_CRITERIA[0].name: row.stars}}
    return None if row.word is None else row.word.model_dump()


def word_of(row: EventBody | EventBody1 | BallotRecord | BallotRecord1, method: str, terms: Terms) -> Word | None:
    """The word in a row. Raises ValueError for one that does not fit the round."""
    written = written_word(row)
    judged = row.submission if isinstance(row, BallotRecord | BallotRecord1) else row.subject
    return None if written is None else METHODS[Method(method)].restore(written, terms, photos_in(judged))
