"""One fan's photo with its caption and place, the picture behind it and its renditions."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from campaign.accounts.models import Person
from campaign.campaigns.models import Campaign, Rules
from campaign.db import Base, Choice, Identified, one_of
from campaign.submissions.bands import band
from campaign.submissions.folding import fold


class SubmissionState(StrEnum):
    TICKETED = "ticketed"
    """The fan may send the bytes; they are not here yet."""
    RECEIVED = "received"
    """The bytes are here and wait for a worker."""
    READY = "ready"
    """Verified and rendered; a person looks at it next."""
    PUBLISHED = "published"
    DECLINED = "declined"
    """A person decided against it, with a reason."""
    REJECTED = "rejected"
    """The file could not be used, with a reason."""
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    """The ticket was never used; the entry was given back."""


GIVEN_BACK = (SubmissionState.REJECTED, SubmissionState.WITHDRAWN, SubmissionState.EXPIRED)
"""States that do not take one of the fan's entries."""


DUPLICATE = "duplicate"
"""The reason of a rejected submission whose photo the fan had sent before; the other reasons are the pipeline's."""


class Submission(Identified, Base):
    __tablename__ = "submission"
    __table_args__ = (
        one_of("state", SubmissionState),
        CheckConstraint(
            "(state IN ('rejected', 'withdrawn', 'expired')) = (entry_number IS NULL)",
            name="entry_taken_or_given_back",
        ),
        CheckConstraint("state NOT IN ('declined', 'rejected') OR reason <> ''", name="refused_with_a_reason"),
        CheckConstraint("(state = 'published') = (published_at IS NOT NULL)", name="published"),
        UniqueConstraint("campaign_id", "person_id", "entry_number"),
        Index(
            "ix_submission_gallery",
            "campaign_id",
            "published_at",
            "id",
            postgresql_where=text("state = 'published'"),
        ),
        Index(
            "ix_submission_gallery_category",
            "campaign_id",
            "category",
            "published_at",
            "id",
            postgresql_where=text("state = 'published'"),
        ),
        Index(
            "ix_submission_gallery_place",
            "campaign_id",
            "folded_place",
            "published_at",
            "id",
            postgresql_where=text("state = 'published'"),
        ),
        Index("ix_submission_words", text("to_tsvector('simple'::regconfig, folded)"), postgresql_using="gin"),
        Index("ix_submission_state", "campaign_id", "state", "created_at", "id"),
        Index("ix_submission_counts", "campaign_id", "state"),
        Index("ix_submission_category", "campaign_id", "state", "category", "created_at", "id"),
        Index("ix_submission_person", "person_id", "created_at"),
        Index("ix_submission_unused", "ticket_expires_at", postgresql_where=text("state = 'ticketed'")),
        Index(
            "ix_submission_decided",
            "campaign_id",
            "decided_by",
            "decided_at",
            postgresql_where=text("decided_at IS NOT NULL"),
        ),
        Index(
            "ix_submission_assigned",
            "campaign_id",
            "assigned_to",
            "created_at",
            "id",
            postgresql_where=text("assigned_to IS NOT NULL AND state = 'ready'"),
        ),
        Index(
            "ix_submission_opinion",
            "campaign_id",
            "created_at",
            "id",
            postgresql_where=text("opinion_asked_at IS NOT NULL AND state = 'ready'"),
        ),
    )

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaign.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    rules_id: Mapped[UUID] = mapped_column(ForeignKey("rules.id"))
    entry_number: Mapped[int | None]
    """Which of the fan's entries this takes, from 1 to the campaign's limit; unique, so the limit cannot be passed."""
    caption: Mapped[str]
    place: Mapped[str]
    category: Mapped[str] = mapped_column(default="", server_default="")
    """One of the campaign's categories; empty where it had none."""
    folded: Mapped[str] = mapped_column(default="", server_default="")
    """The words of caption and place as they are searched; kept by the model (see `folding`)."""
    folded_place: Mapped[str] = mapped_column(default="", server_default="")
    """The place however it was spelled, so that “Lisbon” and “LISBON!” are one."""
    state: Mapped[SubmissionState] = mapped_column(Choice(SubmissionState), default=SubmissionState.TICKETED)
    reason: Mapped[str] = mapped_column(default="")
    ticket_expires_at: Mapped[datetime]
    received_at: Mapped[datetime | None]
    ready_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    rejected_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    assigned_to: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    """Who of the desk looks after it."""
    opinion_asked_at: Mapped[datetime | None]
    """Since when somebody of the desk wants a second opinion on it; a decision ends that."""
    opinion_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    opinion_note: Mapped[str] = mapped_column(default="", server_default="")
    duplicate_of_id: Mapped[UUID | None] = mapped_column(ForeignKey("submission.id", ondelete="SET NULL"))
    """The fan's earlier photo that this one was the same as; it was put aside for that."""
    is_distinct: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    """The fan said that it is another photo, however alike it looks."""
    request_id: Mapped[str | None]
    """The request that took the ticket: it follows the photo through the logs to its renditions."""

    photo: Mapped[Photo] = relationship(back_populates="submission")
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    assignee: Mapped[Person | None] = relationship(foreign_keys=[assigned_to])
    asker: Mapped[Person | None] = relationship(foreign_keys=[opinion_by])
    decider: Mapped[Person | None] = relationship(foreign_keys=[decided_by])
    duplicate_of: Mapped[Submission | None] = relationship(foreign_keys=[duplicate_of_id], remote_side="Submission.id")
    campaign: Mapped[Campaign] = relationship()
    rules: Mapped[Rules] = relationship()

    @validates("caption", "place")
    def _fold(self, name: str, words: str) -> str:
        caption, place = (words, self.place) if name == "caption" else (self.caption, words)
        self.folded = fold(f"{caption or ''} {place or ''}")
        self.folded_place = fold(place or "")
        return words

    @property
    def owner_id(self) -> UUID:
        return self.person_id


class Photo(Identified, Base):
    """The picture behind a submission: what the fan claimed, and what a worker found."""

    __tablename__ = "photo"
    __table_args__ = (
        CheckConstraint("num_nulls(card_key, card_bytes, card_etag) IN (0, 3)", name="card_whole_or_none"),
        Index("ix_photo_sha256", "sha256", postgresql_where=text("sha256 IS NOT NULL")),
        *(Index(f"ix_photo_band_{number}", text(f"({band(number)})"), "dhash", "submission_id") for number in range(4)),
    )

    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submission.id"), unique=True)
    filename: Mapped[str]
    content_type: Mapped[str]
    declared_bytes: Mapped[int]
    incoming_key: Mapped[str] = mapped_column(unique=True)
    original_key: Mapped[str | None]
    format: Mapped[str | None]
    width: Mapped[int | None]
    height: Mapped[int | None]
    bytes: Mapped[int | None]
    sha256: Mapped[str | None]
    thumbhash: Mapped[str | None]
    dominant: Mapped[str | None]
    dhash: Mapped[int | None] = mapped_column(BigInteger)
    """The 64 bits by which near-duplicates are found (see `uploads.likeness.dhash`), as a signed number."""
    taken_at: Mapped[str | None]
    """When the file says that it was taken, as in `uploads.metadata.facts`; may be wrong."""
    camera_make: Mapped[str | None]
    has_location: Mapped[bool | None]
    """Whether the file told a position, which is not kept; None where nobody has looked."""
    provenance: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list, server_default=text("'{}'"))
    """What the file states about its origin, of `uploads.metadata.provenance`; may be wrong."""
    card_key: Mapped[str | None] = mapped_column(unique=True)
    """The JPEG that previews of links show; made once the photo is published."""
    card_bytes: Mapped[int | None]
    card_etag: Mapped[str | None]

    submission: Mapped[Submission] = relationship(back_populates="photo")
    renditions: Mapped[list[Rendition]] = relationship(
        back_populates="photo", order_by="Rendition.width", cascade="all, delete-orphan"
    )


class Rendition(Base):
    __tablename__ = "rendition"

    photo_id: Mapped[UUID] = mapped_column(ForeignKey("photo.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    width: Mapped[int]
    height: Mapped[int]
    bytes: Mapped[int]
    etag: Mapped[str]

    photo: Mapped[Photo] = relationship(back_populates="renditions")
