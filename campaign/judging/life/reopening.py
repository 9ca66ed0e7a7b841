"""Whether what was closed may open again: a campaign for photos, a round for its panel."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from campaign.campaigns.models import Campaign
from campaign.db import db
from campaign.judging.life.opening import campaign_not_ready
from campaign.judging.models import Round, RoundStage


def why_not_reopen(campaign: Campaign) -> str | None:
    """Once a jury has begun, every photo must have been before it: none may come in any more."""
    opened = select(Round.title).where(Round.campaign_id == campaign.id, Round.stage != RoundStage.DRAFT)
    title = db.session.scalar(opened.order_by(Round.number).limit(1))
    if title is None:
        return None
    return f"The jury has begun with “{title}”, so no photo may join any more. Duplicate the campaign to ask again."


def why_not_reopen_round(closed: Round, campaign: Campaign, now: datetime) -> str | None:
    """Why a closed or final round may not be opened again at this instant, or None where it may."""
    if closed.stage is RoundStage.OPEN and closed.state_at(now) is RoundStage.CLOSED:
        return f"“{closed.title}” has reached its deadline and is just being sealed. Open it again in a moment."
    if not closed.is_judged:
        return f"“{closed.title}” is not closed, so there is nothing to open again."
    drawn = drawn_from(closed)
    if drawn is not None:
        return f"“{drawn}” took its photos from this round’s result, so the result stays. Make another round instead."
    return campaign_not_ready(campaign, now)


def drawn_from(closed: Round) -> str | None:
    """The title of the first later round that has opened with photos of this round's result."""
    drew = select(Round.title).where(Round.source_round_id == closed.id, Round.stage != RoundStage.DRAFT)
    return db.session.scalar(drew.order_by(Round.number).limit(1))
