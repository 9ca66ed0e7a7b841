"""A campaign, its window in time and the versions of its rules."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.db import Base, Choice, Identified, one_of
from campaign.pictures.models import Picture


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
    PAUSED = "paused"
    """Inside its window, and held back by a person: nothing comes in until it is resumed."""
    CLOSED = "closed"
    ANNOUNCED = "announced"


SAID = {
    State.DRAFT: "is still a draft",
    State.SCHEDULED: "is launched and opens by itself",
    State.OPEN: "is open",
    State.PAUSED: "is paused",
    State.CLOSED: "is closed",
    State.ANNOUNCED: "is announced",
}
"""Each state in a sentence about a campaign."""


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
        CheckConstraint("(paused_at IS NULL) = (pause_reason = '')", name="paused_with_a_reason"),
        CheckConstraint("announces_at IS NULL OR stage IN ('closed', 'announced')", name="embargo_after_closing"),
        CheckConstraint("tell_before_hours BETWEEN 0 AND 720", name="tell_before_hours"),
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
    paused_at: Mapped[datetime | None]
    pause_reason: Mapped[str] = mapped_column(default="", server_default="")
    """What fans read while it is paused."""
    announces_at: Mapped[datetime | None]
    """The embargo: from this instant on the campaign is announced, by the clock alone; before it nothing leaks."""
    tell_before_hours: Mapped[int] = mapped_column(default=0, server_default="0")
    """How long before the announcement winners and finalists hear of it; 0 with everybody else."""
    told_at: Mapped[datetime | None]
    """When winners and finalists were told ahead of the announcement."""
    announced_at: Mapped[datetime | None]
    wanted: Mapped[str] = mapped_column(default="", server_default="")
    """What a photo should show, for the fan who is about to take one."""
    categories: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list, server_default=text("'{}'"))
    """What a fan chooses one of; without any, nothing is asked."""
    decline_reasons: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list, server_default=text("'{}'"))
    """Sentences the desk declines with, each written to one fan."""
    cover_id: Mapped[UUID | None] = mapped_column(ForeignKey("picture.id", ondelete="SET NULL"))
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    updated_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))

    cover: Mapped[Picture | None] = relationship()
    """A picture of the campaign's own; without one, a photo of the gallery stands for it."""
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
        if self.stage is Stage.CLOSED and self.announces_at is not None and now >= self.announces_at:
            return State.ANNOUNCED
        if self.stage is not Stage.LAUNCHED:
            return State(self.stage)
        if now < self.opens_at:
            return State.SCHEDULED
        if now >= self.closes_at:
            return State.CLOSED
        return State.OPEN if self.paused_at is None else State.PAUSED


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
