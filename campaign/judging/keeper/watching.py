"""What the round keeper looks at, read from the tables: how often photos were judged, and when each judge sat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Subquery, func, select

from campaign.accounts.audit import AuditEntry
from campaign.db import db
from campaign.judging.allocation.pool import pool_of
from campaign.judging.allocation.progress import Seat, seats_of
from campaign.judging.keeper.forecasts import DAY, WINDOW, Course, Judge, Sitting
from campaign.judging.methods import METHODS
from campaign.judging.models import Assignment, AssignmentItem, Ballot, PanelMember, Round

PAUSE = timedelta(minutes=10)
"""After so long without a ballot the next one begins another sitting."""
REMINDED = "round.reminded"
"""The audit log's word for a reminder, which is also where the last one is looked up."""


def course_of(judged: Round) -> Course:
    """A round under way, as the keeper reads it; in as many queries for 1 judge as for 30."""
    assert judged.opened_at is not None
    each = METHODS[judged.method].photos_each(judged.terms)
    photos, seats = _photos(judged), seats_of(judged)
    return Course(
        quorum=judged.quorum,
        photos=photos,
        judges=_judges(judged, seats),
        sittings=sittings_of(judged.id),
        opened_at=judged.opened_at,
        closes_at=judged.closes_at,
        each=max(1, min(each, sum(photos.values()))),
        asked=max(0, judged.planned - sum(one.done for one in seats)),
    )


def sittings_of(round_id: UUID) -> list[Sitting]:
    """When each judge sat in the last days, and how many ballots each sitting brought, oldest first."""
    recent = func.clock_timestamp() - (WINDOW + DAY)
    before = func.lag(Ballot.cast_at).over(partition_by=Assignment.judge_id, order_by=Ballot.cast_at)
    given = (
        select(Assignment.judge_id, Ballot.cast_at, (Ballot.cast_at - before).label("gap"))
        .join(Ballot, Ballot.assignment_id == Assignment.id)
        .where(Assignment.round_id == round_id, Ballot.cast_at > recent)
        .subquery()
    )
    begins = func.count().filter(given.c.gap.is_(None) | (given.c.gap > PAUSE))
    sitting = begins.over(partition_by=given.c.judge_id, order_by=given.c.cast_at).label("sitting")
    numbered = select(given.c.judge_id, given.c.cast_at, sitting).subquery()
    counted = (
        select(numbered.c.judge_id, func.min(numbered.c.cast_at), func.max(numbered.c.cast_at), func.count())
        .group_by(numbered.c.judge_id, numbered.c.sitting)
        .order_by(func.min(numbered.c.cast_at))
    )
    return [Sitting(str(judge), *row) for judge, *row in db.session.execute(counted)]


def short_photos(judged: Round, most: int) -> Sequence[tuple[UUID, int]]:
    """The photos with the fewest ballots that are below the quorum, and how many they have; at most `most`."""
    counts, pool = _counts(judged), pool_of(judged).subquery()
    had = func.coalesce(counts.c.times, 0)
    query = select(pool.c.id, had).outerjoin(counts, counts.c.submission_id == pool.c.id).where(had < judged.quorum)
    return [(one, times) for one, times in db.session.execute(query.order_by(had, pool.c.id).limit(most))]


def last_reminders(round_id: UUID) -> Mapping[str, datetime]:
    """When each judge of the round was last reminded, by the judge's id."""
    judge = AuditEntry.details["judge"].as_string()
    query = select(judge, func.max(AuditEntry.created_at)).where(
        AuditEntry.subject_id == round_id, AuditEntry.action == REMINDED
    )
    return dict(db.session.execute(query.group_by(judge)).all())


def _photos(judged: Round) -> Mapping[int, int]:
    counts, pool = _counts(judged), pool_of(judged).subquery()
    had = func.coalesce(counts.c.times, 0)
    query = select(had, func.count()).select_from(pool).outerjoin(counts, counts.c.submission_id == pool.c.id)
    return dict(db.session.execute(query.group_by(had)).all())


def _counts(judged: Round) -> Subquery:
    """How often each photo that was judged at all was."""
    return (
        select(AssignmentItem.submission_id, func.count().label("times"))
        .join(Assignment, Assignment.id == AssignmentItem.assignment_id)
        .where(Assignment.round_id == judged.id, Assignment.judged)
        .group_by(AssignmentItem.submission_id)
        .subquery()
    )


def _judges(judged: Round, seats: Sequence[Seat]) -> list[Judge]:
    """Who is on the panel now; what lies before them is as the panel's own progress counts it."""
    query = select(PanelMember.person_id, PanelMember.joined_at)
    query = query.where(PanelMember.round_id == judged.id, PanelMember.left_at.is_(None))
    joined, reminders = dict(db.session.execute(query).all()), last_reminders(judged.id)
    return [
        Judge(
            judge=str(seat.person_id),
            name=seat.display_name,
            done=seat.done,
            left=max(0, seat.total - seat.done),
            joined_at=joined[seat.person_id],
            last_at=seat.last_vote_at,
            reminded_at=reminders.get(str(seat.person_id)),
        )
        for seat in seats
        if seat.person_id in joined
    ]
