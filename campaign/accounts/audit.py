"""The audit log: who did what, when and why, written in the transaction that does it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.accounts.actor import Actor
from campaign.accounts.models import Person
from campaign.db import Base, Identified, db


class AuditEntry(Identified, Base):
    """One action of a person at the desk. Entries are added, never changed."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_campaign", "campaign_id", "created_at", "id"),
        Index("ix_audit_entry_at", "created_at", "id"),
        Index("ix_audit_entry_subject", "subject_id", "created_at"),
    )

    actor_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    """NULL where no person did it, or where the person was erased since."""
    campaign_id: Mapped[UUID | None] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    action: Mapped[str]
    """What was done, as `thing.verb`: `campaign.paused`, `submission.declined`, `role.revoked`."""
    subject_id: Mapped[UUID | None]
    """The row it was done to: a campaign, a submission, a round, a person."""
    why: Mapped[str] = mapped_column(default="")
    """The reason in the person's own words, where one was asked for."""
    details: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    """What else matters, as plain JSON; never a token, an e-mail address or a signed address."""

    actor: Mapped[Person | None] = relationship()


def audit(
    actor: Actor,
    action: str,
    *,
    campaign_id: UUID | None = None,
    subject_id: UUID | None = None,
    why: str = "",
    details: dict[str, Any] | None = None,
) -> None:
    """Write down what the actor does, in the current transaction: it is logged if and only if it happened."""
    db.session.add(
        AuditEntry(
            actor_id=actor.person_id,
            campaign_id=campaign_id,
            action=action,
            subject_id=subject_id,
            why=why,
            details=details or {},
        )
    )
