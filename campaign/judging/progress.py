"""How far a judge is, and how far a panel is. Never what anybody said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select, Uuid, cast, func, literal, select, union_all

from campaign.accounts.models import Person
from campaign.db import db
from campaign.judging.models import Assignment, Ballot, Coverage, PanelMember, Round
from campaign.judging.pool import free_for, pool_of, waiting_for
from campaign.submissions.models import Submission


class Progress(NamedTuple):
    """`total` is what the judge has done, what lies before them and what could still be given to them.

    `skipped` of those that are not done were put aside and come at the end.
    """

    done: int
    total: int
    skipped: int = 0


class Seat(NamedTuple):
    """One judge of a panel: how many photos they have judged, of how many that are or may become theirs."""

    display_name: str
    person_id: UUID
    done: int
    total: int
    last_vote_at: datetime | None


def seats_of(judged: Round) -> list[Seat]:
    """The panel by name, in one query however many sit on it."""
    mine = Assignment.round_id == judged.id
    done = select(Assignment.judge_id, func.count().label("n")).where(mine, Assignment.judged)
    last = select(Assignment.judge_id, func.max(Ballot.cast_at).label("n")).join(Assignment.ballot).where(mine)
    # The free photos of everybody, and of those each judge's own and what each was given.
    here = (Coverage.round_id == judged.id) & (Coverage.submission_id == Submission.id)
    below = pool_of(judged).outerjoin(Coverage, here).where(func.coalesce(Coverage.judges, 0) < judged.quorum)
    free = below.with_only_columns(Submission.id, Submission.person_id).cte("free")
    own = select(free.c.person_id.label("judge_id"), func.count().label("n")).group_by(free.c.person_id).subquery()
    given = select(Assignment.judge_id, func.count().label("n")).where(mine)
    given = given.join(free, free.c.id == cast(Assignment.subject, Uuid))
    waiting = select(Assignment.judge_id, func.count().label("n")).where(mine, ~Assignment.judged)
    waiting = waiting.where(cast(Assignment.subject, Uuid).in_(pool_of(judged)))
    counts = [one.group_by(Assignment.judge_id).subquery() for one in (done, last, waiting, given)]
    query = select(Person.display_name, PanelMember.person_id, *(one.c.n for one in (*counts, own)))
    query = query.add_columns(select(func.count()).select_from(free).scalar_subquery().label("free"))
    query = query.join(Person, PanelMember.person_id == Person.id).where(PanelMember.round_id == judged.id)
    for one in (*counts, own):
        query = query.outerjoin(one, one.c.judge_id == PanelMember.person_id)
    return [_seat(*row) for row in db.session.execute(query.order_by(Person.display_name, Person.id))]


def progress_of(judged: Round, judge_id: UUID, *, free: int | None = None) -> Progress:
    """How far this judge is; `free`, where it is known already, saves the look through all photos."""
    row = db.session.execute(_counted(0, judged, judge_id, free)).one()
    return Progress(row.done, row.done + row.waiting + row.free, row.skipped)


def progress_in(rounds: Sequence[Round], judge_id: UUID) -> list[Progress]:
    """How far this judge is in each of the rounds, in one query."""
    if not rounds:
        return []
    counted = union_all(*(_counted(number, judged, judge_id, None) for number, judged in enumerate(rounds)))
    rows = sorted(db.session.execute(counted))
    return [Progress(row.done, row.done + row.waiting + row.free, row.skipped) for row in rows]


def _counted(number: int, judged: Round, judge_id: UUID, free: int | None) -> Select[int, int, int, int, int]:
    mine = (Assignment.round_id == judged.id, Assignment.judge_id == judge_id)
    done = select(func.count()).select_from(Assignment).where(*mine, Assignment.judged)
    before = waiting_for(judged.id, judge_id).with_only_columns(Assignment.skipped_at).subquery()
    waiting = select(func.count()).select_from(before)
    skipped = select(func.count(before.c.skipped_at)).select_from(before)
    counted = select(func.count()).select_from(free_for(judged, judge_id).subquery()).scalar_subquery()
    return select(
        literal(number).label("number"),
        done.scalar_subquery().label("done"),
        waiting.scalar_subquery().label("waiting"),
        skipped.scalar_subquery().label("skipped"),
        (counted if free is None else literal(free)).label("free"),
    )


def _seat(
    name: str,
    person_id: UUID,
    done: int | None,
    last: datetime | None,
    waiting: int | None,
    given: int | None,
    own: int | None,
    free: int,
) -> Seat:
    """A judge may still get what is free and neither theirs nor given to them before."""
    left = free - (own or 0) - (given or 0)
    return Seat(name, person_id, done or 0, (done or 0) + (waiting or 0) + left, last)
