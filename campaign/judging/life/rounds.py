"""The life of a round: draft, open, closed and sealed, final. Each step one verb; drafts are made in `drafts`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy import delete, func, select

from campaign.accounts.actor import Actor
from campaign.accounts.permissions import require
from campaign.campaigns.window import hold_window
from campaign.db import db
from campaign.errors import Conflict, InvalidInput
from campaign.judging.allocation.planning import plan_round
from campaign.judging.life.annals import note, tell
from campaign.judging.life.drafts import create_round as create_round  # noqa: PLC0414 -- a round's verbs are found here
from campaign.judging.life.drafts import delete_round as delete_round  # noqa: PLC0414 -- as above
from campaign.judging.life.drafts import edit_round as edit_round  # noqa: PLC0414 -- as above
from campaign.judging.life.opening import why_not_open_at
from campaign.judging.life.origins import LONGEST_REASON
from campaign.judging.life.plan import Plan as Plan  # noqa: PLC0414 -- as above
from campaign.judging.life.plan import mend_deadline
from campaign.judging.life.reopening import why_not_reopen_round
from campaign.judging.life.source import bring_over
from campaign.judging.life.window import hold_round, share_round
from campaign.judging.models import RECORD_FORMAT, Reckoning, Reopening, Round, RoundEntry, RoundStage, TieVote
from campaign.judging.queries import campaign_of
from campaign.judging.record.sealing import seal_result, seal_round
from campaign.judging.results.reckoning import reckon
from campaign.wording import one_line

log = structlog.get_logger(__name__)


def move_round(actor: Actor, round_id: UUID, to: RoundStage, reason: str = "") -> Round:
    """Open, close, finish, or open again with a reason. Raises Conflict that says what must happen first."""
    match to:
        case RoundStage.OPEN:
            stage = db.session.scalar(select(Round.stage).where(Round.id == round_id))
            first = stage in {None, RoundStage.DRAFT, RoundStage.OPEN}
            return open_round(actor, round_id) if first else reopen_round(actor, round_id, reason)
        case RoundStage.CLOSED:
            return close_round(actor, round_id)
        case RoundStage.FINAL:
            return finish_round(actor, round_id)
        case _:
            raise Conflict("A round does not become a draft again. Make another one.", code="illegal_transition")


def open_round(actor: Actor, round_id: UUID) -> Round:
    """Let the panel in. The campaign has to be closed, and there has to be a photo to judge."""
    campaign, _ = hold_window(campaign_of(round_id))
    opened, now = hold_round(round_id)
    require(actor, "round.manage", opened)
    if opened.source_round_id is not None:
        share_round(opened.source_round_id)  # what it came to stays as it is while photos are drawn from it
    reason = why_not_open_at(opened, campaign, now)
    if reason:
        raise Conflict(reason, code="illegal_transition")
    bring_over(opened)
    opened.stage, opened.opened_at = RoundStage.OPEN, now
    db.session.flush()
    plan_round(opened)
    note(actor, opened, "round.opened")
    tell(opened, "round.opened")
    return opened


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
    note(actor, extended, "round.extended", before=_said(before), after=_said(closes_at))
    return extended


def close_round(actor: Actor, round_id: UUID) -> Round:
    """End the voting and seal what was given. A round past its deadline closes with that instant."""
    closed, now = hold_round(round_id)
    require(actor, "round.manage", closed)
    if closed.stage is not RoundStage.OPEN:
        said = "has not opened yet" if closed.stage is RoundStage.DRAFT else "is closed already"
        raise Conflict(f"“{closed.title}” {said}, so there is nothing to close.", code="illegal_transition")
    _close(closed, now)
    note(actor, closed, "round.closed", seal=closed.seal)
    return closed


def finish_round(actor: Actor, round_id: UUID) -> Round:
    """Let stand what the closed round came to, ties and all. From then on it has a dossier."""
    finished, now = hold_round(round_id)
    require(actor, "round.manage", finished)
    if finished.stage is not RoundStage.CLOSED:
        said = "is final already" if finished.stage is RoundStage.FINAL else "has not closed yet"
        raise Conflict(
            f"“{finished.title}” {said}. A round becomes final once it is closed.", code="illegal_transition"
        )
    if finished.record_format != RECORD_FORMAT:
        told = "An earlier release sealed this round. Open it again with a reason and close it: that seals it anew."
        raise Conflict(told, code="sealed_before")
    reckon(finished)
    finished.finished_at, finished.final_seal = now, seal_result(finished, now)
    finished.stage = RoundStage.FINAL
    db.session.flush()
    note(actor, finished, "round.finished", seal=finished.final_seal)
    tell(finished, "round.finished")
    return finished


def reopen_round(actor: Actor, round_id: UUID, reason: str) -> Round:
    """Let the panel in again: the chains go on and the next closing seals anew; what was sealed before is told.

    A deadline that has passed goes. The chair's votes on ties go too, as they spoke of another result. Raises
    InvalidInput without a reason, and Conflict where the campaign is announced or a later round drew from this one.
    """
    campaign, _ = hold_window(campaign_of(round_id))
    opened, now = hold_round(round_id)
    require(actor, "round.manage", opened)
    why = one_line(reason)
    if not 1 <= len(why) <= LONGEST_REASON:
        told = f"Say in up to {LONGEST_REASON} characters why the round is opened again; the record keeps it."
        raise InvalidInput("Opening a round again needs a reason.", fields={"reason": told})
    refusal = why_not_reopen_round(opened, campaign, now)
    if refusal:
        raise Conflict(refusal, code="illegal_transition")
    _unseal(actor, opened, why, now)
    note(actor, opened, "round.reopened", why=why)
    tell(opened, "round.reopened")
    return opened


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
    closed.record_format = RECORD_FORMAT
    closed.seal, closed.closed_at, closed.stage = seal_round(closed, closed_at), closed_at, RoundStage.CLOSED
    db.session.flush()
    tell(closed, "round.closed")


def _unseal(actor: Actor, opened: Round, why: str, now: datetime) -> None:
    assert opened.closed_at is not None
    assert opened.seal is not None
    former = Reopening(round_id=opened.id, reason=why, reopened_by=actor.person_id, created_at=now)
    former.closed_at, former.seal = opened.closed_at, opened.seal
    db.session.add(former)
    for kept in (RoundEntry, Reckoning, TieVote):
        db.session.execute(delete(kept).where(kept.round_id == opened.id))
    opened.stage, opened.closed_at, opened.seal = RoundStage.OPEN, None, None
    opened.finished_at, opened.final_seal = None, None
    if opened.closes_at is not None and opened.closes_at <= now:
        opened.closes_at = None
    db.session.flush()


def _said(closes_at: datetime | None) -> str | None:
    return closes_at.isoformat(timespec="seconds") if closes_at else None
