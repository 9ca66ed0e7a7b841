"""A new draft from a campaign that went well: its settings and words, none of its photos."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog

from campaign.accounts.actor import Actor
from campaign.accounts.audit import audit
from campaign.accounts.permissions import require
from campaign.campaigns import events
from campaign.campaigns.lifecycle import create_campaign
from campaign.campaigns.models import Campaign
from campaign.campaigns.particulars import Particulars
from campaign.db import db
from campaign.errors import NotFound
from campaign.jobs import record

log = structlog.get_logger(__name__)

KEPT = (
    "brief",
    "accent",
    "time_zone",
    "entry_limit",
    "minimum_age",
    "wanted",
    "categories",
    "decline_reasons",
    "tell_before_hours",
)


@dataclass(frozen=True, kw_only=True)
class Anew:
    """What is new about the copy; without a slug its address is made from the title."""

    title: str
    opens_at: datetime
    closes_at: datetime
    slug: str | None = None


def duplicate_campaign(actor: Actor, from_id: UUID, anew: Anew) -> Campaign:
    """A draft with everything the desk wrote for the other campaign, under its own title, address and dates.

    Raises NotPermitted, or InvalidInput with a sentence for each field that cannot be used.
    """
    source = db.session.get(Campaign, from_id)
    if source is None:
        raise NotFound("There is no such campaign any more.")
    require(actor, "campaign.edit", source)
    made = create_campaign(
        actor,
        Particulars(
            title=anew.title,
            slug=anew.slug,
            opens_at=anew.opens_at,
            closes_at=anew.closes_at,
            rules_text=source.current_rules.text,
            **{name: getattr(source, name) for name in KEPT},
        ),
    )
    ids = {"campaign_id": str(made.id), "from_id": str(source.id)}
    audit(actor, "campaign.duplicated", campaign_id=made.id, subject_id=source.id, details={"from": source.slug})
    record(events.DUPLICATED, ids)
    log.info("campaign_duplicated", campaign=made.slug, source=source.slug)
    return made
