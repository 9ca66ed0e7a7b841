"""How far a judge is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select, func, literal, select, union_all

from campaign.db import db
from campaign.judging.models import Assignment, Round
from campaign.judging.pool import free_for, waiting_for


class Progress(NamedTuple):
    """`total` is what the judge has done, what lies before them and what could still be given to them."""

    done: int
    total: int


def progress_of(judged: Round, judge_id: UUID, *, free: int | None = None) -> Progress:
    """How far this judge is; `free`, where it is known already, saves the look through all photos."""
    row = db.session.execute(_counted(0, judged, judge_id, free)).one()
    return Progress(row.done, row.done + row.waiting + row.free)


def progress_in(rounds: Sequence[Round], judge_id: UUID) -> list[Progress]:
    """How far this judge is in each of the rounds, in one query."""
    if not rounds:
        return []
    counted = union_all(*(_counted(number, judged, judge_id, None) for number, judged in enumerate(rounds)))
    return [Progress(row.done, row.done + row.waiting + row.free) for row in sorted(db.session.execute(counted))]


def _counted(number: int, judged: Round, judge_id: UUID, free: int | None) -> Select[int, int, int, int]:
    mine = (Assignment.round_id == judged.id, Assignment.judge_id == judge_id)
    done = select(func.count()).select_from(Assignment).where(*mine, Assignment.judged)
    before = waiting_for(judged.id, judge_id).with_only_columns(Assignment.id)
    waiting = select(func.count()).select_from(before.subquery())
    counted = select(func.count()).select_from(free_for(judged, judge_id).subquery()).scalar_subquery()
    return select(
        literal(number).label("number"),
        done.scalar_subquery().label("done"),
        waiting.scalar_subquery().label("waiting"),
        (counted if free is None else literal(free)).label("free"),
    )
