"""People, how they sign in, and what they may do."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, LargeBinary, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.db import Base, Choice, Identified, one_of
from campaign.pictures.models import Picture


class Role(StrEnum):
    """What a person may be beyond a fan. Held for one campaign, or for all of them."""

    CAST = "cast"
    STAFF = "staff"
    MARKETER = "marketer"
    ADMIN = "admin"


class Scope(StrEnum):
    """What an API token may be used for; never more than its person may do."""

    READ = "read"
    SUBMIT = "submit"
    MODERATE = "moderate"
    JUDGE = "judge"
    MANAGE = "manage"


class Person(Identified, Base):
    __tablename__ = "person"

    display_name: Mapped[str]
    email: Mapped[str | None]
    affirmed_age: Mapped[int | None]
    """The highest age limit, in years, that this person said they have reached."""
    language: Mapped[str] = mapped_column(default="en", server_default="en")
    """A language tag such as `de` or `pt-BR`, for dates, numbers and those messages that are written in it."""
    time_zone: Mapped[str | None]
    """The zone they chose, such as Europe/Lisbon; NULL where their browser's is used."""

    picture_id: Mapped[UUID | None] = mapped_column(ForeignKey("picture.id", ondelete="SET NULL"))
    """Their own copy of a picture they chose; NULL where their initials stand for them."""

    identities: Mapped[list[Identity]] = relationship(back_populates="person")
    picture: Mapped[Picture | None] = relationship()


class Identity(Base):
    """A person as one provider knows them. The pair (issuer, subject) is the key; an e-mail address never is."""

    __tablename__ = "identity"

    issuer: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))

    person: Mapped[Person] = relationship(back_populates="identities")


class WebSession(Identified, Base):
    """One signed-in browser. The cookie holds a random token; the row holds only its SHA-256."""

    __tablename__ = "web_session"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    device: Mapped[str] = mapped_column(default="", server_default="")
    """What the browser said it is, in words, such as `Firefox on Android`."""

    person: Mapped[Person] = relationship()


class RoleGrant(Identified, Base):
    __tablename__ = "role_grant"
    __table_args__ = (
        one_of("role", Role),
        Index(
            "uq_role_grant_current",
            "person_id",
            "role",
            "campaign_id",
            unique=True,
            postgresql_where=text("revoked_at IS NULL"),
            postgresql_nulls_not_distinct=True,
        ),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    role: Mapped[Role] = mapped_column(Choice(Role))
    campaign_id: Mapped[UUID | None] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"), index=True)
    granted_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    """NULL where the operator gave it from the command line."""
    revoked_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    giver: Mapped[Person | None] = relationship(foreign_keys=[granted_by])


class Invitation(Identified, Base):
    """A link that gives one person a role, once."""

    __tablename__ = "invitation"
    __table_args__ = (
        one_of("role", Role),
        CheckConstraint("(used_at IS NULL) OR (used_by IS NOT NULL)", name="used_by_somebody"),
        Index("ix_invitation_campaign", "campaign_id", "created_at", "id"),
    )

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    role: Mapped[Role] = mapped_column(Choice(Role))
    campaign_id: Mapped[UUID | None] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    used_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    invited_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    """NULL where the operator invited from the command line."""
    email: Mapped[str | None]
    """Where the link is mailed to; NULL where whoever invited passes it on."""
    note: Mapped[str] = mapped_column(default="", server_default="")
    """A line from whoever invites, which the invited person reads."""
    serial: Mapped[int] = mapped_column(default=0, server_default="0")
    """How often a new link was made; only the newest opens."""
    sent_at: Mapped[datetime | None]
    send_problem: Mapped[str] = mapped_column(default="", server_default="")
    """Why the mail could not be sent, in words for the team; empty where it was or is still on its way."""
    revoked_at: Mapped[datetime | None]

    inviter: Mapped[Person | None] = relationship(foreign_keys=[invited_by])


class ApiToken(Identified, Base):
    """A program's key to one person's account. Shown once; the row holds only its SHA-256."""

    __tablename__ = "api_token"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()
