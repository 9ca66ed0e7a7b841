"""The answer to the campaign's question whether it may take photos again."""

from __future__ import annotations

from sqlalchemy import select

from campaign.campaigns.models import Campaign
from campaign.db import db
from campaign.judging.models import Round, RoundStage


def why_not_reopen(campaign: Campaign) -> str | None:
    """Once a jury has begun, every photo must have been before it: none may come in any more."""
    opened = select(Round.title).where(Round.campaign_id == campaign.id, Round.stage != RoundStage.DRAFT)
    title = db.session.scalar(opened.order_by(Round.number).limit(1))
    if title is None:
        return None
    return f"The jury has begun with “{title}”, so no photo may join any more. Duplicate the campaign to ask again."
