"""Which photos are judged: all else counts on these."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Select, select

from campaign.judging.models import Round, RoundCandidate, SourceKind
from campaign.submissions.models import Submission, SubmissionState


def pool_of(judged: Round) -> Select[UUID]:
    """The ids of the photos that are judged: published now, in the round's category, come over at the opening."""
    pool = select(Submission.id).where(
        Submission.campaign_id == judged.campaign_id, Submission.state == SubmissionState.PUBLISHED
    )
    if judged.source_kind is SourceKind.CATEGORY:
        return pool.where(Submission.category == judged.source_category)
    if judged.source_round_id is None:
        return pool
    over = select(RoundCandidate.submission_id).where(RoundCandidate.round_id == judged.id)
    return pool.where(Submission.id.in_(over))
