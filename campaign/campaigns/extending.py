"""A later closing time: for a campaign that is under way, and for one that has closed and opens again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import structlog

from campaign.accounts.actor import Actor
from campaign.accounts.audit import audit
from campaign.accounts.permissions import require
from campaign.campaigns.hooks import why_not_reopen
from campaign.campaigns.models import SAID, Campaign, Stage, State
from campaign.campaigns.particulars import year_complaint
from campaign.campaigns.pausing import end_pause, read_reason
from campaign.campaigns.window import hold_window
from campaign.db import db
from campaign.errors import Conflict, InvalidInput
from campaign.web.times import iso

log = structlog.get_logger(__name__)

EXTENDABLE = (State.SCHEDULED, State.OPEN, State.PAUSED)


def extend_campaign(actor: Actor, campaign_id: UUID, closes_at: datetime) -> Campaign:
    """Close later than was said.

    Raises Conflict unless the campaign is launched and not yet closed, and InvalidInput for a time that is not later.
    """
    campaign, now = hold_window(campaign_id)
    require(actor, "campaign.transition", campaign)
    state = campaign.state_at(now)
    if state not in EXTENDABLE:
        onward = " Reopen it instead." if state is State.CLOSED else ""
        raise Conflict(
            f"“{campaign.title}” {SAID[state]}, so its time cannot be extended.{onward}", code="illegal_transition"
        )
    _check_closing(closes_at, campaign.closes_at, "Choose a time after the present closing. To close earlier, edit.")
    details = {"from": iso(campaign.closes_at), "to": iso(closes_at)}
    campaign.closes_at, campaign.updated_at = closes_at, now
    audit(actor, "campaign.extended", campaign_id=campaign.id, subject_id=campaign.id, details=details)
    db.session.flush()
    log.info("campaign_extended", campaign=campaign.slug)
    return campaign


def reopen_campaign(actor: Actor, campaign_id: UUID, *, closes_at: datetime, reason: str) -> Campaign:
    """Take photos again until `closes_at`. The reason is kept in the campaign's history.

    Raises Conflict unless the campaign is closed, nothing is announced or about to be, and no jury has begun.
    """
    campaign, now = hold_window(campaign_id)
    require(actor, "campaign.transition", campaign)
    in_the_way = why_not_reopen_at(campaign, now)
    if in_the_way:
        raise Conflict(in_the_way, code="illegal_transition")
    words = read_reason(reason, "Say why, in a sentence. It is kept in the campaign's history.")
    _check_closing(closes_at, now, "Choose a closing time that is still to come.")
    closed_at = campaign.closed_at or campaign.closes_at
    campaign.stage, campaign.closed_at, campaign.closes_at = Stage.LAUNCHED, None, closes_at
    end_pause(campaign)
    campaign.updated_at = now
    details = {"closed_at": iso(closed_at), "to": iso(closes_at)}
    audit(actor, "campaign.reopened", campaign_id=campaign.id, subject_id=campaign.id, why=words, details=details)
    db.session.flush()
    log.info("campaign_reopened", campaign=campaign.slug)
    return campaign


def why_not_reopen_at(campaign: Campaign, now: datetime) -> str | None:
    """Why the campaign may not be reopened now, or None where it may."""
    state = campaign.state_at(now)
    if state is not State.CLOSED:
        return f"“{campaign.title}” {SAID[state]}. Only a campaign that has closed can be reopened."
    if campaign.announces_at is not None:
        return "Its announcement is already arranged. Cancel that first, then reopen."
    return why_not_reopen(campaign)


def _check_closing(closes_at: datetime, after: datetime, sentence: str) -> None:
    problem = year_complaint(closes_at) or (None if closes_at > after else sentence)
    if problem:
        raise InvalidInput("The closing time needs another look.", fields={"closes_at": problem})
