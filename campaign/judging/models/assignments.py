"""What judges have before them, or will."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.db import Base, Identified
from campaign.judging.models.rounds import Round
from campaign.submissions.models import Submission

if TYPE_CHECKING:
    from campaign.judging.models.ballots import Ballot


class Assignment(Identified, Base):
    """What was put before one judge: a photo, a pair, or a list. What is only planned stands in `PlanPage`."""

    __tablename__ = "assignment"
    __table_args__ = (
        UniqueConstraint("round_id", "judge_id", "subject"),
        Index("ix_assignment_judge", "round_id", "judge_id", "position"),
        Index(
            "ix_assignment_waiting",
            "round_id",
            "judge_id",
            "position",
            postgresql_where=text("NOT judged AND gone_at IS NULL"),
        ),
        CheckConstraint("NOT judged OR held_until IS NULL", name="judged_or_held"),
        CheckConstraint("gone_at IS NULL OR (NOT judged AND held_until IS NULL)", name="gone_and_not_judged"),
    )

    round_id: Mapped[UUID] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    judge_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    subject: Mapped[str]
    """The sorted submission ids joined by `+`: one assignment per judge and photo (or pair, or list)."""
    position: Mapped[int]
    handed_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    """When it was put before the judge."""
    judged: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    """Whether there is a ballot, kept here too: finding the few that wait by the ballots' absence reads all of them."""
    held_until: Mapped[datetime | None]
    """Without a ballot, kept for this judge until then; afterwards another may take it. NULL: nothing is kept."""
    skipped_at: Mapped[datetime | None]
    """When the judge last put it aside: it lies under everything else until it is judged. No vote."""
    gone_at: Mapped[datetime | None]
    """When it stopped being this judge's, without a ballot: they stepped aside, or another took it over."""

    round: Mapped[Round] = relationship()
    items: Mapped[list[AssignmentItem]] = relationship(order_by="AssignmentItem.ordinal")
    ballot: Mapped[Ballot | None] = relationship(back_populates="assignment")


class AssignmentItem(Base):
    __tablename__ = "assignment_item"

    assignment_id: Mapped[UUID] = mapped_column(ForeignKey("assignment.id", ondelete="CASCADE"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submission.id"), index=True)

    submission: Mapped[Submission] = relationship()


class PlanPage(Base):
    """A page of what is planned for a judge and not handed out yet: photos in the order in which the judge sees them.

    A row for each photo of a plan would be a million rows and their indexes, written to be deleted one by one.
    """

    __tablename__ = "plan_page"
    __table_args__ = (
        ForeignKeyConstraint(
            ["round_id", "judge_id"], ["panel_member.round_id", "panel_member.person_id"], ondelete="CASCADE"
        ),
        CheckConstraint("cardinality(photos) >= 1 AND array_position(photos, NULL) IS NULL", name="photos"),
    )

    round_id: Mapped[UUID] = mapped_column(primary_key=True)
    judge_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    """Pages are taken in this order."""
    photos: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
