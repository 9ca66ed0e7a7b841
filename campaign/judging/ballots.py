"""A judge's word on a photo: given, changed, taken back, put off; each written down for good in its transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import joinedload

from campaign.accounts.actor import Actor
from campaign.accounts.permissions import require
from campaign.db import Lock, db, lock_exclusive
from campaign.errors import Conflict, NotFound, NotPermitted
from campaign.judging import chain
from campaign.judging.dealing import HOLD, cover_again, uncover
from campaign.judging.instants import exact
from campaign.judging.methods import METHODS
from campaign.judging.methods.shape import Said
from campaign.judging.models import Assignment, AssignmentItem, Ballot, BallotEvent, PanelMember, Round
from campaign.judging.window import sit_down
from campaign.submissions.models import SubmissionState


class Sitting(NamedTuple):
    """A judge before an assignment of an open round, with the judge's chain held."""

    judged: Round
    assignment: Assignment
    member: PanelMember
    now: datetime


def cast_ballot(actor: Actor, assignment_id: UUID, said: Said) -> Assignment:
    """Give the word that the round's method asks for, or change it. The same word again changes nothing.

    Raises SignInNeeded, NotPermitted, NotFound (none, or another judge's), InvalidInput for what the method cannot
    read, and Conflict when the round is not open or the photo is not published any more.
    """
    sitting = _take_up(actor, assignment_id)
    assignment, now = sitting.assignment, sitting.now
    rule, terms = METHODS[sitting.judged.method], sitting.judged.terms
    word = rule.read(said, terms, [str(item.submission_id) for item in assignment.items])
    _refuse_unfit_photos(sitting)
    ballot = _present_ballot(sitting)
    if ballot is not None and ballot.word == word:
        return assignment
    scores = None if word.scores is None else list(word.scores)
    if ballot is not None:
        ballot.scores, ballot.vote, ballot.cast_at = scores, word.vote, now
    else:
        _keep(assignment)
        db.session.add(Ballot(assignment_id=assignment.id, scores=scores, vote=word.vote, cast_at=now))
    _record(sitting, "cast", rule.write(word, terms))
    return assignment


def undo_ballot(actor: Actor, assignment_id: UUID) -> Assignment:
    """Take the word back; the photo lies before the judge again. Without a ballot there is nothing to do.

    Raises what `cast_ballot` raises, but for the photo: a word on one that was taken down can be taken back.
    """
    sitting = _take_up(actor, assignment_id)
    assignment = sitting.assignment
    ballot = _present_ballot(sitting)
    if ballot is None:
        return assignment
    db.session.delete(ballot)
    # The ballot counted towards the quorum; the photo now counts as held, so the coverage stays as it is.
    assignment.judged, assignment.held_until = False, sitting.now + HOLD
    _record(sitting, "withdrawn", None)
    return assignment


def skip_assignment(actor: Actor, assignment_id: UUID) -> Assignment:
    """Put the photo aside: it comes back to this judge after everything else, and others may judge it meanwhile.

    Never a vote. Raises what `cast_ballot` raises, and Conflict when there is a ballot already.
    """
    sitting = _take_up(actor, assignment_id)
    assignment = sitting.assignment
    if _present_ballot(sitting) is not None:
        raise Conflict("You judged this photo already. Take that back first, then put it aside.", code="judged")
    this = Assignment.id == assignment.id
    held = update(Assignment).where(this, Assignment.held_until.is_not(None)).values(held_until=None)
    freed = db.session.execute(held)
    assert isinstance(freed, CursorResult)
    db.session.execute(update(Assignment).where(this).values(skipped_at=sitting.now))
    if freed.rowcount:
        uncover(assignment.round_id, [item.submission_id for item in assignment.items])
    _record(sitting, "skipped", None)
    return assignment


def round_of(actor: Actor, assignment_id: UUID) -> UUID:
    """The round of one of this judge's own assignments. Raises SignInNeeded, NotPermitted or NotFound."""
    require(actor, "round.judge")
    round_id = db.session.scalar(
        select(Assignment.round_id).where(Assignment.id == assignment_id, Assignment.judge_id == actor.person_id)
    )
    if round_id is None:
        raise NotFound("This photo is not among those that were put before you.")
    return round_id


def _take_up(actor: Actor, assignment_id: UUID) -> Sitting:
    judged, member, now = sit_down(actor, round_of(actor, assignment_id))
    lock_exclusive(Lock.CHAIN, member.commitment)
    query = (
        select(Assignment)
        .where(Assignment.id == assignment_id)
        .options(joinedload(Assignment.items).joinedload(AssignmentItem.submission))
        .execution_options(populate_existing=True)
    )
    return Sitting(judged, db.session.scalars(query).unique().one(), member, now)


def _refuse_unfit_photos(sitting: Sitting) -> None:
    for item in sitting.assignment.items:
        if item.submission.person_id == sitting.member.person_id:
            raise NotPermitted("This photo is yours, so others on the panel judge it.", code="own_photo")
        if item.submission.state != SubmissionState.PUBLISHED:
            raise Conflict("This photo was taken down, so it is not judged any more.", code="photo_gone")


def _present_ballot(sitting: Sitting) -> Ballot | None:
    """Read with the judge's chain held, so a second vote of the same judge sees the first."""
    return db.session.get(Ballot, sitting.assignment.id, populate_existing=True)


def _keep(assignment: Assignment) -> None:
    """From held to judged. A photo that was let go of meanwhile is counted again."""
    this = Assignment.id == assignment.id
    held = update(Assignment).where(this, Assignment.held_until.is_not(None))
    held = held.values(held_until=None, skipped_at=None, judged=True)
    kept = db.session.execute(held)
    assert isinstance(kept, CursorResult)
    if not kept.rowcount:
        db.session.execute(update(Assignment).where(this).values(judged=True, skipped_at=None))
        cover_again(assignment.round_id, [item.submission_id for item in assignment.items])


def _record(sitting: Sitting, kind: str, word: dict[str, Any] | None) -> None:
    """Append to the judge's chain, whose lock is held."""
    member, assignment = sitting.member, sitting.assignment
    query = select(BallotEvent).where(BallotEvent.judge == member.commitment).order_by(BallotEvent.sequence.desc())
    event = db.session.scalars(query.limit(1)).one_or_none()
    last = chain.Link(event.sequence, event.body, event.previous, event.hash) if event else None
    body = {
        "kind": kind,
        "assignment": str(assignment.id),
        "subject": assignment.subject,
        "word": word,
        "at": exact(sitting.now),
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
