"""A judge's word on a photo: given, changed, taken back; each written down for good in the same transaction."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import joinedload

from campaign.accounts.actor import Actor
from campaign.accounts.permissions import require
from campaign.db import Lock, db, lock_exclusive
from campaign.errors import Conflict, InvalidInput, NotFound, NotPermitted
from campaign.judging import chain
from campaign.judging.allocation import HOLD, cover_again
from campaign.judging.instants import exact
from campaign.judging.models import Assignment, AssignmentItem, Ballot, BallotEvent, PanelMember
from campaign.judging.window import sit_down
from campaign.submissions.models import SubmissionState

FEWEST_STARS = 1
MOST_STARS = 5


def cast_ballot(actor: Actor, assignment_id: UUID, stars: int) -> Assignment:
    """Give 1 to 5 stars, or change them. The same stars again change nothing and are answered all the same.

    Raises SignInNeeded, NotPermitted, NotFound (none, or another judge's), InvalidInput, and Conflict when the round
    is not open or the photo is not published any more.
    """
    if not FEWEST_STARS <= stars <= MOST_STARS:
        raise InvalidInput("A photo gets one to five stars.", fields={"stars": "Choose a whole number from 1 to 5."})
    assignment, member, now = _take_up(actor, assignment_id)
    _refuse_unfit_photos(assignment, member)
    ballot = _present_ballot(member, assignment)
    if ballot is not None and ballot.stars == stars:
        return assignment
    if ballot is not None:
        ballot.stars, ballot.cast_at = stars, now
    else:
        _keep(assignment)
        db.session.add(Ballot(assignment_id=assignment.id, stars=stars, cast_at=now))
    _record(member, assignment, stars, now)
    return assignment


def undo_ballot(actor: Actor, assignment_id: UUID) -> Assignment:
    """Take the stars back; the photo lies before the judge again. Without a ballot there is nothing to do.

    Raises what `cast_ballot` raises, but for the photo: a word on one that was taken down can be taken back.
    """
    assignment, member, now = _take_up(actor, assignment_id)
    ballot = _present_ballot(member, assignment)
    if ballot is None:
        return assignment
    db.session.delete(ballot)
    # The ballot counted towards the quorum; the photo now counts as held, so the coverage stays as it is.
    assignment.judged, assignment.held_until = False, now + HOLD
    _record(member, assignment, None, now)
    return assignment


def _take_up(actor: Actor, assignment_id: UUID) -> tuple[Assignment, PanelMember, datetime]:
    require(actor, "round.judge")
    round_id = db.session.scalar(
        select(Assignment.round_id).where(Assignment.id == assignment_id, Assignment.judge_id == actor.person_id)
    )
    if round_id is None:
        raise NotFound("This photo is not among those that were put before you.")
    _, member, now = sit_down(actor, round_id)
    lock_exclusive(Lock.CHAIN, member.commitment)
    query = (
        select(Assignment)
        .where(Assignment.id == assignment_id)
        .options(joinedload(Assignment.items).joinedload(AssignmentItem.submission))
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(query).unique().one(), member, now


def _refuse_unfit_photos(assignment: Assignment, member: PanelMember) -> None:
    for item in assignment.items:
        if item.submission.person_id == member.person_id:
            raise NotPermitted("This photo is yours, so others on the panel judge it.", code="own_photo")
        if item.submission.state != SubmissionState.PUBLISHED:
            raise Conflict("This photo was taken down, so it is not judged any more.", code="photo_gone")


def _present_ballot(member: PanelMember, assignment: Assignment) -> Ballot | None:
    """Read with the judge's chain held, so a second vote of the same judge sees the first."""
    assert member.person_id == assignment.judge_id
    return db.session.get(Ballot, assignment.id, populate_existing=True)


def _keep(assignment: Assignment) -> None:
    """From held to judged. A photo that was let go of meanwhile is counted again."""
    this = Assignment.id == assignment.id
    held = update(Assignment).where(this, Assignment.held_until.is_not(None)).values(held_until=None, judged=True)
    kept = db.session.execute(held)
    assert isinstance(kept, CursorResult)
    if not kept.rowcount:
        db.session.execute(update(Assignment).where(this).values(judged=True))
        cover_again(assignment.round_id, [item.submission_id for item in assignment.items])


def _record(member: PanelMember, assignment: Assignment, stars: int | None, now: datetime) -> None:
    """Append to the judge's chain, whose lock is held."""
    query = select(BallotEvent).where(BallotEvent.judge == member.commitment).order_by(BallotEvent.sequence.desc())
    event = db.session.scalars(query.limit(1)).one_or_none()
    last = chain.Link(event.sequence, event.body, event.previous, event.hash) if event else None
    body = {
        "kind": "withdrawn" if stars is None else "cast",
        "assignment": str(assignment.id),
        "subject": assignment.subject,
        "stars": stars,
        "at": exact(now),
    }
    link = chain.append(member.commitment, last, body)
    db.session.add(
        BallotEvent(
            judge=member.commitment,
            sequence=link.sequence,
            round_id=assignment.round_id,
            body=body,
            previous=link.previous,
            hash=link.hash,
        )
    )
    db.session.flush()
