"""What follows from events elsewhere."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from campaign.awards.words import copy_words
from campaign.campaigns.models import Campaign
from campaign.db import db, transaction
from campaign.jobs import Attempt


def copy_release_words(payload: dict[str, Any], *, attempt: Attempt) -> None:
    """A copy of a campaign begins with the original's words."""
    del attempt
    with transaction():
        copied = db.session.get(Campaign, UUID(payload["campaign_id"]))
        original = db.session.get(Campaign, UUID(payload["from_id"]))
        if copied is not None and original is not None:
            copy_words(original, copied)
