"""The seats a judge has had: closed rounds, what they did in them, and what is left to do for whoever chairs one."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from campaign.db import db
from campaign.judging.models import PanelMember, Round, RoundStage

REMEMBERED = 12
"""Closed rounds that the panel's front door thanks for."""


class JudgedRound(NamedTuple):
    """A closed round: how many ballots this judge gave in it, and whether they chaired it."""

    id: UUID
    title: str
    campaign_title: str
    time_zone: str
    judged: int
    closed_at: datetime | None
    is_chair: bool
    is_final: bool


def rounds_judged(judge_id: UUID) -> list[JudgedRound]:
    """The rounds on whose panels this judge sat and that are over, the latest first."""
    over = Round.stage.in_((RoundStage.CLOSED, RoundStage.FINAL)) | (
        (Round.stage == RoundStage.OPEN) & (Round.closes_at <= func.clock_timestamp())
    )
    query = select(Round, PanelMember).join(PanelMember, PanelMember.round_id == Round.id)
    query = query.where(PanelMember.person_id == judge_id, over).options(joinedload(Round.campaign))
    latest = func.coalesce(Round.closed_at, Round.closes_at).desc()
    rows = db.session.execute(query.order_by(latest, Round.id).limit(REMEMBERED)).unique()
    return [_judged(judged, member) for judged, member in rows]


def _judged(judged: Round, member: PanelMember) -> JudgedRound:
    return JudgedRound(
        id=judged.id,
        title=judged.title,
        campaign_title=judged.campaign.title,
        time_zone=judged.campaign.time_zone,
        judged=member.judged,
        closed_at=judged.closed_at or judged.closes_at,
        is_chair=member.is_chair and member.left_at is None,
        is_final=judged.stage is RoundStage.FINAL,
    )
