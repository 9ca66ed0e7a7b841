"""Holding an open campaign back for a while, with a reason that fans read, and letting it go on."""

from __future__ import annotations

from uuid import UUID

import structlog

from campaign.accounts.actor import Actor
from campaign.accounts.audit import audit
from campaign.accounts.permissions import require
from campaign.campaigns.models import SAID, Campaign, State
from campaign.campaigns.window import hold_window
from campaign.db import db
from campaign.errors import Conflict, InvalidInput
from campaign.wording import complaint, one_line

log = structlog.get_logger(__name__)

LONGEST_REASON = 280


def pause_campaign(actor: Actor, campaign_id: UUID, reason: str) -> Campaign:
    """Take no new photos until somebody resumes; once this returns and commits, none comes in.

    Tickets given out before are honoured, as at closing. Raises Conflict unless the campaign is open, and
    InvalidInput for a reason that fans could not read.
    """
    campaign, now = hold_window(campaign_id)
    require(actor, "campaign.transition", campaign)
    state = campaign.state_at(now)
    if state is not State.OPEN:
        raise Conflict(
            f"“{campaign.title}” {SAID[state]}, so there is nothing to pause. Only an open campaign can be paused.",
            code="illegal_transition",
        )
    words = read_reason(reason, "Tell fans why, in a sentence. They read it where the button was.")
    campaign.paused_at, campaign.pause_reason, campaign.updated_at = now, words, now
    audit(actor, "campaign.paused", campaign_id=campaign.id, subject_id=campaign.id, why=words)
    db.session.flush()
    log.info("campaign_paused", campaign=campaign.slug)
    return campaign


def resume_campaign(actor: Actor, campaign_id: UUID) -> Campaign:
    """Take photos again until the closing time, which stays as it was. Raises Conflict unless it is paused."""
    campaign, now = hold_window(campaign_id)
    require(actor, "campaign.transition", campaign)
    state = campaign.state_at(now)
    if state is not State.PAUSED:
        raise Conflict(f"“{campaign.title}” {SAID[state]}, so there is nothing to resume.", code="illegal_transition")
    end_pause(campaign)
    campaign.updated_at = now
    audit(actor, "campaign.resumed", campaign_id=campaign.id, subject_id=campaign.id)
    db.session.flush()
    log.info("campaign_resumed", campaign=campaign.slug)
    return campaign


def end_pause(campaign: Campaign) -> None:
    """Nothing holds the campaign back any more."""
    campaign.paused_at, campaign.pause_reason = None, ""


def read_reason(reason: str, when_empty: str) -> str:
    """The reason as it is kept. Raises InvalidInput for one that is empty or too long."""
    words = one_line(reason)
    problem = complaint(words, LONGEST_REASON, when_empty)
    if problem:
        raise InvalidInput("The reason needs another look.", fields={"reason": problem})
    return words
