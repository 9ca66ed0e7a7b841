"""The closing rule for rounds (decision 3): who votes holds the shared lock, who opens or closes the exclusive one."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from campaign.accounts.actor import Actor
from campaign.accounts.permissions import require
from campaign.db import Lock, db, lock_exclusive, lock_shared
from campaign.errors import Conflict, NotFound, NotPermitted
from campaign.judging.models import PanelMember, Round, RoundStage


def hold_round(round_id: UUID) -> tuple[Round, datetime]:
    """Wait until every vote under way is written, keep others out, and read the round with the clock."""
    lock_exclusive(Lock.ROUND, round_id)
    return _read(round_id)


def sit_down(actor: Actor, round_id: UUID) -> tuple[Round, PanelMember, datetime]:
    """Join the voting: until the transaction ends nobody can close the round, so what is written was in time.

    Raises SignInNeeded or NotPermitted for whoever is not on the panel, Conflict when the round is not open.
    """
    require(actor, "round.judge")
    lock_shared(Lock.ROUND, round_id)
    judged, now = _read(round_id)
    require(actor, "round.judge", judged)
    member = db.session.get(PanelMember, (round_id, actor.person_id), populate_existing=True)
    if member is None:
        raise NotPermitted("You are not on the panel of this round. Whoever set it up can tell you more.")
    state = judged.state_at(now)
    if state is RoundStage.DRAFT:
        raise Conflict("This round has not opened yet. It appears on your panel page when it does.", code="round_draft")
    if state is not RoundStage.OPEN:
        raise Conflict("This round has closed. Every vote given in time counts.", code="round_closed")
    return judged, member, now


def _read(round_id: UUID) -> tuple[Round, datetime]:
    """A statement of its own, after the lock: its snapshot sees what the last holder committed."""
    row = db.session.execute(
        select(Round, func.clock_timestamp()).where(Round.id == round_id).execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        raise NotFound("There is no such round.")
    return row[0], row[1]
