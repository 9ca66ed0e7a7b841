"""What a judge sees next: what lies there, the next of their own plan, others' plans, then what they put aside.

Just in time: a photo becomes an assignment when its judge comes for it, and is kept for them for half an hour.
"""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from campaign.accounts.actor import Actor
from campaign.db import Lock, db, lock_exclusive
from campaign.judging.allocation.filling import SINGLE
from campaign.judging.allocation.handing import Waiting, hand_out_planned, renew, still_judged, waiting_of
from campaign.judging.allocation.matching import match
from campaign.judging.allocation.progress import Progress, counted
from campaign.judging.allocation.stealing import steal
from campaign.judging.models import Assignment, Round
from campaign.judging.queries import whole_assignments
from campaign.judging.voting.sitting import Sitting, sit_down_at

LARGEST_HAND = 20
"""The most that can be put before a judge at once."""
NEXT = 3
"""With so many before them a judge leaves to others what is planned for them: these load while one is looked at."""


class Hand(NamedTuple):
    """What lies before a judge, and how far they and the panel are. No assignments: the judge is done."""

    assignments: list[Assignment]
    progress: Progress


class Dealt(NamedTuple):
    """What lies before a judge just now, and how far they are."""

    shown: list[Waiting]
    progress: Progress


def deal(actor: Actor, round_id: UUID, limit: int) -> Hand:
    """Up to `limit` (1 to 20) assignments waiting for this judge's word: those given before first, then new ones.

    What the judge put aside comes last. Nothing is left when the judge's own plan is done and nobody else's may be
    taken. Raises SignInNeeded, NotPermitted, NotFound, or Conflict when the round is not open.
    """
    dealt = deal_to(sit_down_at(actor, round_id), limit)
    return Hand(whole_assignments([one.id for one in dealt.shown]), dealt.progress)


def next_assignments(actor: Actor, round_id: UUID, limit: int) -> list[Assignment]:
    """The assignments of `deal` alone."""
    return deal(actor, round_id, limit).assignments


def deal_to(sitting: Sitting, limit: int) -> Dealt:
    """The same for a judge who sits at the table already."""
    limit = max(1, min(limit, LARGEST_HAND))
    waiting = still_judged(waiting_of(sitting.round_id, sitting.person_id))
    fresh = [one for one in waiting if one.skipped_at is None]
    given, ahead = _give(sitting, limit - len(fresh), len(fresh)) if len(fresh) < limit else ([], sitting.ahead)
    shown = [*fresh, *given, *(one for one in waiting if one.skipped_at is not None)][:limit]
    renew(shown, sitting.now)
    return Dealt(shown, counted(sitting._replace(ahead=ahead), [*waiting, *given]))


def _give(sitting: Sitting, wanted: int, before: int) -> tuple[list[Waiting], int]:
    """What is put before the judge now beside the `before` that lie there, and how much is left on their agenda."""
    if sitting.method not in SINGLE:
        lock_exclusive(Lock.ALLOCATION, sitting.round_id)
        judged = db.session.get_one(Round, sitting.round_id)
        return match(judged, sitting.person_id, wanted, sitting.now, before=before), 0

    def is_short(own: int) -> bool:
        return own < wanted and before + own < NEXT and sitting.planned > sitting.panel_done

    if is_short(sitting.ahead):
        lock_exclusive(Lock.ALLOCATION, sitting.round_id)  # before the own pages: who has it may wait for these
    given, ahead = _from_own_plan(sitting, wanted) if sitting.ahead else ([], 0)
    if is_short(len(given)):
        lock_exclusive(Lock.ALLOCATION, sitting.round_id)
        taken, ahead = steal(sitting, wanted - len(given))
        given += taken
    return given, ahead


def _from_own_plan(sitting: Sitting, wanted: int) -> tuple[list[Waiting], int]:
    """The next photos of the judge's agenda, page by page; those that hang no more leave no hole."""
    given: list[Waiting] = []
    ahead = sitting.ahead
    while len(given) < wanted:
        more, taken = hand_out_planned(sitting.round_id, sitting.person_id, wanted - len(given), sitting.now)
        if not taken:
            return given, 0
        given += more
        ahead -= taken
    return given, ahead
