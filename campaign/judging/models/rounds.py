"""Rounds, their panels, and which photos take part."""

from __future__ import annotations

import json
import secrets
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.accounts.models import Person
from campaign.campaigns.models import Campaign
from campaign.db import Base, Choice, Identified, one_of
from campaign.judging.methods.shape import Criterion, Method, Terms

BITS_OF_SEED = 53
LARGEST_SEED = 2**BITS_OF_SEED - 1
"""Every number up to it survives a trip through JSON (RFC 8259, section 6)."""


def new_seed() -> int:
    """A number nobody chose."""
    return secrets.randbits(BITS_OF_SEED)


ONE_CRITERION = [{"name": "Overall", "weight": 1}]

RECORD_FORMAT = 3
"""How rounds are written into their seals and dossiers now; those sealed by a release before keep their number."""


class RoundStage(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    """Sealed; ties wait for the chair, and it may be reopened with a reason."""
    FINAL = "final"
    """What the closed round came to stands, ties and all."""


class SourceKind(StrEnum):
    PUBLISHED = "published"
    """All published photos of the campaign."""
    CATEGORY = "category"
    """Those of one category."""
    TOP = "top"
    """The best N of an earlier round."""
    LEAST = "least"
    """All that have at least a score in an earlier round."""
    PICKED = "picked"
    """Chosen by hand from an earlier round, with a reason."""


class TieRule(StrEnum):
    """What breaks a tie, chosen before the round opens."""

    SHARED = "shared"
    """Nothing does: equals share their place."""
    MORE_BALLOTS = "more_ballots"
    HEAD_TO_HEAD = "head_to_head"
    CHAIR = "chair"
    DRAW = "draw"


class Round(Identified, Base):
    __tablename__ = "round"
    __table_args__ = (
        one_of("method", Method),
        one_of("stage", RoundStage),
        one_of("source_kind", SourceKind),
        one_of("tie_rule", TieRule),
        UniqueConstraint("campaign_id", "number"),
        CheckConstraint("quorum BETWEEN 1 AND 100", name="quorum"),
        CheckConstraint("(stage = 'draft') = (opened_at IS NULL)", name="opened"),
        CheckConstraint("(stage IN ('closed', 'final')) = (closed_at IS NOT NULL)", name="closed"),
        CheckConstraint("(stage IN ('closed', 'final')) = (seal IS NOT NULL)", name="sealed"),
        CheckConstraint("(stage = 'final') = (finished_at IS NOT NULL)", name="finished"),
        CheckConstraint("(stage = 'final') = (final_seal IS NOT NULL)", name="final_seal"),
        CheckConstraint(f"seed BETWEEN 0 AND {LARGEST_SEED}", name="seed"),
        CheckConstraint("scale IN (5, 10)", name="scale"),
        CheckConstraint("list_size BETWEEN 2 AND 20", name="list_size"),
        CheckConstraint(
            "jsonb_array_length(criteria) BETWEEN CASE method WHEN 'stars' THEN 1 ELSE 0 END"
            " AND CASE method WHEN 'stars' THEN 6 ELSE 0 END",
            name="criteria",
        ),
        CheckConstraint(
            "(source_round_id IS NOT NULL) = (source_kind IN ('top', 'least', 'picked'))"
            " AND (source_top IS NOT NULL) = (source_kind = 'top') AND source_top >= 1"
            " AND (source_least IS NOT NULL) = (source_kind = 'least')"
            " AND (source_category IS NOT NULL) = (source_kind = 'category')"
            " AND (source_reason IS NOT NULL) = (source_kind = 'picked') AND source_round_id <> id",
            name="source",
        ),
    )

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaign.id"))
    number: Mapped[int]
    title: Mapped[str]
    method: Mapped[Method] = mapped_column(Choice(Method), default=Method.STARS)
    criteria: Mapped[list[dict[str, Any]]] = mapped_column(
        JSONB, default=lambda: list(ONE_CRITERION), server_default=text(f"'{json.dumps(ONE_CRITERION)}'")
    )
    """`{"name", "weight"}` for each criterion, in the order in which ballots hold their scores."""
    scale: Mapped[int] = mapped_column(default=5, server_default=text("5"))
    """Stars go from 1 to this."""
    list_size: Mapped[int] = mapped_column(default=10, server_default=text("10"))
    """How many photos a list to be ranked holds."""
    source_kind: Mapped[SourceKind] = mapped_column(
        Choice(SourceKind), default=SourceKind.PUBLISHED, server_default=text("'published'")
    )
    source_round_id: Mapped[UUID | None] = mapped_column(ForeignKey("round.id"))
    source_top: Mapped[int | None]
    source_least: Mapped[float | None]
    source_category: Mapped[str | None]
    source_reason: Mapped[str | None]
    quorum: Mapped[int]
    """How many judges see each photo; in how many duels it is, or on how many lists."""
    planned: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    """How many ballots the panel gives in all, as planned now: those given, awaited and still to be handed out."""
    is_blind: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    """Whether names, places and captions are hidden from the panel."""
    tie_rule: Mapped[TieRule] = mapped_column(Choice(TieRule), default=TieRule.SHARED, server_default=text("'shared'"))
    seed: Mapped[int] = mapped_column(BigInteger, default=new_seed, server_default=text("0"))
    """From which plans, draws and bootstraps follow; published with the round."""
    stage: Mapped[RoundStage] = mapped_column(Choice(RoundStage), default=RoundStage.DRAFT)
    closes_at: Mapped[datetime | None]
    """The deadline; votes after it do not count, whether or not anybody has closed the round."""
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    seal: Mapped[str | None]
    """SHA-256 (hex) over rules, photos, panel, plan and the heads of the chains, written at closing."""
    finished_at: Mapped[datetime | None]
    final_seal: Mapped[str | None]
    """SHA-256 (hex) over the seal, the votes on ties and the result, written when the round becomes final."""
    record_format: Mapped[int] = mapped_column(default=RECORD_FORMAT, server_default=text(str(RECORD_FORMAT)))

    campaign: Mapped[Campaign] = relationship()
    source: Mapped[Round | None] = relationship(remote_side="Round.id")
    panel: Mapped[list[PanelMember]] = relationship(back_populates="round", cascade="all, delete-orphan")

    @property
    def owner_id(self) -> None:
        """A round belongs to the desk of its campaign."""
        return

    @property
    def terms(self) -> Terms:
        """What the round's method needs to know of it."""
        criteria = tuple(Criterion(**one) for one in self.criteria)
        return Terms(self.quorum, criteria, self.scale, self.list_size)

    @property
    def is_judged(self) -> bool:
        """Whether there is a result: closed and sealed, or final."""
        return self.stage in {RoundStage.CLOSED, RoundStage.FINAL}

    def state_at(self, now: datetime) -> RoundStage:
        """The state at an instant of the database's clock: past its deadline a round is closed."""
        if self.stage is RoundStage.OPEN and self.closes_at is not None and now >= self.closes_at:
            return RoundStage.CLOSED
        return RoundStage(self.stage)


class PanelMember(Base):
    """A judge of one round. The record knows only `commitment`, SHA-256(salt, person); erasing takes the salt.

    Whoever adds to the judge's chain holds this row's lock, so the last link and the counters stand here.
    """

    __tablename__ = "panel_member"
    __table_args__ = (
        UniqueConstraint("round_id", "seat"),
        Index("uq_panel_member_one_chair", "round_id", unique=True, postgresql_where=text("is_chair")),
        CheckConstraint("seat >= 1 AND events >= 0 AND judged >= 0", name="counters"),
    )

    round_id: Mapped[UUID] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    salt: Mapped[bytes | None] = mapped_column(LargeBinary)
    commitment: Mapped[str] = mapped_column(unique=True)
    seat: Mapped[int]
    """From 1: “Judge 3” is this judge's pseudonym in the dossier."""
    is_chair: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    joined_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    left_at: Mapped[datetime | None]
    """Since when nothing more is put before this judge; what was judged before stays."""
    head: Mapped[str]
    """The hash of the chain's last event; the commitment before the first."""
    events: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    judged: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    """How many ballots of this judge stand."""

    round: Mapped[Round] = relationship(back_populates="panel")
    person: Mapped[Person] = relationship()


class Reopening(Identified, Base):
    """A round that had closed and was opened again, and what it had been sealed with."""

    __tablename__ = "round_reopening"
    __table_args__ = (Index("ix_round_reopening_round", "round_id"),)

    round_id: Mapped[UUID] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    reason: Mapped[str]
    reopened_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    closed_at: Mapped[datetime]
    seal: Mapped[str]


class RoundEntry(Base):
    """A photo that took part, written at closing: what was in the pool cannot change afterwards."""

    __tablename__ = "round_entry"

    round_id: Mapped[UUID] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), primary_key=True)
    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submission.id"), primary_key=True)


class RoundCandidate(Base):
    """A photo that came over from another round, written at opening; those picked by hand from the draft on."""

    __tablename__ = "round_candidate"

    round_id: Mapped[UUID] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), primary_key=True)
    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submission.id"), primary_key=True)
