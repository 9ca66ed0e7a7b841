"""The rows of a dossier: what stands in it of the round, its panel, what was planned and said, and the result."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from campaign.judging.methods import METHODS
from campaign.judging.methods.shape import Criterion, Method, Terms, Word, photos_in
from campaign.judging.record.verdict import Placed, Rules

Hash = str
"""SHA-256 in hexadecimal digits."""
Instant = str
"""ISO 8601 in UTC with microseconds and `Z`, so that the later is also the greater."""

TAKES_BACK = frozenset({"undone", "recused", "withdrawn"})
"""Kinds of events after which the ballot does not stand. `withdrawn` is what a release before wrote for `undone`."""
SAYS = frozenset({"cast", "changed"})
KINDS = SAYS | TAKES_BACK | {"skipped"}


class Strict(BaseModel):
    """Exactly these fields, of exactly these kinds: an addition is an edit too."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class CriterionRecord(Strict):
    name: str
    weight: int = Field(ge=1)


class SourceRecord(Strict):
    """Where the photos came from: all published ones, a category, or an earlier round's result."""

    kind: Literal["published", "category", "top", "least", "picked"]
    round: str | None
    top: int | None
    least: float | None
    category: str | None
    reason: str | None


class RoundRecord(Strict):
    """The rules as they were when the round opened, and its window as it was when it closed."""

    id: str
    campaign: str
    number: int
    title: str
    method: Literal["stars", "shortlist", "duel", "ranking"]
    criteria: list[CriterionRecord]
    scale: int
    list_size: int
    quorum: int = Field(ge=1)
    tie_rule: Literal["shared", "more_ballots", "head_to_head", "chair", "draw"]
    is_blind: bool
    seed: int = Field(ge=0)
    source: SourceRecord
    opened_at: Instant
    closes_at: Instant | None
    closed_at: Instant


class PlanRow(Strict):
    """What was planned for a judge. It became an assignment when it was handed out; what never was has none.

    `gone_at` tells when it stopped being this judge's without a ballot.
    """

    assignment: str | None
    subject: str
    handed_at: Instant | None
    gone_at: Instant | None

    @property
    def line(self) -> str:
        """As the plan's digest reads it."""
        return f"{self.assignment or '-'} {self.subject} {self.handed_at or '-'} {self.gone_at or '-'}\n"


class Event(Strict):
    """One link of a judge's chain. `body` holds kind, assignment, subject, word and instant, just as it was hashed."""

    sequence: int
    body: dict[str, Any]
    previous: Hash
    hash: Hash

    @property
    def kind(self) -> str:
        return str(self.body.get("kind"))

    @property
    def assignment(self) -> str:
        return str(self.body.get("assignment"))

    @property
    def subject(self) -> str:
        return str(self.body.get("subject"))

    @property
    def at(self) -> Instant:
        return str(self.body.get("at"))

    @property
    def word(self) -> Mapping[str, Any] | None:
        """The word as the method wrote it; None where the event says none."""
        word = self.body.get("word")
        return word if isinstance(word, dict) else None


class JudgeRecord(Strict):
    """One judge: a pseudonym, a salted commitment, the plan in its order, the chain and its head."""

    judge: str
    commitment: Hash
    is_chair: bool
    joined_at: Instant
    left_at: Instant | None
    plan: list[PlanRow]
    events: list[Event]
    head: Hash


class ReopeningRecord(Strict):
    """A closing that did not last: when the round opened again and why, and what it had been sealed with."""

    at: Instant
    reason: str
    closed_at: Instant
    seal: Hash


class BallotRecord(Strict):
    """A ballot that stands."""

    judge: str
    assignment: str
    subject: str
    word: dict[str, Any]


class TieRecord(Strict):
    """The chair's order of the photos that share a rank."""

    rank: int
    order: list[str]
    decided_at: Instant


class ResultRow(Strict):
    submission: str
    rank: int
    place: int
    tied: bool
    broken_by: str | None
    score: float | None
    low: float | None
    high: float | None
    ballots: int
    below_quorum: bool
    piece: int
    raw: dict[str, float]


def rules_of(record: RoundRecord, ties: list[TieRecord]) -> Rules:
    """What the result follows from beside the ballots."""
    criteria = tuple(Criterion(one.name, one.weight) for one in record.criteria)
    return Rules(
        method=Method(record.method),
        terms=Terms(record.quorum, criteria, record.scale, record.list_size),
        seed=record.seed,
        tie_rule=record.tie_rule,
        votes={one.rank: one.order for one in ties},
    )


def word_of(written: Mapping[str, Any], subject: str, rules: Rules) -> Word:
    """The word that was written on a subject. Raises ValueError for one that does not fit the round."""
    return METHODS[rules.method].restore(written, rules.terms, photos_in(subject))


def row_of(placed: Placed) -> ResultRow:
    """A photo's place as the dossier writes it."""
    standing = placed.standing
    return ResultRow(
        submission=standing.submission, rank=standing.rank, place=placed.place, tied=standing.tied,
        broken_by=placed.broken_by, score=standing.score, low=standing.low, high=standing.high,
        ballots=standing.ballots, below_quorum=placed.below_quorum, piece=standing.piece, raw=dict(standing.raw),
    )  # fmt: skip
