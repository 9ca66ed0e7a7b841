"""How often a campaign's pages were opened: counts by hour, without a trace of who."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from campaign.db import Base, Choice, one_of


class Kind(StrEnum):
    VISIT = "visit"
    """The campaign's page was opened."""
    START = "start"
    """The page for entering a photo was opened by somebody who may send one."""


class Traffic(Base):
    __tablename__ = "traffic"
    __table_args__ = (one_of("kind", Kind), CheckConstraint("count > 0", name="count"))

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"), primary_key=True)
    hour: Mapped[datetime] = mapped_column(primary_key=True)
    """The instant at which an hour of the campaign's own clock began."""
    kind: Mapped[Kind] = mapped_column(Choice(Kind), primary_key=True)
    count: Mapped[int] = mapped_column(BigInteger)
