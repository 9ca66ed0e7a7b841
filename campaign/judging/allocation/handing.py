"""Putting something before a judge: the rows of assignments, and reading what lies there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import func, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert

from campaign.db import db
from campaign.judging.methods.shape import photos_in
from campaign.judging.models import Assignment, AssignmentItem
from campaign.submissions.models import Submission, SubmissionState

HOLD = timedelta(minutes=30)
"""How long what was put before a judge is kept for them without a ballot."""


SPARE = 4
"""Photos looked at beyond those wanted, as some may not hang any more."""
_HAND_OUT = text("""
WITH page AS (
    SELECT number, photos FROM plan_page WHERE round_id = :round AND judge_id = :judge
    ORDER BY number LIMIT 1 FOR UPDATE
), chosen AS (
    SELECT photo.id, photo.place FROM page, unnest(page.photos[1:CAST(:looked AS integer)])
        WITH ORDINALITY AS photo (id, place)
    JOIN submission ON submission.id = photo.id AND submission.state = 'published'
    ORDER BY photo.place LIMIT :wanted
), cut AS (
    SELECT page.number, cardinality(page.photos) AS size, CAST(CASE
        WHEN (SELECT count(*) FROM chosen) = :wanted THEN (SELECT max(place) FROM chosen)
        ELSE least(:looked, cardinality(page.photos)) END AS integer) AS taken
    FROM page
), kept AS (
    UPDATE plan_page SET photos = plan_page.photos[cut.taken + 1:] FROM cut
    WHERE round_id = :round AND judge_id = :judge AND plan_page.number = cut.number AND cut.taken < cut.size
), emptied AS (
    DELETE FROM plan_page USING cut
    WHERE round_id = :round AND judge_id = :judge AND plan_page.number = cut.number AND cut.taken = cut.size
), handed AS (
    INSERT INTO assignment (id, round_id, judge_id, subject, position, held_until)
    SELECT gen_random_uuid(), :round, :judge, chosen.id::text, chosen.place + (
        SELECT coalesce(max(position), 0) FROM assignment WHERE round_id = :round AND judge_id = :judge
    ), :until FROM chosen
    ON CONFLICT (round_id, judge_id, subject) DO UPDATE SET position = excluded.position, gone_at = NULL,
        held_until = excluded.held_until, skipped_at = NULL, handed_at = clock_timestamp()
        WHERE assignment.gone_at IS NOT NULL
    RETURNING id, subject, position, held_until, skipped_at
), shown AS (
    INSERT INTO assignment_item (assignment_id, ordinal, submission_id)
    SELECT id, 0, subject::uuid FROM handed ON CONFLICT DO NOTHING
)
SELECT handed.id, handed.subject, handed.held_until, handed.skipped_at, cut.taken
FROM cut LEFT JOIN handed ON true ORDER BY handed.position
""")


class Waiting(NamedTuple):
    """One thing that lies before a judge."""

    id: UUID
    subject: str
    held_until: datetime | None
    skipped_at: datetime | None

    @property
    def photos(self) -> list[UUID]:
        return [UUID(one) for one in photos_in(self.subject)]


WAITING = (Assignment.id, Assignment.subject, Assignment.held_until, Assignment.skipped_at)


def waiting_of(round_id: UUID, judge_id: UUID) -> list[Waiting]:
    """What lies before the judge, oldest first; what was put aside after everything else, in the order it was."""
    mine = (Assignment.round_id == round_id, Assignment.judge_id == judge_id)
    query = select(*WAITING).where(*mine, ~Assignment.judged, Assignment.gone_at.is_(None))
    order = (Assignment.skipped_at.asc().nulls_first(), Assignment.position)
    return [Waiting(*row) for row in db.session.execute(query.order_by(*order))]


def hand_out(round_id: UUID, judge_id: UUID, subjects: Sequence[str], now: datetime) -> list[Waiting]:
    """Put these before the judge, in this order; a subject that had been taken from them comes back to them."""
    if not subjects:
        return []
    mine = (Assignment.round_id == round_id) & (Assignment.judge_id == judge_id)
    last: int = db.session.scalar(select(func.coalesce(func.max(Assignment.position), 0)).where(mine)) or 0
    rows: list[dict[str, Any]] = [
        {
            "id": uuid4(),
            "round_id": round_id,
            "judge_id": judge_id,
            "subject": subject,
            "position": last + number,
            "held_until": now + HOLD,
        }
        for number, subject in enumerate(subjects, start=1)
    ]
    added = upsert(Assignment)
    again = {name: added.excluded[name] for name in ("position", "held_until")} | {
        "gone_at": None, "skipped_at": None, "handed_at": func.clock_timestamp()
    }  # fmt: skip
    key = ["round_id", "judge_id", "subject"]
    back = added.on_conflict_do_update(index_elements=key, set_=again, where=Assignment.gone_at.is_not(None))
    made = [Waiting(*row) for row in db.session.execute(back.values(rows).returning(*WAITING))]
    new = {row["id"] for row in rows}
    items = [
        {"assignment_id": one.id, "ordinal": ordinal, "submission_id": photo}
        for one in made
        if one.id in new
        for ordinal, photo in enumerate(one.photos)
    ]
    if items:
        db.session.execute(insert(AssignmentItem), items)
    return made


def hand_out_planned(round_id: UUID, judge_id: UUID, wanted: int, now: datetime) -> tuple[list[Waiting], int]:
    """Put the next `wanted` photos of the judge's agenda before them, in one statement; and how many left the agenda.

    Those that hang no more are passed over. Fewer than asked for come back where a page ends; (nothing, 0): no more.
    """
    given = {"round": round_id, "judge": judge_id, "wanted": wanted, "looked": wanted + SPARE, "until": now + HOLD}
    rows = db.session.execute(_HAND_OUT, given).all()
    made = [Waiting(row.id, row.subject, row.held_until, row.skipped_at) for row in rows if row.id is not None]
    return made, rows[0].taken if rows else 0


def renew(waiting: Sequence[Waiting], now: datetime) -> None:
    """Keep for the judge a while longer what lay there for too long and is shown now."""
    lapsed = [one.id for one in waiting if one.held_until is None or one.held_until <= now]
    if lapsed:
        theirs = (Assignment.id.in_(lapsed), Assignment.gone_at.is_(None))  # another may just have taken it over
        db.session.execute(update(Assignment).where(*theirs).values(held_until=now + HOLD))


def published(photos: Sequence[UUID]) -> set[UUID]:
    """Of these photos those that hang in the gallery."""
    if not photos:
        return set()
    query = select(Submission.id).where(Submission.id.in_(photos), Submission.state == SubmissionState.PUBLISHED)
    return set(db.session.scalars(query))


def still_judged(waiting: Sequence[Waiting]) -> list[Waiting]:
    """Those of which every photo still hangs."""
    hung = published([photo for one in waiting for photo in one.photos])
    return [one for one in waiting if hung.issuperset(one.photos)]
