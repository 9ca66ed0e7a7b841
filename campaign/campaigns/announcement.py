"""The announcement: arranged for an instant, called off, and written down once time has brought it.

From its instant on a campaign *is* announced (`Campaign.state_at`), whoever writes that down and when.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy import func, select, text

from campaign.accounts.actor import Actor
from campaign.accounts.audit import audit
from campaign.accounts.permissions import require
from campaign.campaigns import events
from campaign.campaigns.hooks import why_not_announce
from campaign.campaigns.lifecycle import record_closing_of
from campaign.campaigns.models import SAID, Campaign, Stage, State
from campaign.campaigns.particulars import hours_complaint, year_complaint
from campaign.campaigns.window import hold_window
from campaign.db import db
from campaign.errors import Conflict, InvalidInput
from campaign.jobs import record
from campaign.web.times import iso

log = structlog.get_logger(__name__)


def schedule_announcement(
    actor: Actor, campaign_id: UUID, announces_at: datetime, tell_before_hours: int | None = None
) -> Campaign:
    """Let the campaign be announced by itself at `announces_at`; winners and finalists hear it that many hours before.

    Given again, it moves the announcement; who was told already hears only of the new instant. Raises Conflict while
    something stands in the way, and InvalidInput for an instant that is not to come.
    """
    campaign, now = hold_window(campaign_id)
    require(actor, "campaign.transition", campaign)
    in_the_way = why_not_schedule(campaign, now)
    if in_the_way:
        raise Conflict(in_the_way, code="illegal_transition")
    hours = campaign.tell_before_hours if tell_before_hours is None else tell_before_hours
    _check(announces_at, hours, now)
    record_closing_of(campaign, now)
    moved_from = iso(campaign.announces_at) or None
    campaign.announces_at, campaign.tell_before_hours, campaign.updated_at = announces_at, hours, now
    details = {"from": moved_from, "to": iso(announces_at), "tell_before_hours": hours}
    audit(actor, "campaign.announcement_arranged", campaign_id=campaign.id, subject_id=campaign.id, details=details)
    if campaign.told_at is not None:
        record(events.ANNOUNCEMENT_MOVED, {"campaign_id": str(campaign.id)})
    db.session.flush()
    log.info("announcement_arranged", campaign=campaign.slug)
    return campaign


def cancel_announcement(actor: Actor, campaign_id: UUID) -> Campaign:
    """Call off an announcement whose instant has not come; who was told already hears that it is put off.

    Raises Conflict where none is arranged.
    """
    campaign, now = hold_window(campaign_id)
    require(actor, "campaign.transition", campaign)
    if campaign.state_at(now) is State.ANNOUNCED:
        raise Conflict(f"“{campaign.title}” is announced; that cannot be taken back.", code="illegal_transition")
    if campaign.announces_at is None:
        raise Conflict("No announcement is arranged, so there is none to call off.", code="illegal_transition")
    details = {"from": iso(campaign.announces_at)}
    campaign.announces_at, campaign.updated_at = None, now
    audit(actor, "campaign.announcement_called_off", campaign_id=campaign.id, subject_id=campaign.id, details=details)
    if campaign.told_at is not None:
        record(events.ANNOUNCEMENT_CALLED_OFF, {"campaign_id": str(campaign.id)})
    db.session.flush()
    log.info("announcement_called_off", campaign=campaign.slug)
    return campaign


def why_not_schedule(campaign: Campaign, now: datetime) -> str | None:
    """Why no announcement can be arranged for this campaign now, or None where it can."""
    state = campaign.state_at(now)
    if state is not State.CLOSED:
        return f"“{campaign.title}” {SAID[state]}. An announcement is arranged once it has closed."
    return why_not_announce(campaign)


def due_announcements() -> Sequence[UUID]:
    """Campaigns announced by time alone, of which nobody has written that down."""
    due = select(Campaign.id).where(Campaign.stage == Stage.CLOSED, Campaign.announces_at <= func.clock_timestamp())
    return db.session.scalars(due).all()


def record_announcement(campaign_id: UUID) -> bool:
    """Write down the announcement that time has brought, and let it be told; False where there is none to write."""
    campaign, now = hold_window(campaign_id)
    if campaign.stage is not Stage.CLOSED or campaign.state_at(now) is not State.ANNOUNCED:
        return False
    campaign.stage, campaign.announced_at = Stage.ANNOUNCED, campaign.announces_at
    record(events.ANNOUNCED, {"campaign_id": str(campaign.id)})
    log.info("campaign_announced_on_time", campaign=campaign.slug)
    return True


def due_tellings() -> Sequence[UUID]:
    """Campaigns whose winners and finalists hear of it now, ahead of the announcement; each once."""
    ahead = Campaign.tell_before_hours * text("interval '1 hour'")
    due = select(Campaign.id).where(
        Campaign.stage == Stage.CLOSED,
        Campaign.told_at.is_(None),
        Campaign.tell_before_hours > 0,
        Campaign.announces_at - ahead <= func.clock_timestamp(),
    )
    return db.session.scalars(due).all()


def record_telling(campaign_id: UUID) -> bool:
    """Let winners and finalists be told; False where it is not time, is too late, or was done before."""
    campaign, now = hold_window(campaign_id)
    if campaign.state_at(now) is not State.CLOSED or campaign.told_at is not None or not _is_near(campaign, now):
        return False
    campaign.told_at = now
    record(events.ANNOUNCEMENT_NEAR, {"campaign_id": str(campaign.id)})
    log.info("announcement_near", campaign=campaign.slug)
    return True


def _is_near(campaign: Campaign, now: datetime) -> bool:
    if campaign.announces_at is None or campaign.tell_before_hours == 0:
        return False
    return now >= campaign.announces_at - timedelta(hours=campaign.tell_before_hours)


def _check(announces_at: datetime, hours: int, now: datetime) -> None:
    at = year_complaint(announces_at) or (
        None if announces_at > now else "Choose an instant that is still to come, or announce now."
    )
    given = {"announces_at": at, "tell_before_hours": hours_complaint(hours)}
    fields = {name: sentence for name, sentence in given.items() if sentence}
    if fields:
        raise InvalidInput("The announcement needs another look before it can be arranged.", fields=fields)
