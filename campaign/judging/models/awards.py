"""What a result leads to: ties broken by the chair, finalists and winners."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.db import Base, Choice, one_of
from campaign.submissions.models import Submission


class TieVote(Base):
    """The chair's word on a tie: in which order those that share a rank shall stand."""

    __tablename__ = "tie_vote"
    __table_args__ = (CheckConstraint("ordinal >= 1", name="ordinal"), UniqueConstraint("round_id", "rank", "ordinal"))

    round_id: Mapped[UUID] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), primary_key=True)
    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    rank: Mapped[int]
    """The rank that they share."""
    ordinal: Mapped[int]
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))


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
