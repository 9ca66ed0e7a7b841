"""The closing rule (decision 3): who adds holds the shared lock, who closes takes the exclusive one."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from campaign.campaigns.models import Campaign
from campaign.db import Lock, db, lock_exclusive, lock_shared
from campaign.errors import NotFound


def enter_window(campaign_id: UUID) -> tuple[Campaign, datetime]:
    """Hold the window as it is until the transaction ends, and read it with the clock.

    Whoever adds a submission calls this first and then asks `campaign.state_at(now)`. Until the transaction ends
    nobody can close the campaign, so what is added was in time, and whoever closes sees it.
    """
    lock_shared(Lock.CAMPAIGN, campaign_id)
    return _read(campaign_id)


def hold_window(campaign_id: UUID) -> tuple[Campaign, datetime]:
    """Wait until everybody who is adding has finished, keep others out, and read the campaign with the clock."""
    lock_exclusive(Lock.CAMPAIGN, campaign_id)
    return _read(campaign_id)


def _read(campaign_id: UUID) -> tuple[Campaign, datetime]:
    """A statement of its own, after the lock: its snapshot sees what the last holder committed."""
    row = db.session.execute(
        select(Campaign, func.clock_timestamp())
        .where(Campaign.id == campaign_id)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        raise NotFound("There is no such campaign any more.")
    return row[0], row[1]
