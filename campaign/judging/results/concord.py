"""How a panel agreed, seen after the closing only, by the marketer and the panel's chair."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import select

from campaign.accounts.actor import Actor
from campaign.accounts.models import Person
from campaign.accounts.permissions import can
from campaign.db import db
from campaign.errors import Conflict
from campaign.judging.methods import METHODS
from campaign.judging.models import PanelMember, Round
from campaign.judging.results.reckoning import NOT_CLOSED, verdict_at
from campaign.judging.results.tiebreak import require_chair
from campaign.judging.scoring.agreement import Agreement
from campaign.judging.scoring.outcome import JudgeFigures


class Seated(NamedTuple):
    """A judge by pseudonym and name, and what is seen of what they gave; None where they gave nothing."""

    judge: str
    display_name: str
    figures: JudgeFigures | None


class Concord(NamedTuple):
    """`names` are the judges by commitment, as they stand in the agreement's pairs."""

    agreement: Agreement
    seats: list[Seated]
    names: Mapping[str, Seated]


def concord_of(actor: Actor, judged: Round) -> Concord:
    """Alpha, each judge's severity and spread, unusual pairs. Raises NotPermitted, and Conflict before the closing."""
    if not can(actor, "round.manage", judged):
        require_chair(actor, judged)
    if not judged.is_judged:
        raise Conflict(NOT_CLOSED, code="round_not_closed")
    verdict = verdict_at(judged, None)
    seen = {one.judge: one for one in verdict.outcome.judges}
    query = select(PanelMember.seat, PanelMember.commitment, Person.display_name)
    query = query.join(Person, Person.id == PanelMember.person_id).where(PanelMember.round_id == judged.id)
    names = {
        commitment: Seated(f"Judge {seat}", name, seen.get(commitment))
        for seat, commitment, name in db.session.execute(query.order_by(PanelMember.seat))
    }
    agreement = METHODS[judged.method].agree(verdict.sheet, judged.terms)
    return Concord(agreement, list(names.values()), names)
