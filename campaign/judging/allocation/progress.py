"""How far a judge is, and how far a panel is. Never what anybody said."""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import datetime
from math import ceil
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, literal, select

from campaign.accounts.models import Person
from campaign.db import db
from campaign.judging.allocation.filling import SINGLE
from campaign.judging.allocation.handing import Waiting
from campaign.judging.allocation.prospects import could_compare_more, still_hangs
from campaign.judging.models import Assignment, Ballot, PanelMember, PlanPage, Round
from campaign.judging.voting.sitting import Sitting


class Progress(NamedTuple):
    """`total` is what the judge has done, what lies before them and what is planned for them.

    `skipped` of those that are not done were put aside and come at the end. `panel_done` of `panel_total` ballots of
    the whole panel are given.
    """

    done: int
    total: int
    skipped: int = 0
    panel_done: int = 0
    panel_total: int = 0


class Seat(NamedTuple):
    """One judge of a panel: what they have judged, of how much that is theirs, and what of it they put aside.

    `total` is `done`, what lies before them (`held`) and what is planned for them (`planned`).
    """

    display_name: str
    person_id: UUID
    done: int
    total: int
    last_vote_at: datetime | None
    held: int = 0
    planned: int = 0
    skipped: int = 0
    has_left: bool = False
    looked_at: int = 0
    """Of what is held, what is kept for them still, as it lies before them since less than half an hour."""


def to_come(done: int, waiting: int, *, planned: int, panel: int, free: int) -> int:
    """How many duels or lists, which are chosen late, are still a judge's: the rest of an equal part of all.

    `free` are those that are not judged and that no other looks at: there is no more to have. Whoever is through with
    their part takes from the others' what is put before them.
    """
    return max(waiting, min(ceil(planned / max(1, panel)) - done, free))


def counted(sitting: Sitting, waiting: Sequence[Waiting]) -> Progress:
    """How far a judge is who sits at the table with this before them; with nothing before them they are done."""
    skipped = sum(one.skipped_at is not None for one in waiting)
    panel_total = max(sitting.planned, sitting.panel_done + len(waiting))
    ahead = len(waiting) + sitting.ahead
    if sitting.method not in SINGLE and waiting:
        free = sitting.planned - sitting.panel_done - (db.session.scalar(select(_looked_at(sitting))) or 0)
        ahead = to_come(sitting.judged, ahead, planned=sitting.planned, panel=sitting.panel_size, free=free)
    return Progress(sitting.judged, sitting.judged + ahead, skipped, sitting.panel_done, panel_total)


def seats_of(judged: Round) -> list[Seat]:
    """The panel by name, in as many queries for 1 judge as for 30; who has left is last.

    Of duels and lists `planned` is what `to_come` says beyond those held.
    """
    mine = Assignment.round_id == judged.id
    last = select(Assignment.judge_id, func.max(Ballot.cast_at).label("at")).join(Assignment.ballot).where(mine)
    waiting = select(
        Assignment.judge_id,
        func.count().label("n"),
        func.count(Assignment.skipped_at).label("skipped"),
        func.count().filter(_IS_LOOKED_AT).label("looked_at"),
    ).where(mine, ~Assignment.judged, Assignment.gone_at.is_(None), still_hangs())
    ahead = select(PlanPage.judge_id, func.sum(func.cardinality(PlanPage.photos)).label("n"))
    by_judge = [
        last.group_by(Assignment.judge_id).subquery(),
        waiting.group_by(Assignment.judge_id).subquery(),
        ahead.where(PlanPage.round_id == judged.id).group_by(PlanPage.judge_id).subquery(),
    ]
    at, held, planned = by_judge
    lying, ahead_of = func.coalesce(held.c.n, 0), func.coalesce(planned.c.n, 0)
    query = select(
        Person.display_name,
        PanelMember.person_id,
        PanelMember.judged,
        PanelMember.judged + lying + ahead_of,
        at.c.at,
        lying,
        ahead_of,
        func.coalesce(held.c.skipped, 0),
        PanelMember.left_at.is_not(None),
        func.coalesce(held.c.looked_at, 0),
    )
    query = query.join(Person, PanelMember.person_id == Person.id).where(PanelMember.round_id == judged.id)
    for one in by_judge:
        query = query.outerjoin(one, one.c.judge_id == PanelMember.person_id)
    order = (PanelMember.left_at.is_not(None), Person.display_name, Person.id)
    seats = [Seat._make(row) for row in db.session.execute(query.order_by(*order))]
    if judged.method in SINGLE or judged.planned <= sum(one.done for one in seats):
        return seats
    more = select(PanelMember.person_id).join(Round, Round.id == PanelMember.round_id)
    able = db.session.scalars(more.where(Round.id == judged.id, could_compare_more(PanelMember.person_id)))
    return with_parts(seats, judged.planned, set(able))


def with_parts(seats: Sequence[Seat], planned: int, able: Container[UUID] | None = None) -> list[Seat]:
    """The seats of a round of duels or lists, so many in all, with what is still everybody's; not of who has left.

    Those who are not `able` to get more than what lies before them get nothing of it.
    """
    panel = sum(not one.has_left for one in seats)
    free = planned - sum(one.done + one.looked_at for one in seats)
    return [
        one
        if one.has_left or (able is not None and one.person_id not in able)
        else _with_part(one, planned, panel, free + one.looked_at)
        for one in seats
    ]


def progress_of(judged: Round, judge_id: UUID) -> Progress:
    """How far this judge is."""
    return progress_in([judged], judge_id)[0]


def progress_in(rounds: Sequence[Round], judge_id: UUID) -> list[Progress]:
    """How far this judge is in each of the rounds, in one query."""
    ids = [one.id for one in rounds]
    here = Assignment.round_id == Round.id
    waiting = select(func.count()).select_from(Assignment).where(here, Assignment.judge_id == judge_id)
    waiting = waiting.where(~Assignment.judged, Assignment.gone_at.is_(None), still_hangs())
    ahead = select(func.coalesce(func.sum(func.cardinality(PlanPage.photos)), 0))
    ahead = ahead.where(PlanPage.round_id == Round.id, PlanPage.judge_id == judge_id)
    panel = select(func.coalesce(func.sum(PanelMember.judged), 0)).where(PanelMember.round_id == Round.id)
    own = panel.where(PanelMember.person_id == judge_id)
    seats = select(func.count()).select_from(PanelMember)
    seats = seats.where(PanelMember.round_id == Round.id, PanelMember.left_at.is_(None))
    others = select(func.count()).select_from(Assignment).where(here, Assignment.judge_id != judge_id, _IS_LOOKED_AT)
    query = select(
        Round.id,
        own.scalar_subquery(),
        waiting.scalar_subquery(),
        waiting.where(Assignment.skipped_at.is_not(None)).scalar_subquery(),
        ahead.scalar_subquery(),
        panel.scalar_subquery(),
        Round.planned,
        seats.scalar_subquery(),
        others.where(Round.method.not_in(SINGLE)).scalar_subquery(),
        and_(
            Round.method.not_in(SINGLE), Round.planned > panel.scalar_subquery(), could_compare_more(literal(judge_id))
        ),
    ).where(Round.id.in_(ids))
    found = {}
    for round_id, done, held, skipped, mine, panel_done, planned, size, looked_at, more in db.session.execute(query):
        left = held + mine
        if more:
            left = to_come(done, held, planned=planned, panel=size, free=planned - panel_done - looked_at)
        found[round_id] = Progress(done, done + left, skipped, panel_done, max(planned, panel_done))
    return [found[one] for one in ids]


_IS_LOOKED_AT: ColumnElement[bool] = (
    ~Assignment.judged & Assignment.gone_at.is_(None) & (Assignment.held_until > func.clock_timestamp())
)


def _looked_at(sitting: Sitting) -> ScalarSelect[int]:
    """How many others look at just now."""
    here = (Assignment.round_id == sitting.round_id, Assignment.judge_id != sitting.person_id)
    return select(func.count()).select_from(Assignment).where(*here, _IS_LOOKED_AT).scalar_subquery()


def _with_part(seat: Seat, planned: int, panel: int, free: int) -> Seat:
    left = to_come(seat.done, seat.held, planned=planned, panel=panel, free=free)
    return seat._replace(planned=left - seat.held, total=seat.done + left)
