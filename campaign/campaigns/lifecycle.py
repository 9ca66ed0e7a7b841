"""What can happen to a campaign. One verb for each change; what does not fit the state is refused with words."""

from __future__ import annotations

import re
from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy import func, select

from campaign.accounts.actor import Actor
from campaign.accounts.audit import audit
from campaign.accounts.permissions import require
from campaign.campaigns import events
from campaign.campaigns.hooks import why_not_announce
from campaign.campaigns.models import SAID, Campaign, Rules, Stage, State
from campaign.campaigns.particulars import Particulars, check_particulars
from campaign.campaigns.pausing import end_pause
from campaign.campaigns.window import hold_window
from campaign.db import Lock, db, lock_exclusive
from campaign.errors import Conflict, InvalidInput
from campaign.jobs import record

log = structlog.get_logger(__name__)

MOVES: dict[State, tuple[State, ...]] = {
    State.DRAFT: (State.OPEN,),
    State.SCHEDULED: (State.CLOSED,),
    State.OPEN: (State.CLOSED,),
    State.PAUSED: (State.CLOSED,),
    State.CLOSED: (State.ANNOUNCED,),
    State.ANNOUNCED: (),
}
"""From each state, where a person may take the campaign. Pausing, extending and reopening are verbs of their own."""

DID = {State.OPEN: "campaign.launched", State.CLOSED: "campaign.closed", State.ANNOUNCED: "campaign.announced"}
"""What each move is called in the audit log."""


def create_campaign(actor: Actor, particulars: Particulars) -> Campaign:
    """A draft that only the desk sees. Raises InvalidInput with a sentence for each field that cannot be used."""
    require(actor, "campaign.create")
    check_particulars(particulars)
    slug = particulars.slug or slug_from(particulars.title)
    lock_exclusive(Lock.CAMPAIGN, f"slug:{slug}")
    if db.session.scalar(select(func.count()).select_from(Campaign).where(Campaign.slug == slug)):
        raise InvalidInput(
            "Another campaign has this address.", fields={"slug": f"“{slug}” is taken; choose another address."}
        )
    campaign = Campaign(slug=slug, created_by=actor.person_id, **particulars.columns())
    campaign.rules.append(Rules(version=1, text=particulars.rules_text))
    db.session.add(campaign)
    db.session.flush()
    audit(actor, "campaign.created", campaign_id=campaign.id, subject_id=campaign.id)
    return campaign


def edit_campaign(actor: Actor, campaign_id: UUID, particulars: Particulars) -> Campaign:
    """Change what may still change. New words of the rules become the next version; sent photos keep theirs."""
    campaign, now = hold_window(campaign_id)
    require(actor, "campaign.edit", campaign)
    check_particulars(particulars)
    _refuse_moved_window(campaign, particulars, now)
    changed = [name for name, value in particulars.columns().items() if getattr(campaign, name) != value]
    for name in changed:
        setattr(campaign, name, particulars.columns()[name])
    if particulars.rules_text != campaign.current_rules.text:
        _renew_rules(campaign, particulars.rules_text, now)
        changed.append("rules_text")
    if changed:
        campaign.updated_at = now
        details = {"changed": changed}
        audit(actor, "campaign.edited", campaign_id=campaign.id, subject_id=campaign.id, details=details)
    db.session.flush()
    return campaign


def move_campaign(actor: Actor, campaign_id: UUID, to: State) -> Campaign:
    """Launch, close or announce. Raises Conflict that says why not and what would have to happen first."""
    campaign, now = hold_window(campaign_id)
    require(actor, "campaign.transition", campaign)
    reason = why_not_move(campaign, to, now)
    if reason:
        raise Conflict(reason, code="illegal_transition")
    record_closing_of(campaign, now)
    match to:
        case State.OPEN:
            campaign.stage, campaign.launched_at = Stage.LAUNCHED, now
        case State.CLOSED:
            campaign.stage, campaign.closed_at = Stage.CLOSED, now
            end_pause(campaign)
        case _:
            campaign.stage, campaign.announced_at, campaign.announces_at = Stage.ANNOUNCED, now, None
            record(events.ANNOUNCED, {"campaign_id": str(campaign.id)})
    audit(actor, DID[to], campaign_id=campaign.id, subject_id=campaign.id)
    db.session.flush()
    log.info("campaign_moved", campaign=campaign.slug, to=to.value)
    return campaign


def why_not_move(campaign: Campaign, to: State, now: datetime) -> str | None:
    """Why the campaign may not go to this state now, or None where it may."""
    state = campaign.state_at(now)
    if to not in MOVES[state]:
        onward = " or ".join(MOVES[state]) or "nowhere else: its story is told"
        return f"“{campaign.title}” {SAID[state]}, so it cannot become {to.value}. From here it goes to {onward}."
    if to is State.OPEN and campaign.closes_at <= now:
        return "The closing time lies in the past. Choose a later one, then launch."
    return why_not_announce(campaign) if to is State.ANNOUNCED else None


def record_closing(campaign_id: UUID) -> bool:
    """Write down the closing that time has already brought; False where it has not, or somebody wrote it before."""
    return record_closing_of(*hold_window(campaign_id))


def slug_from(title: str) -> str:
    """`Flaunt Your City!` becomes `flaunt-your-city`."""
    slug = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:60].strip("-")
    if not slug:
        raise InvalidInput(
            "The address cannot be made from this title.", fields={"slug": "Write one with a-z and 0-9."}
        )
    return slug


def record_closing_of(campaign: Campaign, now: datetime) -> bool:
    """A campaign past its time is closed already; write that down with the instant at which it was true.

    Wants the window held.
    """
    if campaign.stage is not Stage.LAUNCHED or now < campaign.closes_at:
        return False
    campaign.stage, campaign.closed_at = Stage.CLOSED, campaign.closes_at
    end_pause(campaign)
    log.info("campaign_closed_on_time", campaign=campaign.slug)
    return True


def _renew_rules(campaign: Campaign, words: str, now: datetime) -> None:
    if campaign.state_at(now) in (State.CLOSED, State.ANNOUNCED):
        raise Conflict("The rules stay as they were agreed to once a campaign has closed.")
    campaign.rules.append(Rules(version=campaign.current_rules.version + 1, text=words))


def _refuse_moved_window(campaign: Campaign, particulars: Particulars, now: datetime) -> None:
    state = campaign.state_at(now)
    moved_opening = particulars.opens_at != campaign.opens_at
    moved_closing = particulars.closes_at != campaign.closes_at
    if state in (State.CLOSED, State.ANNOUNCED) and (moved_opening or moved_closing):
        raise Conflict("The campaign has closed, so its times stay as they were. “Reopen” gives it a new closing time.")
    if state in (State.OPEN, State.PAUSED) and moved_opening:
        raise Conflict("The campaign is open already; its opening cannot be moved any more.")
    if state in (State.SCHEDULED, State.OPEN, State.PAUSED) and particulars.closes_at <= now:
        raise InvalidInput(
            "To close now, use “Close”.", fields={"closes_at": "Choose an instant that is still to come."}
        )
