"""Which photo a judge sees next: those seen least come first, in an order of each judge's own, until the quorum."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from campaign.accounts.actor import Actor
from campaign.db import Lock, db, lock_exclusive
from campaign.judging.models import Assignment, AssignmentItem, Coverage, Round
from campaign.judging.pool import free_for, waiting_for
from campaign.judging.progress import Progress, progress_of
from campaign.judging.queries import whole_assignments
from campaign.judging.window import sit_down
from campaign.submissions.models import Submission

HOLD = timedelta(minutes=30)
"""How long a photo put before a judge counts towards its quorum without a ballot."""

LARGEST_HAND = 20
"""The most photos a judge can hold unanswered."""


class Hand(NamedTuple):
    """What lies before a judge, and how far they are. No assignments: the judge is done."""

    assignments: list[Assignment]
    progress: Progress


def deal(actor: Actor, round_id: UUID, limit: int) -> Hand:
    """Up to `limit` (1 to 20) assignments waiting for this judge's word: those given before first, then new ones.

    What the judge put aside comes last. Nothing is left to give when every photo the judge may see has its quorum.
    Raises SignInNeeded, NotPermitted, NotFound, or Conflict when the round is not open.
    """
    judged, member, now = sit_down(actor, round_id)
    limit = max(1, min(limit, LARGEST_HAND))
    waiting = waiting_assignments(round_id, member.person_id, limit)
    free = None
    if sum(one.skipped_at is None for one in waiting) < limit:
        lock_exclusive(Lock.ALLOCATION, round_id)
        free = _allocate(judged, member.person_id, limit, now)
        waiting = waiting_assignments(round_id, member.person_id, limit)
    return Hand(waiting, progress_of(judged, member.person_id, free=free))


def next_assignments(actor: Actor, round_id: UUID, limit: int) -> list[Assignment]:
    """The assignments of `deal` alone."""
    return deal(actor, round_id, limit).assignments


def waiting_assignments(round_id: UUID, judge_id: UUID, limit: int) -> list[Assignment]:
    """What lies before the judge, in the order it was given; photos taken down meanwhile are left out."""
    order = (Assignment.skipped_at.asc().nulls_first(), Assignment.position)
    query = waiting_for(round_id, judge_id).order_by(*order).limit(limit)
    return whole_assignments(db.session.scalars(query.with_only_columns(Assignment.id)).all())


def cover_again(round_id: UUID, submission_ids: Sequence[UUID]) -> None:
    """Count a ballot on photos that had been let go of. Takes the allocation's lock first, as everybody does."""
    lock_exclusive(Lock.ALLOCATION, round_id)
    _cover(round_id, submission_ids)


def uncover(round_id: UUID, submission_ids: Sequence[UUID]) -> None:
    """Count a judge off photos that they let go of, so that others may have them. Takes the allocation's lock."""
    lock_exclusive(Lock.ALLOCATION, round_id)
    these = (Coverage.round_id == round_id) & Coverage.submission_id.in_(submission_ids)
    db.session.execute(update(Coverage).where(these).values(judges=Coverage.judges - 1))


def _allocate(judged: Round, judge_id: UUID, limit: int, now: datetime) -> int:
    """Fill the judge's hand up to `limit`, with the allocation's lock held; returns how many photos stay free."""
    _let_go(judged.id, now)
    fresh = waiting_for(judged.id, judge_id).where(Assignment.skipped_at.is_(None))
    held = fresh.with_only_columns(Assignment.id).subquery()
    wanted = max(0, limit - (db.session.scalar(select(func.count()).select_from(held)) or 0))
    here = (Coverage.round_id == judged.id) & (Coverage.submission_id == Submission.id)
    order = (func.coalesce(Coverage.judges, 0), _shuffled(judged.id, judge_id), Submission.id)
    query = free_for(judged, judge_id).outerjoin(Coverage, here).add_columns(func.count().over()).order_by(*order)
    # At least one row, so that its second column tells how many there are.
    found = db.session.execute(query.limit(max(1, wanted))).all()
    chosen = [row[0] for row in found[:wanted]]
    if chosen:
        _assign(judged.id, judge_id, chosen, now + HOLD)
        _cover(judged.id, chosen)
    return found[0][1] - len(chosen) if found else 0


def _shuffled(round_id: UUID, judge_id: UUID) -> ColumnElement[int]:
    """A hash of judge and photo, so that no two judges see the same order."""
    seed = int.from_bytes(hashlib.sha256(round_id.bytes + judge_id.bytes).digest()[:8], "big", signed=True)
    return func.uuid_hash_extended(Submission.id, seed)


def _assign(round_id: UUID, judge_id: UUID, submission_ids: Sequence[UUID], held_until: datetime) -> None:
    mine = (Assignment.round_id == round_id) & (Assignment.judge_id == judge_id)
    last = db.session.scalar(select(func.coalesce(func.max(Assignment.position), 0)).where(mine)) or 0
    rows: list[dict[str, Any]] = [
        {
            "id": uuid4(),
            "round_id": round_id,
            "judge_id": judge_id,
            "subject": str(submission_id),
            "position": last + number,
            "held_until": held_until,
        }
        for number, submission_id in enumerate(submission_ids, start=1)
    ]
    db.session.execute(insert(Assignment), rows)
    items = [
        {"assignment_id": row["id"], "ordinal": 0, "submission_id": submission_id}
        for row, submission_id in zip(rows, submission_ids, strict=True)
    ]
    db.session.execute(insert(AssignmentItem), items)


def _cover(round_id: UUID, submission_ids: Sequence[UUID]) -> None:
    rows = [{"round_id": round_id, "submission_id": one, "judges": 1} for one in submission_ids]
    added = upsert(Coverage).values(rows)
    key = [Coverage.round_id, Coverage.submission_id]
    db.session.execute(added.on_conflict_do_update(index_elements=key, set_={"judges": Coverage.judges + 1}))


def _let_go(round_id: UUID, now: datetime) -> None:
    """Photos that a judge holds for too long are free for others again; the judge may still judge them."""
    # A row that is locked is being judged at this moment: leave it, and never wait for it with the lock held.
    lapsed = (
        select(Assignment.id)
        .where(Assignment.round_id == round_id, Assignment.held_until <= now)
        .with_for_update(skip_locked=True)
        .cte("lapsed")
    )
    freed = (
        update(Assignment)
        .where(Assignment.id.in_(select(lapsed.c.id)))
        .values(held_until=None)
        .returning(Assignment.id)
    )
    ids = db.session.scalars(freed, execution_options={"synchronize_session": False}).all()
    if not ids:
        return
    counts = (
        select(AssignmentItem.submission_id, func.count().label("freed"))
        .where(AssignmentItem.assignment_id.in_(ids))
        .group_by(AssignmentItem.submission_id)
        .subquery()
    )
    db.session.execute(
        update(Coverage)
        .where(Coverage.round_id == round_id, Coverage.submission_id == counts.c.submission_id)
        .values(judges=Coverage.judges - counts.c.freed),
        execution_options={"synchronize_session": False},
    )
