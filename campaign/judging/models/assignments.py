"""What judges have before them, or will."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.db import Base, Identified
from campaign.judging.models.rounds import Round
from campaign.submissions.models import Submission

if TYPE_CHECKING:
    from campaign.judging.models.ballots import Ballot


class Assignment(Identified, Base):
    """What is, or is planned to be, put before one judge: a photo, a pair, or a list.

    Planned (neither handed out nor judged), it may still become another judge's.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        UniqueConstraint("round_id", "judge_id", "subject"),
        Index("ix_assignment_judge", "round_id", "judge_id", "position"),
        Index("ix_assignment_waiting", "round_id", "judge_id", "position", postgresql_where=text("NOT judged")),
        Index(
            "ix_assignment_planned",
            "round_id",
            "judge_id",
            "position",
            postgresql_where=text("handed_at IS NULL AND NOT judged"),
        ),
        CheckConstraint("NOT judged OR held_until IS NULL", name="judged_or_held"),
        Index("ix_assignment_held", "round_id", "held_until", postgresql_where=text("held_until IS NOT NULL")),
    )

    round_id: Mapped[UUID] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    judge_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    subject: Mapped[str]
    """The sorted submission ids joined by `+`: one assignment per judge and photo (or pair, or list)."""
    position: Mapped[int]
    handed_at: Mapped[datetime | None]
    """When it was put before the judge; NULL while it is only planned."""
    judged: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    """Whether there is a ballot, kept here too: finding the few that wait by the ballots' absence reads all of them."""
    held_until: Mapped[datetime | None]
    """Without a ballot, the photo is kept for this judge until then; NULL once judged or let go."""
    skipped_at: Mapped[datetime | None]
    """When the judge last put it aside: it lies under everything else until it is judged. No vote."""

    round: Mapped[Round] = relationship()
    items: Mapped[list[AssignmentItem]] = relationship(order_by="AssignmentItem.ordinal")
    ballot: Mapped[Ballot | None] = relationship(back_populates="assignment")


class AssignmentItem(Base):
    __tablename__ = "assignment_item"

    assignment_id: Mapped[UUID] = mapped_column(ForeignKey("assignment.id", ondelete="CASCADE"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submission.id"), index=True)

    submission: Mapped[Submission] = relationship()


class Coverage(Base):
    """How many judges have judged a photo or hold it just now. A photo nobody was given yet has no row.

    Kept because counting 84,000 assignments at every request would take longer than judging does.
    """

    __tablename__ = "coverage"
    __table_args__ = (CheckConstraint("judges >= 0", name="judges"),)

    round_id: Mapped[UUID] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), primary_key=True)
    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    judges: Mapped[int]
