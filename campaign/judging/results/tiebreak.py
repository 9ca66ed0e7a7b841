"""Ties of a closed round: told to the desk and the chair, and decided by the chair where the round's rule says so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import delete, insert, select

from campaign.accounts.actor import Actor
from campaign.accounts.permissions import can, require
from campaign.db import db
from campaign.errors import Conflict, InvalidInput, NotPermitted
from campaign.judging.life.annals import note
from campaign.judging.life.reopening import drawn_from
from campaign.judging.life.window import hold_round
from campaign.judging.models import PanelMember, Placement, Round, RoundStage, TieRule, TieVote
from campaign.judging.queries import is_judge
from campaign.judging.results.reckoning import NOT_CLOSED, reckon, reckon_again


class Tie(NamedTuple):
    """Photos that share a rank, in the order in which they stand; `is_broken` where each has a place of its own."""

    rank: int
    submissions: list[UUID]
    is_broken: bool
    broken_by: str | None


def is_chair(actor: Actor, judged: Round) -> bool:
    """Whether this person chairs the round's panel, has not left it, and may judge."""
    if not is_judge(actor, judged):
        return False
    member = db.session.get_one(PanelMember, (judged.id, actor.person_id))
    return member.is_chair and member.left_at is None


def require_chair(actor: Actor, judged: Round) -> None:
    """Pass in silence, or raise SignInNeeded or NotPermitted."""
    require(actor, "round.judge", judged)
    if not is_chair(actor, judged):
        raise NotPermitted("This is for the chair of the panel.")


def ties_of(actor: Actor, judged: Round) -> list[Tie]:
    """The ties among judged photos of a closed round, best first; for desk and chair. Raises Conflict before."""
    if not can(actor, "round.results", judged):
        require_chair(actor, judged)
    if not judged.is_judged:
        raise Conflict(NOT_CLOSED, code="round_not_closed")
    reckon(judged)
    query = select(Placement).where(Placement.round_id == judged.id, Placement.tied, Placement.ballots > 0)
    tied: dict[int, list[Placement]] = {}
    for one in db.session.scalars(query.order_by(Placement.ordinal)):
        tied.setdefault(one.rank, []).append(one)
    return [
        Tie(rank, [one.submission_id for one in rows], len({one.place for one in rows}) == len(rows), rows[0].broken_by)
        for rank, rows in tied.items()
    ]


def decide_tie(actor: Actor, round_id: UUID, rank: int, order: Sequence[UUID]) -> list[Tie]:
    """The chair's word on who stands before whom of those that share `rank`, in place of an earlier one.

    Raises NotPermitted for everybody else, Conflict unless the round is closed, not final, and leaves ties to its
    chair, and InvalidInput where `order` is not all of them, each once.
    """
    judged, _ = hold_round(round_id)
    require_chair(actor, judged)
    _refuse_out_of_turn(judged)
    tied = next((one for one in ties_of(actor, judged) if one.rank == rank), None)
    if tied is None or sorted(order) != sorted(tied.submissions):
        told = "Put all photos that share this rank in order, each once." if tied else "No photos share this rank."
        raise InvalidInput("The order needs another look.", fields={"order": told})
    db.session.execute(delete(TieVote).where(TieVote.round_id == round_id, TieVote.rank == rank))
    vote = {"round_id": round_id, "rank": rank, "decided_by": actor.person_id}
    rows = [{**vote, "submission_id": one, "ordinal": place} for place, one in enumerate(order, start=1)]
    db.session.execute(insert(TieVote), rows)
    reckon_again(judged)
    note(actor, judged, "round.tie_decided", rank=rank, order=[str(one) for one in order])
    return ties_of(actor, judged)


def _refuse_out_of_turn(judged: Round) -> None:
    if judged.stage is RoundStage.FINAL:
        raise Conflict(f"“{judged.title}” is final, so its places stay.", code="round_final")
    if judged.stage is not RoundStage.CLOSED:
        raise Conflict(NOT_CLOSED, code="round_not_closed")
    if judged.tie_rule is not TieRule.CHAIR:
        told = "Before this round opened, another way to break ties was chosen, and that one counts."
        raise Conflict(told, code="other_tie_rule")
    drawn = drawn_from(judged)
    if drawn is not None:
        raise Conflict(f"“{drawn}” took its photos from this result already, so its places stay.", code="drawn_from")
