"""What was planned for each judge, as the record tells it: what was handed out, and what stayed planned."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import select, text

from campaign.db import db
from campaign.judging.models import Assignment, PanelMember, PlanPage
from campaign.judging.record.instants import exact
from campaign.judging.record.papers import PlanRow

PLAN_DIGESTS = """
SELECT judge_id, encode(sha256(convert_to(string_agg(line, '' ORDER BY part, place, name), 'UTF8')), 'hex')
FROM (
    SELECT judge_id, 1 AS part, position::bigint AS place, id AS name,
           id || ' ' || subject || ' ' || to_char(handed_at AT TIME ZONE 'UTC', :instant) || ' '
           || coalesce(to_char(gone_at AT TIME ZONE 'UTC', :instant), '-') || E'\\n' AS line
    FROM assignment WHERE round_id = :round
    UNION ALL
    SELECT judge_id, 2, number::bigint << 32 | nth, NULL, '- ' || photo || ' - -' || E'\\n'
    FROM plan_page, unnest(photos) WITH ORDINALITY AS listed (photo, nth) WHERE round_id = :round
) AS planned GROUP BY judge_id
"""
INSTANT = 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'
"""`instants.exact`, as PostgreSQL writes it."""


def plan_digests(round_id: UUID) -> dict[UUID, str]:
    """By judge `dossier.plan_digest` of what `planned_for` reads, made where the rows are, as there may be many."""
    rows = db.session.execute(text(PLAN_DIGESTS), {"round": round_id, "instant": INSTANT})
    return dict(rows.all())


def planned_for(member: PanelMember) -> Iterator[PlanRow]:
    """What was handed out, in its order, then what stayed planned."""
    query = (
        select(Assignment.id, Assignment.subject, Assignment.handed_at, Assignment.gone_at)
        .where(Assignment.round_id == member.round_id, Assignment.judge_id == member.person_id)
        .order_by(Assignment.position, Assignment.id)
        .execution_options(yield_per=10_000)
    )
    for name, subject, handed_at, gone_at in db.session.execute(query):
        gone = exact(gone_at) if gone_at else None
        yield PlanRow(assignment=str(name), subject=subject, handed_at=exact(handed_at), gone_at=gone)
    pages = select(PlanPage.photos).where(PlanPage.round_id == member.round_id, PlanPage.judge_id == member.person_id)
    for photos in db.session.scalars(pages.order_by(PlanPage.number)):
        for photo in photos:
            yield PlanRow(assignment=None, subject=str(photo), handed_at=None, gone_at=None)
