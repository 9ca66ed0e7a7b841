"""What the clock does for campaigns: it writes down what time has already made true, and lets it be told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from campaign.campaigns.announcement import due_announcements, due_tellings, record_announcement, record_telling
from campaign.campaigns.lifecycle import record_closing
from campaign.campaigns.queries import due_closings
from campaign.db import db, transaction


def record_due_closings() -> int:
    """Write down every closing that is due, each in a transaction of its own; returns how many."""
    return _each(due_closings, record_closing)


def record_due_announcements() -> int:
    """Write down every announcement that time has brought; returns how many."""
    return _each(due_announcements, record_announcement)


def record_due_tellings() -> int:
    """Let winners and finalists hear of announcements that are near; returns of how many."""
    return _each(due_tellings, record_telling)


def _each(find: Callable[[], Sequence[UUID]], write: Callable[[UUID], bool]) -> int:
    due = find()
    db.session.rollback()
    recorded = 0
    for campaign_id in due:
        with transaction():
            recorded += write(campaign_id)
    return recorded
