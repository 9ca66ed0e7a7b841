"""Rounds, panels, assignments and ballots, and the append-only record behind them (decision 10)."""

from __future__ import annotations

import json
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, Integer, LargeBinary, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.accounts.models import Person
from campaign.campaigns.models import Campaign
from campaign.db import Base, Choice, Identified, one_of
from campaign.judging.methods.shape import Criterion, Method, Terms, Vote, Word
from campaign.submissions.models import Submission

ONE_CRITERION = [{"name": "Overall", "weight": 1}]

RECORD_FORMAT = 2
"""How rounds are written into their seals and dossiers now; those sealed before criteria came keep format 1."""


class RoundStage(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class Round(Identified, Base):
    __tablename__ = "round"
    __table_args__ = (
        one_of("method", Method),
        one_of("stage", RoundStage),
        UniqueConstraint("campaign_id", "number"),
        CheckConstraint("quorum BETWEEN 1 AND 100", name="quorum"),
        CheckConstraint("(stage = 'draft') = (opened_at IS NULL)", name="opened"),
        CheckConstraint("(stage = 'closed') = (closed_at IS NOT NULL)", name="closed"),
        CheckConstraint("(stage = 'closed') = (seal IS NOT NULL)", name="sealed"),
        CheckConstraint(
            "jsonb_array_length(criteria) BETWEEN CASE method WHEN 'stars' THEN 1 ELSE 0 END"
            " AND CASE method WHEN 'stars' THEN 6 ELSE 0 END",
            name="criteria",
        ),
        CheckConstraint(
            "(source_round_id IS NULL) = (source_top IS NULL) AND source_top >= 1 AND source_round_id <> id",
            name="source",
        ),
        Index("uq_round_one_open", "campaign_id", unique=True, postgresql_where=text("stage = 'open'")),
    )

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaign.id"))
    number: Mapped[int]
    title: Mapped[str]
    method: Mapped[Method] = mapped_column(Choice(Method), default=Method.STARS)
    criteria: Mapped[list[dict[str, Any]]] = mapped_column(
        JSONB, default=lambda: list(ONE_CRITERION), server_default=text(f"'{json.dumps(ONE_CRITERION)}'")
    )
    """`{"name", "weight"}` for each criterion, in the order in which ballots hold their scores."""
    source_round_id: Mapped[UUID | None] = mapped_column(ForeignKey("round.id"))
    """The closed round whose best are judged here; NULL for all published photos."""
    source_top: Mapped[int | None]
    quorum: Mapped[int]
    stage: Mapped[RoundStage] = mapped_column(Choice(RoundStage), default=RoundStage.DRAFT)
    closes_at: Mapped[datetime | None]
    """The deadline; votes after it do not count, whether or not anybody has closed the round."""
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    seal: Mapped[str | None]
    """SHA-256 (hex) over the sorted heads of the judges' chains, written at closing."""
    record_format: Mapped[int] = mapped_column(default=RECORD_FORMAT, server_default=text(str(RECORD_FORMAT)))

    campaign: Mapped[Campaign] = relationship()
    source: Mapped[Round | None] = relationship(remote_side="Round.id")
    panel: Mapped[list[PanelMember]] = relationship(back_populates="round", cascade="all, delete-orphan")

    @property
    def owner_id(self) -> None:
        """A round belongs to the desk of its campaign."""
        return

    @property
    def terms(self) -> Terms:
        """What the round's method needs to know of it."""
        return Terms(self.quorum, tuple(Criterion(**one) for one in self.criteria))

    def state_at(self, now: datetime) -> RoundStage:
        """The state at an instant of the database's clock: past its deadline a round is closed."""
        if self.stage is RoundStage.OPEN and self.closes_at is not None and now >= self.closes_at:
            return RoundStage.CLOSED
        return RoundStage(self.stage)


class PanelMember(Base):
    """A judge of one round. The record knows only `commitment`, SHA-256(salt, person); erasing takes the salt."""

    __tablename__ = "panel_member"

    round_id: Mapped[UUID] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    salt: Mapped[bytes | None] = mapped_column(LargeBinary)
    commitment: Mapped[str] = mapped_column(unique=True)

    round: Mapped[Round] = relationship(back_populates="panel")
    person: Mapped[Person] = relationship()


class RoundEntry(Base):
    """A photo that took part, written at closing: what was in the pool cannot change afterwards."""

    __tablename__ = "round_entry"

    round_id: Mapped[UUID] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), primary_key=True)
    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submission.id"), primary_key=True)


class RoundCandidate(Base):
    """A photo that came over from another round, written at opening. Rounds of all published photos have none."""

    __tablename__ = "round_candidate"

    round_id: Mapped[UUID] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), primary_key=True)
    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submission.id"), primary_key=True)


class Assignment(Identified, Base):
    """What is put before one judge: one photo; later a pair, or a list."""

    __tablename__ = "assignment"
    __table_args__ = (
        UniqueConstraint("round_id", "judge_id", "subject"),
        Index("ix_assignment_judge", "round_id", "judge_id", "position"),
        Index("ix_assignment_waiting", "round_id", "judge_id", "position", postgresql_where=text("NOT judged")),
        CheckConstraint("NOT judged OR held_until IS NULL", name="judged_or_held"),
        Index("ix_assignment_held", "round_id", "held_until", postgresql_where=text("held_until IS NOT NULL")),
    )

    round_id: Mapped[UUID] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    judge_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    subject: Mapped[str]
    """The sorted submission ids joined by `+`: one assignment per judge and photo (or pair, or list)."""
    position: Mapped[int]
    judged: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    """Whether there is a ballot, kept here too: finding the few that wait by the ballots' absence reads all of them."""
    held_until: Mapped[datetime | None]
    """Without a ballot, the photo is kept for this judge until then; NULL once judged or let go."""
    skipped_at: Mapped[datetime | None]
    """When the judge last put it aside: it lies under everything else until it is judged. No vote."""

    round: Mapped[Round] = relationship()
    items: Mapped[list[AssignmentItem]] = relationship(order_by="AssignmentItem.ordinal")
    ballot: Mapped[Ballot | None] = relationship(back_populates="assignment")


class AssignmentItem(Base):
    __tablename__ = "assignment_item"

    assignment_id: Mapped[UUID] = mapped_column(ForeignKey("assignment.id", ondelete="CASCADE"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submission.id"), index=True)

    submission: Mapped[Submission] = relationship()


class Coverage(Base):
    """How many judges have judged a photo or hold it just now. A photo nobody was given yet has no row.

    Kept because counting 84,000 assignments at every request would take longer than judging does.
    """

    __tablename__ = "coverage"
    __table_args__ = (CheckConstraint("judges >= 0", name="judges"),)

    round_id: Mapped[UUID] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), primary_key=True)
    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    judges: Mapped[int]


class Ballot(Base):
    """The judge's present word on an assignment, in the one column that belongs to the round's method."""

    __tablename__ = "ballot"
    __table_args__ = (
        CheckConstraint("num_nonnulls(scores, vote) = 1", name="one_word"),
        CheckConstraint(
            "cardinality(scores) BETWEEN 1 AND 6 AND array_position(scores, NULL) IS NULL"
            " AND 1 <= ALL (scores) AND 5 >= ALL (scores)",
            name="scores",
        ),
        one_of("vote", Vote),
    )

    assignment_id: Mapped[UUID] = mapped_column(ForeignKey("assignment.id", ondelete="CASCADE"), primary_key=True)
    scores: Mapped[list[int] | None] = mapped_column(ARRAY(Integer))
    """Stars for each of the round's criteria, in the round's order."""
    vote: Mapped[Vote | None] = mapped_column(Choice(Vote))
    cast_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))

    assignment: Mapped[Assignment] = relationship(back_populates="ballot")

    @property
    def word(self) -> Word:
        return word_in(self.scores, self.vote)


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


def word_in(scores: list[int] | None, vote: Vote | None) -> Word:
    """The word that a ballot's columns hold."""
    return Word(scores=None if scores is None else tuple(scores), vote=vote)


class Award(StrEnum):
    FINALIST = "finalist"
    WINNER = "winner"


class Selection(Base):
    """A finalist or a winner, chosen by a person. Nobody outside the desk sees it before the announcement."""

    __tablename__ = "selection"
    __table_args__ = (
        one_of("award", Award),
        CheckConstraint("(award = 'winner') = (place IS NOT NULL)", name="winners_have_a_place"),
        Index("ix_selection_campaign", "campaign_id"),
    )

    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaign.id"))
    round_id: Mapped[UUID] = mapped_column(ForeignKey("round.id"))
    award: Mapped[Award] = mapped_column(Choice(Award))
    place: Mapped[int | None]
    chosen_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    chosen_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))

    submission: Mapped[Submission] = relationship()
