"""Rounds as drafts: prepared with a panel, changed while nobody has judged, taken away."""

from __future__ import annotations

import secrets
from datetime import datetime
from itertools import count
from uuid import UUID

from sqlalchemy import delete, insert

from campaign.accounts.actor import Actor
from campaign.accounts.permissions import require
from campaign.campaigns.models import Campaign, State
from campaign.campaigns.window import hold_window
from campaign.db import db
from campaign.errors import Conflict
from campaign.judging.life.annals import note
from campaign.judging.life.origins import Source
from campaign.judging.life.plan import Plan, check_plan
from campaign.judging.life.window import hold_round
from campaign.judging.models import PanelMember, Round, RoundCandidate, RoundStage, SourceKind, new_seed
from campaign.judging.queries import campaign_of, cast_of, next_number
from campaign.judging.record import chain
from campaign.wording import one_line


def create_round(actor: Actor, campaign_id: UUID, plan: Plan) -> Round:
    """A draft of a round with its panel. Raises NotPermitted, Conflict, or InvalidInput with a sentence per field."""
    campaign, now = hold_window(campaign_id)
    require(actor, "round.manage", campaign)
    refuse_announced(campaign, now)
    prepared = Round(campaign_id=campaign_id, number=next_number(campaign_id), panel=[], seed=new_seed())
    _lay_out(prepared, campaign, plan, now)
    note(actor, prepared, "round.created", panel=len(prepared.panel), method=prepared.method.value)
    return prepared


def edit_round(actor: Actor, round_id: UUID, plan: Plan) -> Round:
    """Put the plan in place of a draft's. Raises what `create_round` raises, and Conflict once it has opened."""
    campaign, _ = hold_window(campaign_of(round_id))
    prepared, now = hold_round(round_id)
    require(actor, "round.manage", prepared)
    refuse_announced(campaign, now)
    if prepared.stage is not RoundStage.DRAFT:
        raise Conflict(
            f"“{prepared.title}” has opened, so it stays as the panel met it. Only its deadline can still move later.",
            code="round_opened",
        )
    _lay_out(prepared, campaign, plan, now)
    note(actor, prepared, "round.edited", panel=len(prepared.panel), method=prepared.method.value)
    return prepared


def delete_round(actor: Actor, round_id: UUID) -> None:
    """Take a draft away. Raises Conflict once it has opened: what judges said is kept."""
    gone, _ = hold_round(round_id)
    require(actor, "round.manage", gone)
    if gone.stage is not RoundStage.DRAFT:
        raise Conflict(f"“{gone.title}” has opened, and what judges said is kept.", code="round_opened")
    note(actor, gone, "round.deleted")
    db.session.flush()
    db.session.execute(delete(Round).where(Round.id == round_id))


def refuse_announced(campaign: Campaign, now: datetime) -> None:
    """Raises Conflict where the campaign is announced at this instant."""
    if campaign.state_at(now) is State.ANNOUNCED:
        raise Conflict(f"“{campaign.title}” is announced; its judging is over.", code="campaign_announced")


def _lay_out(prepared: Round, campaign: Campaign, plan: Plan, now: datetime) -> None:
    """Write a plan that was found to work into the draft. Judges who stay keep their name in the record."""
    cast = {member.person_id for member in cast_of(prepared.campaign_id)}
    panel = sorted(cast if plan.panel is None else set(plan.panel))
    check_plan(plan, campaign=campaign, panel=panel, cast=cast, now=now)
    prepared.title, prepared.quorum = one_line(plan.title), plan.quorum
    prepared.method, prepared.closes_at = plan.method, plan.closes_at
    prepared.criteria = [one._asdict() for one in plan.named_criteria]
    prepared.scale, prepared.list_size = plan.scale, plan.list_size
    prepared.is_blind, prepared.tie_rule = plan.is_blind, plan.tie_rule
    prepared.seed = prepared.seed if plan.seed is None else plan.seed
    _seat(prepared, panel, plan.chair)
    _draw_from(prepared, plan.source)


def _seat(prepared: Round, panel: list[UUID], chair: UUID | None) -> None:
    seated = {member.person_id: member for member in prepared.panel}
    # Those who go leave their seats first, and the chair is free before somebody else takes it.
    for member in prepared.panel:
        member.is_chair = False
    prepared.panel = [seated[person_id] for person_id in panel if person_id in seated]
    db.session.add(prepared)
    db.session.flush()
    free = (seat for seat in count(1) if seat not in {one.seat for one in seated.values()})
    prepared.panel += [new_member(person_id, next(free)) for person_id in panel if person_id not in seated]
    for member in prepared.panel:
        member.is_chair = member.person_id == chair
    db.session.flush()


def _draw_from(prepared: Round, source: Source | None) -> None:
    # Asked for first: a query writes what was changed so far, and half a source is none.
    origin = db.session.get_one(Round, source.round_id) if source and source.round_id else None
    prepared.source_kind = source.kind if source else SourceKind.PUBLISHED
    source = source or Source()
    prepared.source = origin
    prepared.source_top, prepared.source_least = source.top, source.least
    prepared.source_category = source.category
    prepared.source_reason = one_line(source.reason or "") if source.picked is not None else None
    db.session.flush()
    db.session.execute(delete(RoundCandidate).where(RoundCandidate.round_id == prepared.id))
    if source.picked:
        rows = [{"round_id": prepared.id, "submission_id": one} for one in source.picked]
        db.session.execute(insert(RoundCandidate), rows)


def new_member(person_id: UUID, seat: int) -> PanelMember:
    """A judge with a commitment that nobody can trace without the salt, and an empty chain."""
    salt = secrets.token_bytes(chain.SALT_BYTES)
    commitment = chain.commit_to(salt, person_id)
    return PanelMember(person_id=person_id, salt=salt, commitment=commitment, head=commitment, seat=seat)
