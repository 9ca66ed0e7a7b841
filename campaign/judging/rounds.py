"""The life of a round: prepared and changed as a draft, opened once its campaign has closed, closed and sealed."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from itertools import count
from uuid import UUID

import structlog
from sqlalchemy import delete, func, select

from campaign.accounts.actor import Actor
from campaign.accounts.audit import audit
from campaign.accounts.permissions import require
from campaign.campaigns.models import Campaign, State
from campaign.campaigns.window import hold_window
from campaign.db import db
from campaign.errors import Conflict, InvalidInput, NotFound
from campaign.judging import chain
from campaign.judging.models import PanelMember, Round, RoundStage, SourceKind
from campaign.judging.opening import why_not_open_at
from campaign.judging.plan import Plan as Plan  # noqa: PLC0414 -- whoever makes rounds finds both here
from campaign.judging.plan import check_plan, mend_deadline
from campaign.judging.queries import cast_of, next_number
from campaign.judging.record import seal_round
from campaign.judging.source import bring_over
from campaign.judging.window import hold_round
from campaign.wording import one_line

log = structlog.get_logger(__name__)


def create_round(actor: Actor, campaign_id: UUID, plan: Plan) -> Round:
    """A draft of a round with its panel. Raises NotPermitted, Conflict, or InvalidInput with a sentence per field."""
    campaign, now = hold_window(campaign_id)
    require(actor, "round.manage", campaign)
    _refuse_announced(campaign, now)
    prepared = Round(campaign_id=campaign_id, number=next_number(campaign_id), panel=[])
    _lay_out(prepared, plan, now)
    db.session.add(prepared)
    db.session.flush()
    _note(actor, prepared, "round.created", panel=len(prepared.panel), method=prepared.method.value)
    return prepared


def edit_round(actor: Actor, round_id: UUID, plan: Plan) -> Round:
    """Put the plan in place of a draft's. Raises what `create_round` raises, and Conflict once it has opened."""
    campaign, _ = hold_window(_campaign_of(round_id))
    prepared, now = hold_round(round_id)
    require(actor, "round.manage", prepared)
    _refuse_announced(campaign, now)
    if prepared.stage is not RoundStage.DRAFT:
        raise Conflict(
            f"“{prepared.title}” has opened, so it stays as the panel met it. Only its deadline can still move later.",
            code="round_opened",
        )
    _lay_out(prepared, plan, now)
    db.session.flush()
    _note(actor, prepared, "round.edited", panel=len(prepared.panel), method=prepared.method.value)
    return prepared


def delete_round(actor: Actor, round_id: UUID) -> None:
    """Take a draft away. Raises Conflict once it has opened: what judges said is kept."""
    gone, _ = hold_round(round_id)
    require(actor, "round.manage", gone)
    if gone.stage is not RoundStage.DRAFT:
        raise Conflict(f"“{gone.title}” has opened, and what judges said is kept.", code="round_opened")
    _note(actor, gone, "round.deleted")
    db.session.flush()
    db.session.execute(delete(Round).where(Round.id == round_id))


def extend_round(actor: Actor, round_id: UUID, closes_at: datetime | None) -> Round:
    """Give the panel of an open round more time; None takes the deadline away. To end it sooner, close it."""
    extended, now = hold_round(round_id)
    require(actor, "round.manage", extended)
    if extended.state_at(now) is not RoundStage.OPEN:
        raise Conflict("Only a round that is open has a deadline to move.", code="round_not_open")
    before = extended.closes_at
    if before is not None and closes_at is not None and closes_at < before:
        told = "The panel was promised more time than that. Choose a later instant; to end it now, close the round."
    else:
        told = mend_deadline(closes_at, now) or ""
    if told:
        raise InvalidInput("The deadline needs another look.", fields={"closes_at": told})
    extended.closes_at = closes_at
    db.session.flush()
    _note(actor, extended, "round.extended", before=_said(before), after=_said(closes_at))
    return extended


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
    """Let the panel in. The campaign has to be closed, and there has to be a photo to judge."""
    campaign, _ = hold_window(_campaign_of(round_id))
    opened, now = hold_round(round_id)
    require(actor, "round.manage", opened)
    reason = why_not_open_at(opened, campaign, now)
    if reason:
        raise Conflict(reason, code="illegal_transition")
    bring_over(opened)
    opened.stage, opened.opened_at = RoundStage.OPEN, now
    db.session.flush()
    _note(actor, opened, "round.opened")
    return opened


def close_round(actor: Actor, round_id: UUID) -> Round:
    """End the voting and seal what was given. A round past its deadline closes with that instant."""
    closed, now = hold_round(round_id)
    require(actor, "round.manage", closed)
    if closed.stage is not RoundStage.OPEN:
        said = "has not opened yet" if closed.stage is RoundStage.DRAFT else "is closed already"
        raise Conflict(f"“{closed.title}” {said}, so there is nothing to close.", code="illegal_transition")
    _close(closed, now)
    _note(actor, closed, "round.closed", seal=closed.seal)
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
        log.info("round_closed_on_time", round=str(round_id), seal=closed.seal)
    return due


def _close(closed: Round, now: datetime) -> None:
    closed_at = min(now, closed.closes_at) if closed.closes_at else now
    closed.seal, closed.closed_at, closed.stage = seal_round(closed, closed_at), closed_at, RoundStage.CLOSED
    db.session.flush()


def _lay_out(prepared: Round, plan: Plan, now: datetime) -> None:
    """Write a plan that was found to work into the draft. Judges who stay keep their name in the record."""
    cast = {member.person_id for member in cast_of(prepared.campaign_id)}
    panel = sorted(cast if plan.panel is None else set(plan.panel))
    check_plan(plan, campaign_id=prepared.campaign_id, panel=panel, cast=cast, now=now)
    prepared.title, prepared.quorum = one_line(plan.title), plan.quorum
    prepared.method, prepared.closes_at = plan.method, plan.closes_at
    prepared.criteria = [one._asdict() for one in plan.named_criteria]
    prepared.source = db.session.get_one(Round, plan.source.round_id) if plan.source else None
    prepared.source_top = plan.source.top if plan.source else None
    prepared.source_kind = SourceKind.TOP if plan.source else SourceKind.PUBLISHED
    seated = {member.person_id: member for member in prepared.panel}
    free = (seat for seat in count(1) if seat not in {one.seat for one in prepared.panel})
    prepared.panel = [seated.get(person_id) or _member(person_id, next(free)) for person_id in panel]


def _refuse_announced(campaign: Campaign, now: datetime) -> None:
    if campaign.state_at(now) is State.ANNOUNCED:
        raise Conflict(f"“{campaign.title}” is announced; its judging is over.", code="campaign_announced")


def _note(actor: Actor, about: Round, action: str, **details: object) -> None:
    """For the log and for the audit log."""
    log.info(action.replace(".", "_"), round=str(about.id), **details)
    said = {"title": about.title, "number": about.number, **details}
    audit(actor, action, campaign_id=about.campaign_id, subject_id=about.id, details=said)


def _said(closes_at: datetime | None) -> str | None:
    return closes_at.isoformat(timespec="seconds") if closes_at else None


def _campaign_of(round_id: UUID) -> UUID:
    campaign_id = db.session.scalar(select(Round.campaign_id).where(Round.id == round_id))
    if campaign_id is None:
        raise NotFound("There is no such round.")
    return campaign_id


def _member(person_id: UUID, seat: int) -> PanelMember:
    salt = secrets.token_bytes(chain.SALT_BYTES)
    commitment = chain.commit_to(salt, person_id)
    return PanelMember(person_id=person_id, salt=salt, commitment=commitment, head=commitment, seat=seat)
