"""The life of a round: prepared, opened once its campaign has closed, closed and sealed."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy import func, select

from campaign.accounts.actor import Actor
from campaign.accounts.permissions import require
from campaign.campaigns.models import Campaign, State
from campaign.campaigns.particulars import YEARS
from campaign.campaigns.window import hold_window
from campaign.clock import database_now
from campaign.db import db
from campaign.errors import Conflict, InvalidInput, NotFound
from campaign.judging import chain
from campaign.judging.models import PanelMember, Round, RoundStage
from campaign.judging.queries import cast_of
from campaign.judging.record import seal_round
from campaign.judging.window import hold_round
from campaign.submissions.models import Submission, SubmissionState
from campaign.wording import one_line

log = structlog.get_logger(__name__)

LONGEST_TITLE = 120
LARGEST_QUORUM = 100


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a marketer decides about a round. `panel` holds people's ids; None stands for the whole cast."""

    title: str
    quorum: int
    panel: Sequence[UUID] | None = None
    closes_at: datetime | None = None


def create_round(actor: Actor, campaign_id: UUID, plan: Plan) -> Round:
    """A draft of a round with its panel. Raises NotPermitted, Conflict, or InvalidInput with a sentence per field."""
    campaign, now = hold_window(campaign_id)
    require(actor, "round.manage", campaign)
    if campaign.state_at(now) is State.ANNOUNCED:
        raise Conflict(f"“{campaign.title}” is announced; its judging is over.", code="campaign_announced")
    cast = {member.person_id for member in cast_of(campaign_id)}
    panel = sorted(cast if plan.panel is None else set(plan.panel))
    _check_plan(plan, panel, cast, now)
    last = db.session.scalar(select(func.max(Round.number)).where(Round.campaign_id == campaign_id)) or 0
    prepared = Round(
        campaign_id=campaign_id,
        number=last + 1,
        title=one_line(plan.title),
        quorum=plan.quorum,
        closes_at=plan.closes_at,
        panel=[_member(person_id) for person_id in panel],
    )
    db.session.add(prepared)
    db.session.flush()
    log.info("round_prepared", round=str(prepared.id), panel=len(panel), quorum=plan.quorum)
    return prepared


def move_round(actor: Actor, round_id: UUID, to: RoundStage) -> Round:
    """Open or close. Raises Conflict that says why not and what would have to happen first."""
    match to:
        case RoundStage.OPEN:
            return open_round(actor, round_id)
        case RoundStage.CLOSED:
            return close_round(actor, round_id)
        case _:
            raise Conflict("A round does not become a draft again. Make another one.", code="illegal_transition")


def open_round(actor: Actor, round_id: UUID) -> Round:
    """Let the panel in. The campaign has to be closed, and a photo published."""
    campaign, _ = hold_window(_campaign_of(round_id))
    opened, now = hold_round(round_id)
    require(actor, "round.manage", opened)
    reason = _why_not_open(opened, campaign, now)
    if reason:
        raise Conflict(reason, code="illegal_transition")
    opened.stage, opened.opened_at = RoundStage.OPEN, now
    db.session.flush()
    log.info("round_opened", round=str(round_id))
    return opened


def close_round(actor: Actor, round_id: UUID) -> Round:
    """End the voting and seal what was given. A round past its deadline closes with that instant."""
    closed, now = hold_round(round_id)
    require(actor, "round.manage", closed)
    if closed.stage is not RoundStage.OPEN:
        said = "has not opened yet" if closed.stage is RoundStage.DRAFT else "is closed already"
        raise Conflict(f"“{closed.title}” {said}, so there is nothing to close.", code="illegal_transition")
    _close(closed, now)
    return closed


def due_rounds() -> Sequence[UUID]:
    """Open rounds whose deadline has passed by the database's clock."""
    due = select(Round.id).where(Round.stage == RoundStage.OPEN, Round.closes_at <= func.clock_timestamp())
    return db.session.scalars(due.order_by(Round.closes_at)).all()


def close_due_round(round_id: UUID) -> bool:
    """Write down a closing that time has brought; whether there was one to write."""
    closed, now = hold_round(round_id)
    due = closed.stage is RoundStage.OPEN and closed.state_at(now) is RoundStage.CLOSED
    if due:
        _close(closed, now)
    return due


def _close(closed: Round, now: datetime) -> None:
    closed_at = min(now, closed.closes_at) if closed.closes_at else now
    closed.seal, closed.closed_at, closed.stage = seal_round(closed, closed_at), closed_at, RoundStage.CLOSED
    db.session.flush()
    log.info("round_closed", round=str(closed.id), seal=closed.seal)


def _check_plan(plan: Plan, panel: Sequence[UUID], cast: Collection[UUID], now: datetime) -> None:
    strangers = [person_id for person_id in panel if person_id not in cast]
    fields = {}
    if not 1 <= len(one_line(plan.title)) <= LONGEST_TITLE:
        fields["title"] = f"Give the round a name of up to {LONGEST_TITLE} characters; the panel reads it first."
    if not panel:
        fields["panel"] = "Nobody is on the panel yet. Invite the cast first, then choose who judges."
    elif strangers:
        fields["panel"] = "Someone chosen here is not in the cast of this campaign. Choose again."
    if not 1 <= plan.quorum <= LARGEST_QUORUM:
        fields["quorum"] = f"A photo is seen by 1 to {LARGEST_QUORUM} judges."
    elif panel and plan.quorum > len(panel):
        fields["quorum"] = f"The panel has {len(panel)}, so no photo can be seen by {plan.quorum}."
    if plan.closes_at is not None and plan.closes_at <= now:
        fields["closes_at"] = "Choose an instant that is still to come, or leave it open."
    elif plan.closes_at is not None and plan.closes_at.year not in YEARS:
        fields["closes_at"] = f"Choose a year up to {YEARS[-1]}, or leave it open."
    if fields:
        raise InvalidInput("A few things need another look before the round can be saved.", fields=fields)


def why_not_open(prepared: Round) -> str | None:
    """Why the round cannot be opened just now, for the desk, or None where it can."""
    return _why_not_open(prepared, prepared.campaign, database_now())


def _why_not_open(opened: Round, campaign: Campaign, now: datetime) -> str | None:
    if opened.stage is not RoundStage.DRAFT:
        return f"“{opened.title}” was opened before. To judge again, make another round."
    if opened.closes_at is not None and opened.closes_at <= now:
        return "The round's deadline has passed already. Make another one with a later deadline."
    return _campaign_not_ready(campaign, now) or _panel_too_small(opened)


def _campaign_not_ready(campaign: Campaign, now: datetime) -> str | None:
    state = campaign.state_at(now)
    if state is State.ANNOUNCED:
        return f"“{campaign.title}” is announced; its judging is over."
    if state is not State.CLOSED:
        return f"“{campaign.title}” still takes photos. Close it first, then open the round."
    published = select(Submission.id).where(
        Submission.campaign_id == campaign.id, Submission.state == SubmissionState.PUBLISHED
    )
    if not db.session.scalar(select(published.exists())):
        return "No photo is published yet. Publish at least one, then open the round."
    others = select(Round.id).where(Round.campaign_id == campaign.id, Round.stage == RoundStage.OPEN)
    if db.session.scalar(select(others.exists())):
        return "Another round of this campaign is open. Close it first."
    return None


def _panel_too_small(opened: Round) -> str | None:
    seats = select(func.count()).select_from(PanelMember).where(PanelMember.round_id == opened.id)
    panel = db.session.scalar(seats) or 0
    if panel >= max(opened.quorum, 1):
        return None
    return f"Each photo is to be seen by {opened.quorum}, and the panel has {panel}. Make a round that fits."


def _campaign_of(round_id: UUID) -> UUID:
    campaign_id = db.session.scalar(select(Round.campaign_id).where(Round.id == round_id))
    if campaign_id is None:
        raise NotFound("There is no such round.")
    return campaign_id


def _member(person_id: UUID) -> PanelMember:
    salt = secrets.token_bytes(chain.SALT_BYTES)
    return PanelMember(person_id=person_id, salt=salt, commitment=chain.commit_to(salt, person_id))
