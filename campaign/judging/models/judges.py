"""What a judge must not judge, and what a judge keeps to themselves."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from campaign.db import Base, Identified


class DeclaredConflict(Identified, Base):
    """A photo, or a fan all of whose photos, that a judge must not judge in this campaign."""

    __tablename__ = "declared_conflict"
    __table_args__ = (
        CheckConstraint("num_nonnulls(submission_id, fan_id) = 1", name="photo_or_fan"),
        UniqueConstraint("campaign_id", "judge_id", "submission_id", "fan_id", postgresql_nulls_not_distinct=True),
        Index("ix_declared_conflict_judge", "judge_id", "campaign_id"),
    )

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaign.id"))
    judge_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    submission_id: Mapped[UUID | None] = mapped_column(ForeignKey("submission.id"))
    fan_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(default="", server_default="")
    declared_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))


class Mark(Base):
    """What a judge keeps for themselves about a photo: a favourite, a note. Nobody else reads it."""

    __tablename__ = "judge_mark"

    round_id: Mapped[UUID] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), primary_key=True)
    judge_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    is_favourite: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    note: Mapped[str] = mapped_column(default="", server_default="")
    marked_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
