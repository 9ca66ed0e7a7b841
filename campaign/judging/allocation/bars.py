"""Whom a photo may not be put before: who sent it, and who declared a conflict with it or with who sent it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import and_, or_, select, union

from campaign.db import db
from campaign.judging.models import DeclaredConflict
from campaign.submissions.models import Submission


def barred_pairs(
    campaign_id: UUID, judges: Sequence[UUID], photos: Sequence[UUID] | None = None
) -> set[tuple[UUID, UUID]]:
    """(photo, judge) pairs of a campaign that must not be, of these judges; with `photos`, of these alone."""
    own = select(Submission.id, Submission.person_id).where(
        Submission.campaign_id == campaign_id, Submission.person_id.in_(judges)
    )
    meant = or_(
        DeclaredConflict.submission_id == Submission.id,
        and_(DeclaredConflict.fan_id == Submission.person_id, DeclaredConflict.fan_id.is_not(None)),
    )
    declared = (
        select(Submission.id, DeclaredConflict.judge_id)
        .join(DeclaredConflict, meant)
        .where(Submission.campaign_id == campaign_id, DeclaredConflict.campaign_id == campaign_id)
        .where(DeclaredConflict.judge_id.in_(judges))
    )
    if photos is not None:
        own, declared = own.where(Submission.id.in_(photos)), declared.where(Submission.id.in_(photos))
    return {(photo, judge) for photo, judge in db.session.execute(union(own, declared))}
