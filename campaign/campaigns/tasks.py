"""What the clock does for campaigns."""

from __future__ import annotations

from campaign.campaigns.lifecycle import record_closing
from campaign.campaigns.queries import due_closings
from campaign.db import db, transaction


def record_due_closings() -> int:
    """Write down every closing that is due, each in a transaction of its own; returns how many."""
    due = due_closings()
    db.session.rollback()
    recorded = 0
    for campaign_id in due:
        with transaction():
            recorded += record_closing(campaign_id)
    return recorded
