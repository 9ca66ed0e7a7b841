"""A campaign, its window in time and the versions of its rules."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.db import Base, Choice, Identified, one_of


class Stage(StrEnum):
    """What people decided about a campaign, as it is stored. Whether it is open *now* is a rule: see `state_at`."""

    DRAFT = "draft"
    LAUNCHED = "launched"
    CLOSED = "closed"
    ANNOUNCED = "announced"


class State(StrEnum):
    """What a campaign is at an instant."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    OPEN = "open"
    CLOSED = "closed"
    ANNOUNCED = "announced"


class Campaign(Identified, Base):
    __tablename__ = "campaign"
    __table_args__ = (
        one_of("stage", Stage),
        CheckConstraint("closes_at > opens_at", name="window"),
        CheckConstraint("entry_limit BETWEEN 1 AND 1000", name="entry_limit"),
        CheckConstraint("minimum_age BETWEEN 0 AND 120", name="minimum_age"),
        CheckConstraint("(stage = 'draft') = (launched_at IS NULL)", name="launched"),
        CheckConstraint("(stage IN ('closed', 'announced')) = (closed_at IS NOT NULL)", name="closed"),
        CheckConstraint("(stage = 'announced') = (announced_at IS NOT NULL)", name="announced"),
        CheckConstraint("slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", name="slug"),
        CheckConstraint("accent ~ '^#[0-9a-f]{6}$'", name="accent"),
    )

    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    brief: Mapped[str]
    accent: Mapped[str]
    time_zone: Mapped[str]
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    entry_limit: Mapped[int]
    minimum_age: Mapped[int]
    stage: Mapped[Stage] = mapped_column(Choice(Stage), default=Stage.DRAFT)
    launched_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    announced_at: Mapped[datetime | None]
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    updated_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))

    rules: Mapped[list[Rules]] = relationship(back_populates="campaign", order_by="Rules.version")

    @property
    def campaign_id(self) -> UUID:
        """A campaign is its own campaign: what permissions ask of a subject."""
        return self.id

    @property
    def owner_id(self) -> None:
        """A campaign belongs to the desk, not to whoever typed it in."""
        return

    @property
    def current_rules(self) -> Rules:
        """The version a fan would agree to now."""
        return self.rules[-1]

    def state_at(self, now: datetime) -> State:
        """The state at an instant of the database's clock (decision 3: time is a rule, not a job)."""
        if self.stage is not Stage.LAUNCHED:
            return State(self.stage)
        if now < self.opens_at:
            return State.SCHEDULED
        return State.OPEN if now < self.closes_at else State.CLOSED


class Rules(Identified, Base):
    """One version of the words a fan agrees to. Never edited: a change is the next version."""

    __tablename__ = "rules"
    __table_args__ = (
        UniqueConstraint("campaign_id", "version"),
        CheckConstraint("version >= 1", name="version"),
    )

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    version: Mapped[int]
    text: Mapped[str]

    campaign: Mapped[Campaign] = relationship(back_populates="rules")
