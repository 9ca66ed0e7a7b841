"""Which photos are judged: all else counts on these."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select

from campaign.judging.models import Round, RoundCandidate, SourceKind
from campaign.submissions.models import Submission, SubmissionState


def pool_of(judged: Round) -> Select[UUID]:
    """The ids of the photos that are judged."""
    return select(Submission.id).join(Round, Round.id == judged.id).where(is_in_pool())


def is_in_pool(photo: type[Submission] = Submission) -> ColumnElement[bool]:
    """Of a photo, `Submission` or an alias of it, beside `Round`: published now, of its category, come over to it."""
    came_over = exists().where(RoundCandidate.round_id == Round.id, RoundCandidate.submission_id == photo.id)
    came_over = came_over.correlate_except(RoundCandidate)
    return and_(
        photo.campaign_id == Round.campaign_id,
        photo.state == SubmissionState.PUBLISHED,
        or_(Round.source_kind != SourceKind.CATEGORY, photo.category == Round.source_category),
        or_(Round.source_round_id.is_(None), came_over),
    )
