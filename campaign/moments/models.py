"""What people were told, by which way, in whose words, and what each person wants by mail."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.accounts.models import Person
from campaign.campaigns.models import Campaign
from campaign.db import Base, Choice, Identified, one_of
from campaign.submissions.models import Submission


class Kind(StrEnum):
    """The steps at which a fan hears from us, and those at which a judge does."""

    RECEIVED = "received"
    REJECTED = "rejected"
    """The file could not be used: it needs another try."""
    PUBLISHED = "published"
    DECLINED = "declined"
    FINALIST = "finalist"
    WINNER = "winner"
    NOT_THIS_TIME = "not_this_time"
    RELEASE_ASKED = "release_asked"
    PANEL_OPENED = "panel_opened"
    PANEL_REMINDED = "panel_reminded"
    PANEL_SEALED = "panel_sealed"
    TEST = "test"
    """A campaign's words, sent to the one who writes them."""


class MailState(StrEnum):
    """What became of a message's mail. In the app it is there in any case."""

    APP = "app"
    """Not by mail: no address is known, they chose not to, or this installation sends none."""
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"
    """What it says was no longer so before the mail left."""


class Moment(Identified, Base):
    """One message to one person, in the words it was told in. Unique by person, kind and what it is about."""

    __tablename__ = "moment"
    __table_args__ = (
        one_of("kind", Kind),
        one_of("mail", MailState),
        UniqueConstraint("person_id", "kind", "subject_id"),
        CheckConstraint("(mail = 'sent') <= (mailed_at IS NOT NULL)", name="mailed"),
        CheckConstraint("edition >= 1", name="edition"),
        Index("ix_moment_inbox", "person_id", "told_at", "id", postgresql_where=text("retracted_at IS NULL")),
        Index("ix_moment_unread", "person_id", postgresql_where=text("read_at IS NULL AND retracted_at IS NULL")),
        Index("ix_moment_campaign", "campaign_id", "told_at", "id"),
        Index("ix_moment_mail", "campaign_id", "mail", "told_at", "id"),
        Index("ix_moment_submission", "submission_id"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    kind: Mapped[Kind] = mapped_column(Choice(Kind))
    subject_id: Mapped[UUID]
    """A submission, a release, a round, or the campaign for “not this time”: a fan with ten photos hears that once."""
    submission_id: Mapped[UUID | None] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"))
    title: Mapped[str]
    body: Mapped[str]
    """Paragraphs with an empty line between them; plain text."""
    button: Mapped[str]
    path: Mapped[str]
    """Where the button leads, without the host."""
    signed: Mapped[str]
    language: Mapped[str]
    """The language of the words, for readers and for screen readers."""
    told_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    read_at: Mapped[datetime | None]
    retracted_at: Mapped[datetime | None]
    """Since when it is no longer so (a decision was taken back): it is not shown, and not mailed."""
    mail: Mapped[MailState] = mapped_column(Choice(MailState))
    mail_problem: Mapped[str] = mapped_column(default="", server_default="")
    """Why the mail failed or was dropped, for the desk; never an address."""
    mailed_at: Mapped[datetime | None]
    edition: Mapped[int] = mapped_column(default=1, server_default="1")
    """Part of the mail's Message-ID: a repeat of the same edition is the same mail."""

    person: Mapped[Person] = relationship()
    campaign: Mapped[Campaign] = relationship()
    submission: Mapped[Submission | None] = relationship()

    @property
    def about(self) -> str:
        """The caption of the photo it is about; empty where it is about the whole campaign."""
        return self.submission.caption if self.submission else ""

    @property
    def mail_key(self) -> str:
        """The key of the job that mails it."""
        return mail_key(self.id, self.edition)


def mail_key(moment_id: UUID, edition: int) -> str:
    return f"moments.mail:{moment_id}:{edition}"


class MailChoice(Base):
    """What a person wants by mail. Without a row: everything."""

    __tablename__ = "mail_choice"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    photos: Mapped[bool]
    results: Mapped[bool]
    judging: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    changed_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))


class Wording(Base):
    """A campaign's own words for an occasion, in one language or (empty) for everybody else."""

    __tablename__ = "wording"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"), primary_key=True)
    occasion: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str]
    body: Mapped[str]
    button: Mapped[str]
    changed_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))


class SignOff(Base):
    """Who signs a campaign's messages."""

    __tablename__ = "sign_off"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str]
