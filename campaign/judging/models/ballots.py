"""Ballots, and the append-only record behind them (decision 10)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Integer, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.db import Base, Choice, one_of
from campaign.judging.methods.shape import Vote, Word
from campaign.judging.models.assignments import Assignment


class Ballot(Base):
    """The judge's present word on an assignment, in the one column that belongs to the round's method."""

    __tablename__ = "ballot"
    __table_args__ = (
        CheckConstraint("num_nonnulls(scores, vote, winner, ranking) = 1", name="one_word"),
        CheckConstraint(
            "cardinality(scores) BETWEEN 1 AND 6 AND array_position(scores, NULL) IS NULL"
            " AND 1 <= ALL (scores) AND 10 >= ALL (scores)",
            name="scores",
        ),
        one_of("vote", Vote),
    )

    assignment_id: Mapped[UUID] = mapped_column(ForeignKey("assignment.id", ondelete="CASCADE"), primary_key=True)
    scores: Mapped[list[int] | None] = mapped_column(ARRAY(Integer))
    """Stars for each of the round's criteria, in the round's order."""
    vote: Mapped[Vote | None] = mapped_column(Choice(Vote))
    winner: Mapped[str | None]
    """The id of the better of two."""
    ranking: Mapped[list[list[str]] | None] = mapped_column(JSONB(none_as_null=True))
    """Ids in tiers, best first."""
    cast_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))

    assignment: Mapped[Assignment] = relationship(back_populates="ballot")

    @property
    def word(self) -> Word:
        return word_in(self.scores, self.vote, self.winner, self.ranking)


class BallotEvent(Base):
    """What a judge did, in order, each entry bound to the one before. A trigger refuses update and delete."""

    __tablename__ = "ballot_event"
    __table_args__ = (CheckConstraint("sequence >= 1", name="sequence"),)

    judge: Mapped[str] = mapped_column(primary_key=True)
    """The judge's commitment in this round."""
    sequence: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[UUID] = mapped_column(index=True)
    body: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """What was hashed, in canonical JSON (RFC 8785): kind, assignment, subject, word, at."""
    previous: Mapped[str]
    hash: Mapped[str] = mapped_column(unique=True)


def word_in(
    scores: list[int] | None, vote: Vote | None, winner: str | None = None, ranking: list[list[str]] | None = None
) -> Word:
    """The word that a ballot's columns hold."""
    return Word(
        scores=None if scores is None else tuple(scores),
        vote=vote,
        winner=winner,
        ranking=None if ranking is None else tuple(tuple(tier) for tier in ranking),
    )
