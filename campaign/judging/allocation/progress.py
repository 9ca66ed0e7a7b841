"""How far a judge is, and how far a panel is. Never what anybody said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from math import ceil
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select

from campaign.accounts.models import Person
from campaign.db import db
from campaign.judging.allocation.filling import SINGLE
from campaign.judging.allocation.handing import Waiting
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


def counted(sitting: Sitting, waiting: Sequence[Waiting]) -> Progress:
    """How far a judge is who sits at the table with this before them.

    Of duels and lists, which are chosen late, everybody has an equal part of what the panel still has to do.
    """
    skipped = sum(one.skipped_at is not None for one in waiting)
    panel_total = max(sitting.planned, sitting.panel_done + len(waiting))
    ahead = len(waiting) + sitting.ahead
    if sitting.method not in SINGLE:
        ahead = max(ahead, ceil((panel_total - sitting.panel_done) / max(1, sitting.panel_size)))
    return Progress(sitting.judged, sitting.judged + ahead, skipped, sitting.panel_done, panel_total)


def seats_of(judged: Round) -> list[Seat]:
    """The panel by name, in one query however many sit on it; who has left is last."""
    mine = Assignment.round_id == judged.id
    last = select(Assignment.judge_id, func.max(Ballot.cast_at).label("at")).join(Assignment.ballot).where(mine)
    waiting = select(
        Assignment.judge_id, func.count().label("n"), func.count(Assignment.skipped_at).label("skipped")
    ).where(mine, ~Assignment.judged, Assignment.gone_at.is_(None))
    ahead = select(PlanPage.judge_id, func.sum(func.cardinality(PlanPage.photos)).label("n"))
    by_judge = [
        last.group_by(Assignment.judge_id).subquery(),
        waiting.group_by(Assignment.judge_id).subquery(),
        ahead.where(PlanPage.round_id == judged.id).group_by(PlanPage.judge_id).subquery(),
    ]
    at, held, planned = by_judge
    query = select(
        Person.display_name,
        PanelMember.person_id,
        PanelMember.judged,
        at.c.at,
        func.coalesce(held.c.n, 0),
        func.coalesce(planned.c.n, 0),
        func.coalesce(held.c.skipped, 0),
        PanelMember.left_at,
    )
    query = query.join(Person, PanelMember.person_id == Person.id).where(PanelMember.round_id == judged.id)
    for one in by_judge:
        query = query.outerjoin(one, one.c.judge_id == PanelMember.person_id)
    order = (PanelMember.left_at.is_not(None), Person.display_name, Person.id)
    return [_seat(*row) for row in db.session.execute(query.order_by(*order))]


def progress_of(judged: Round, judge_id: UUID) -> Progress:
    """How far this judge is."""
    return progress_in([judged], judge_id)[0]


def progress_in(rounds: Sequence[Round], judge_id: UUID) -> list[Progress]:
    """How far this judge is in each of the rounds, in one query."""
    ids = [one.id for one in rounds]
    here = Assignment.round_id == Round.id
    waiting = select(func.count()).select_from(Assignment).where(here, Assignment.judge_id == judge_id)
    waiting = waiting.where(~Assignment.judged, Assignment.gone_at.is_(None))
    ahead = select(func.coalesce(func.sum(func.cardinality(PlanPage.photos)), 0))
    ahead = ahead.where(PlanPage.round_id == Round.id, PlanPage.judge_id == judge_id)
    panel = select(func.coalesce(func.sum(PanelMember.judged), 0)).where(PanelMember.round_id == Round.id)
    own = panel.where(PanelMember.person_id == judge_id)
    query = select(
        Round.id,
        own.scalar_subquery(),
        waiting.scalar_subquery(),
        waiting.where(Assignment.skipped_at.is_not(None)).scalar_subquery(),
        ahead.scalar_subquery(),
        panel.scalar_subquery(),
        Round.planned,
    ).where(Round.id.in_(ids))
    found = {
        row[0]: Progress(row[1], row[1] + row[2] + row[4], row[3], row[5], max(row[6], row[5]))
        for row in db.session.execute(query)
    }
    return [found[one] for one in ids]


def _seat(
    name: str, person_id: UUID, done: int, last: datetime | None, held: int, planned: int, skipped: int,
    left_at: datetime | None,
) -> Seat:  # fmt: skip
    return Seat(name, person_id, done, done + held + planned, last, held, planned, skipped, left_at is not None)
