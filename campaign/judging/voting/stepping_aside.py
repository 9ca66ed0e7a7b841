"""A judge steps aside from a photo: whatever they said of it goes, a conflict stands, and another judge takes it on.

And the reverse: a judge says their word on what another was to take on, as it had lain there for too long.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from campaign import jobs
from campaign.db import Lock, db, lock_exclusive
from campaign.judging.allocation.agenda import strike
from campaign.judging.allocation.filling import SINGLE, fill_up, recount, spare
from campaign.judging.methods.shape import photos_in
from campaign.judging.models import Assignment, Ballot, DeclaredConflict, Round
from campaign.judging.voting.chaining import Step, note
from campaign.judging.voting.sitting import Sitting


def step_aside(sitting: Sitting, assignment_id: UUID, subject: str, *, had_word: bool, why: str = "") -> Sitting:
    """From one assignment. Of a pair or a list the judge steps aside from all of it, and from others with its photos.

    Returns the table after it.
    """
    photos = [UUID(one) for one in photos_in(subject)]
    declare(sitting.campaign_id, sitting.person_id, photos, why=why, by=sitting.person_id)
    after = withdraw(sitting, assignment_id, subject, had_word=had_word)
    if sitting.method not in SINGLE:
        after, _ = withdraw_all(after, photos)
    lock_exclusive(Lock.ALLOCATION, sitting.round_id)
    judged = db.session.get_one(Round, sitting.round_id, populate_existing=True)
    replace(judged, photos)
    db.session.refresh(judged, ["planned"])
    return after._replace(planned=judged.planned)


def come_back(sitting: Sitting, subject: str) -> Sitting:
    """A word came on what was given up: it counts, and one to whom the photo is still to come is spared it."""
    if sitting.method not in SINGLE:
        return sitting
    lock_exclusive(Lock.ALLOCATION, sitting.round_id)
    judged = db.session.get_one(Round, sitting.round_id, populate_existing=True)
    for photo in photos_in(subject):
        spare(judged, UUID(photo))
    recount(judged)
    db.session.refresh(judged, ["planned"])
    return sitting._replace(planned=judged.planned)


def declare(campaign_id: UUID, judge_id: UUID, photos: Iterable[UUID], *, why: str, by: UUID | None) -> None:
    """Write down a conflict with each photo, where there is none yet, for all rounds of the campaign."""
    rows = [
        {"campaign_id": campaign_id, "judge_id": judge_id, "submission_id": one, "reason": why, "declared_by": by}
        for one in photos
    ]
    db.session.execute(
        upsert(DeclaredConflict).values([row | {"fan_id": None} for row in rows]).on_conflict_do_nothing()
    )
    tell_declared(campaign_id, judge_id)


def tell_declared(campaign_id: UUID, judge_id: UUID) -> None:
    """Record `conflict.declared`: other rounds of the campaign may be open, or be opening in this moment."""
    jobs.record("conflict.declared", {"campaign_id": str(campaign_id), "judge_id": str(judge_id)})


def withdraw(sitting: Sitting, assignment_id: UUID, subject: str, *, had_word: bool) -> Sitting:
    """Take the assignment from its judge, with the ballot on it; the record says that they stepped aside."""
    if had_word:
        db.session.execute(delete(Ballot).where(Ballot.assignment_id == assignment_id))
    gone = {"judged": False, "held_until": None, "skipped_at": None, "gone_at": sitting.now}
    db.session.execute(update(Assignment).where(Assignment.id == assignment_id).values(gone))
    return note(sitting, Step("recused", assignment_id, subject), more=-int(had_word))


def withdraw_all(sitting: Sitting, photos: Iterable[UUID]) -> tuple[Sitting, set[UUID]]:
    """Take from the judge all that lies before them or was judged with one of these photos in it.

    Returns the table after it, and the photos that others may take on then.
    """
    held = (
        select(Assignment.id, Assignment.subject, Assignment.judged)
        .where(Assignment.round_id == sitting.round_id, Assignment.judge_id == sitting.person_id)
        .where(Assignment.gone_at.is_(None))
        .order_by(Assignment.position)
        .with_for_update()
    )
    meant, freed = {str(one) for one in photos}, set[UUID]()
    for assignment_id, subject, judged in db.session.execute(held):
        if meant.intersection(photos_in(subject)):
            sitting = withdraw(sitting, assignment_id, subject, had_word=judged)
            freed |= {UUID(one) for one in photos_in(subject)}
    return sitting, freed


def replace(judged: Round, photos: Iterable[UUID]) -> int:
    """Find another judge for each photo; returns how many were found. Needs the allocation's lock."""
    if judged.method not in SINGLE:
        return 0
    found = fill_up(judged, dict.fromkeys(photos, 1))
    recount(judged)
    return found


def unplan(round_id: UUID, judge_id: UUID, photos: Iterable[UUID]) -> list[UUID]:
    """Take photos off a judge's agenda; returns those that were on it. Needs the allocation's lock."""
    return [photo for photo in photos if strike(round_id, photo, judge_id)]
