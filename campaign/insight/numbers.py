"""The numbers at a glance: what came of a campaign so far, and what waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from flask import url_for
from sqlalchemy import func, select

from campaign.campaigns.hooks import Figure
from campaign.campaigns.models import Campaign
from campaign.clock import database_now
from campaign.db import db
from campaign.insight.models import Kind, Traffic
from campaign.submissions.models import Submission, SubmissionState

HOUR_MINUTES = 60
TWO_DAYS = 48
"""Hours; what waits for longer is said in days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """Since the beginning. `sent` counts photos that reached us, whatever became of them."""

    visits: int
    started: int
    sent: int
    published: int
    waiting: int
    waiting_since: datetime | None


def numbers_of(campaign_id: UUID) -> Numbers:
    """Two queries, however much there is to count."""
    is_waiting = Submission.state == SubmissionState.READY
    query = select(
        func.count(Submission.received_at),
        func.count().filter(Submission.state == SubmissionState.PUBLISHED),
        func.count().filter(is_waiting),
        func.min(func.coalesce(Submission.ready_at, Submission.created_at)).filter(is_waiting),
    ).where(Submission.campaign_id == campaign_id)
    sent, published, waiting, since = db.session.execute(query).one()
    seen = select(Traffic.kind, func.sum(Traffic.count)).where(Traffic.campaign_id == campaign_id)
    views = {kind: int(count) for kind, count in db.session.execute(seen.group_by(Traffic.kind))}
    return Numbers(
        visits=views.get(Kind.VISIT, 0),
        started=views.get(Kind.START, 0),
        sent=sent,
        published=published,
        waiting=waiting,
        waiting_since=since,
    )


def glance(campaign: Campaign) -> Sequence[Figure]:
    """The cards on a campaign's desk (see `campaigns/hooks.py`)."""
    numbers = numbers_of(campaign.id)
    insight = url_for("insight.show", slug=campaign.slug)
    moderation = url_for("submissions.moderation", slug=campaign.slug)
    gallery = f"{url_for('campaigns.show', slug=campaign.slug)}#gallery"
    oldest = _brief(database_now() - numbers.waiting_since) if numbers.waiting_since else "–"
    return [
        Figure("Visits", f"{numbers.visits:,}", insight),
        Figure("Started", f"{numbers.started:,}", insight),
        Figure("Sent", f"{numbers.sent:,}", insight),
        Figure("Published", f"{numbers.published:,}", gallery),
        Figure("Waiting", f"{numbers.waiting:,}", moderation),
        Figure("Oldest waiting", oldest, moderation),
    ]


def _brief(span: timedelta) -> str:
    """`5 min`, `3 h`, `2 days`: short enough for a card."""
    minutes = int(span.total_seconds() // 60)
    if minutes < HOUR_MINUTES:
        return f"{max(1, minutes)} min"
    hours = minutes // HOUR_MINUTES
    return f"{hours} h" if hours < TWO_DAYS else f"{hours // 24} days"
