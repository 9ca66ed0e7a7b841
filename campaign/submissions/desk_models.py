"""What the desk keeps besides a photo: who looks at it just now, and what was decided about several at once."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.accounts.models import Person
from campaign.db import Base, Choice, Identified, one_of


class Looking(Base):
    """A person of the desk has this photo open. Worth something only until `seen_until`, and then nothing."""

    __tablename__ = "looking"

    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)
    since: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    took_over_at: Mapped[datetime | None]
    """When they took it over from somebody; the last to do so holds the photo, else the first who opened it."""
    seen_until: Mapped[datetime]

    person: Mapped[Person] = relationship()


class BatchAction(StrEnum):
    PUBLISH = "publish"
    DECLINE = "decline"
    ASSIGN = "assign"


class Batch(Identified, Base):
    """Several photos decided on, or given to somebody, in one go; undone in one go."""

    __tablename__ = "batch"
    __table_args__ = (
        one_of("action", BatchAction),
        Index("ix_batch_latest", "campaign_id", "person_id", "created_at"),
    )

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    action: Mapped[BatchAction] = mapped_column(Choice(BatchAction))
    undone_at: Mapped[datetime | None]

    items: Mapped[list[BatchItem]] = relationship(order_by="BatchItem.submission_id", cascade="all, delete-orphan")


class BatchItem(Base):
    """One photo of a batch: how it stood before, and how the batch left it."""

    __tablename__ = "batch_item"
    __table_args__ = (Index("ix_batch_item_submission", "submission_id", "decided_at"),)

    batch_id: Mapped[UUID] = mapped_column(ForeignKey("batch.id", ondelete="CASCADE"), primary_key=True)
    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), primary_key=True)
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    decided_at: Mapped[datetime | None]
    """The instant of the batch's own decision; NULL where it only gave the photo to somebody."""
