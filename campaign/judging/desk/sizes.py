"""How many photos a round would have, asked while it is planned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import Select, func, select

from campaign.campaigns.models import Campaign
from campaign.db import db
from campaign.judging.life.origins import Source
from campaign.judging.models import Placement, Round, RoundEntry
from campaign.submissions.models import Submission, SubmissionState


def expected_photos(campaign: Campaign, source: Source | None) -> int:
    """How many photos come from there, as far as it can be told just now: equals at a cut may make it a few more."""
    if source is None:
        return _count(_published(campaign.id))
    if source.category is not None:
        is_known = source.category in campaign.categories
        return _count(_published(campaign.id).where(Submission.category == source.category)) if is_known else 0
    if source.picked is not None:
        return len(source.picked)
    if source.least is not None:
        reached = select(func.count()).select_from(Placement).where(Placement.round_id == source.round_id)
        return db.session.scalar(reached.where(Placement.score >= source.least)) or 0
    entered = select(func.count()).select_from(RoundEntry).where(RoundEntry.round_id == source.round_id)
    return min(source.top or 0, db.session.scalar(entered) or 0)


def category_counts(campaign_id: UUID, names: Sequence[str]) -> list[tuple[str, int]]:
    """Each category with how many published photos are in it."""
    if not names:
        return []
    query = _published(campaign_id).add_columns(Submission.category).group_by(Submission.category)
    counts = {name: count for count, name in db.session.execute(query)}
    return [(name, counts.get(name, 0)) for name in names]


def entry_counts(rounds: Sequence[Round]) -> Mapping[UUID, int]:
    """How many photos took part in each of the rounds that have closed."""
    query = select(RoundEntry.round_id, func.count()).where(RoundEntry.round_id.in_([one.id for one in rounds]))
    return dict(db.session.execute(query.group_by(RoundEntry.round_id)).all())


def _published(campaign_id: UUID) -> Select[int]:
    return select(func.count()).where(
        Submission.campaign_id == campaign_id, Submission.state == SubmissionState.PUBLISHED
    )


def _count(query: Select[int]) -> int:
    return db.session.scalar(query) or 0
