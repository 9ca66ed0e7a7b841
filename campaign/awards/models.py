"""Broadcast releases, the second consent of the few whose photos may go on screen; and who downloaded originals."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.accounts.models import Person
from campaign.campaigns.models import Campaign
from campaign.db import Base, Choice, Identified, one_of
from campaign.submissions.models import Submission


class ReleaseWords(Identified, Base):
    """One version of what a fan is asked to allow. Never edited, a trigger refuses it: a change is the next version."""

    __tablename__ = "release_words"
    __table_args__ = (
        UniqueConstraint("campaign_id", "version"),
        CheckConstraint("version >= 1", name="version"),
    )

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    version: Mapped[int]
    text: Mapped[str]


class Answer(StrEnum):
    ACCEPTED = "accepted"
    REFUSED = "refused"


class Release(Identified, Base):
    """One photo whose fan was asked, with the words as they stood. New words are asked for by another row."""

    __tablename__ = "release"
    __table_args__ = (
        UniqueConstraint("submission_id", "words_id"),
        Index("ix_release_campaign", "campaign_id", "created_at", "id"),
    )

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"))
    words_id: Mapped[UUID] = mapped_column(ForeignKey("release_words.id", ondelete="CASCADE"), index=True)
    asked_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    answer_by: Mapped[datetime | None]
    """The fan may answer and change the answer until then; without one, until the announcement."""

    campaign: Mapped[Campaign] = relationship()
    submission: Mapped[Submission] = relationship()
    words: Mapped[ReleaseWords] = relationship()
    answers: Mapped[list[ReleaseAnswer]] = relationship(order_by="ReleaseAnswer.created_at, ReleaseAnswer.id")

    @property
    def owner_id(self) -> UUID:
        """Whoever sent the photo: what permissions ask of a subject."""
        return self.submission.person_id

    @property
    def answer(self) -> ReleaseAnswer | None:
        """The fan's present word, None where there is none yet."""
        return self.answers[-1] if self.answers else None


class ReleaseAnswer(Identified, Base):
    """One tap. Answers are added, never changed: the last one holds."""

    __tablename__ = "release_answer"
    __table_args__ = (one_of("answer", Answer),)

    release_id: Mapped[UUID] = mapped_column(ForeignKey("release.id", ondelete="CASCADE"), index=True)
    answer: Mapped[Answer] = mapped_column(Choice(Answer))


class OriginalsDownload(Identified, Base):
    """That somebody took originals home: who, when, which, and what their fans had agreed to at that instant."""

    __tablename__ = "originals_download"
    __table_args__ = (Index("ix_originals_download_campaign", "campaign_id", "created_at", "id"),)

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    bytes: Mapped[int] = mapped_column(BigInteger)
    """Length of the archive."""
    rights_sha256: Mapped[str]
    """SHA-256 (hex) of the `rights.csv` inside, so that a copy can be held against the record."""
    photos: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    """For each file its name, submission, award, versions and answer; no names of people."""

    person: Mapped[Person | None] = relationship()
