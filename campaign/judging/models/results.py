"""What a closed round came to, kept so that a page of it costs a page. All of it follows from the sealed record."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from campaign.db import Base
from campaign.judging.models.rounds import Round


class Reckoning(Base):
    """That the result of a seal was reckoned. Written anew where the round was sealed anew."""

    __tablename__ = "round_reckoning"

    round_id: Mapped[UUID] = mapped_column(ForeignKey(Round.id, ondelete="CASCADE"), primary_key=True)
    seal: Mapped[str]
    pieces: Mapped[int]
    """Into how many pieces that were never compared the photos fall."""
    reckoned_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))


class Placement(Base):
    """Where one photo stands. `ordinal` counts the rows from 1, best first."""

    __tablename__ = "round_placement"
    __table_args__ = (CheckConstraint("ordinal >= 1 AND place >= rank AND rank >= 1", name="counted"),)

    round_id: Mapped[UUID] = mapped_column(ForeignKey(Reckoning.round_id, ondelete="CASCADE"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submission.id"), index=True)
    rank: Mapped[int]
    """By the score alone: 1, 2, 2, 4."""
    place: Mapped[int]
    """After the round's rule for ties; those it does not part share it."""
    tied: Mapped[bool]
    broken_by: Mapped[str | None]
    """The rule that gave this photo its own place among equals."""
    score: Mapped[float | None]
    low: Mapped[float | None]
    high: Mapped[float | None]
    ballots: Mapped[int]
    below_quorum: Mapped[bool]
    piece: Mapped[int]
    raw: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """Plain figures beside the score: means, counts, wins."""
