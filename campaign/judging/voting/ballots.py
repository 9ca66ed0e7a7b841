"""A judge's word: given, changed, taken back, put off, or refused; each written down for good in its transaction."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, delete, select, update

from campaign.accounts.actor import Actor
from campaign.accounts.permissions import require
from campaign.db import db
from campaign.errors import Conflict, NotFound, NotPermitted
from campaign.judging.allocation.handing import HOLD
from campaign.judging.methods import METHODS
from campaign.judging.methods.shape import Said, Word, photos_in
from campaign.judging.models import Assignment, AssignmentItem, Ballot, Round, word_in
from campaign.judging.voting.chaining import Step, note, note_ballot
from campaign.judging.voting.showing import SHOWN, Shown
from campaign.judging.voting.sitting import TABLE, Sitting, sit_down_before
from campaign.judging.voting.stepping_aside import come_back, step_aside
from campaign.submissions.models import Photo, Submission, SubmissionState

_STANDING = (
    select(
        *SHOWN,
        *TABLE,
        Assignment.id,
        Assignment.subject,
        Assignment.judged,
        Assignment.gone_at,
        Assignment.skipped_at,
        Ballot.scores,
        Ballot.vote,
        Ballot.winner,
        Ballot.ranking,
    )
    .join(AssignmentItem, AssignmentItem.submission_id == Submission.id)
    .join(Photo, Photo.submission_id == Submission.id)
    .join(Assignment, Assignment.id == AssignmentItem.assignment_id)
    .join(Round, Round.id == Assignment.round_id)
    .outerjoin(Ballot, Ballot.assignment_id == Assignment.id)
    .where(Assignment.id == bindparam("assignment"), Assignment.judge_id == bindparam("judge"))
    .with_for_update(of=Assignment)
)
"""An assignment with the table around it, the word on it and its photos: a row for each photo."""


class Before(NamedTuple):
    """An assignment before its judge, held, with the word on it as it stands now, None for none."""

    sitting: Sitting
    id: UUID
    subject: str
    word: Word | None
    is_gone: bool
    is_aside: bool
    shown: dict[UUID, Shown]


class Told(NamedTuple):
    """What became of a judge's word: the table with its figures brought up to date, and the assignment as it stands.

    `word` is None where there is none; `skipped` where the judge put it aside.
    """

    sitting: Sitting
    assignment_id: UUID
    subject: str
    word: Word | None
    skipped: bool
    shown: dict[UUID, Shown]


def cast_ballot(actor: Actor, assignment_id: UUID, said: Said) -> Told:
    """Give the word that the round's method asks for, or change it. The same word again changes nothing.

    What another judge took over meanwhile counts all the same: nobody looked in vain.

    Raises SignInNeeded, NotPermitted (also for one's own photo and for one with a conflict), NotFound (none, or another
    judge's), InvalidInput for what the method cannot read, and Conflict when the round is not open or the photo is not
    published any more.
    """
    before = _take_up(actor, assignment_id)
    sitting = before.sitting
    rule = METHODS[sitting.method]
    word = rule.read(said, sitting.terms, photos_in(before.subject))
    _refuse_unfit_photos(before)
    if before.word == word:
        return _told(before, sitting, word)
    kind = "cast" if before.word is None else "changed"
    step = Step(kind, assignment_id, before.subject, rule.write(word, sitting.terms))
    after = note_ballot(sitting, step, word, more=before.word is None)
    return _told(before, come_back(after, before.subject) if before.is_gone else after, word)


def undo_ballot(actor: Actor, assignment_id: UUID) -> Told:
    """Take the word back, or that it was put aside; the photo lies before the judge again. Else there is nothing to do.

    Raises what `cast_ballot` raises, but for the photo: a word on one that was taken down can be taken back.
    """
    before = _take_up(actor, assignment_id)
    if before.word is None and (before.is_gone or not before.is_aside):
        return _told(before, before.sitting, None)
    this = Assignment.id == assignment_id
    db.session.execute(delete(Ballot).where(Ballot.assignment_id == assignment_id))
    again = {"judged": False, "held_until": before.sitting.now + HOLD, "skipped_at": None}
    db.session.execute(update(Assignment).where(this).values(again))
    sitting = note(before.sitting, Step("undone", assignment_id, before.subject), more=-int(before.word is not None))
    return _told(before, sitting, None)


def skip_assignment(actor: Actor, assignment_id: UUID) -> Told:
    """Put the photo aside: it comes back to this judge after everything else, unless another takes it meanwhile.

    Never a vote. What another judge took over meanwhile stays there. Raises what `cast_ballot` raises, and Conflict
    when there is a ballot already.
    """
    before = _take_up(actor, assignment_id)
    if before.word is not None:
        raise Conflict("You judged this photo already. Take that back first, then put it aside.", code="judged")
    if before.is_gone:
        return _told(before, before.sitting, None)
    aside = {"held_until": None, "skipped_at": before.sitting.now}
    db.session.execute(update(Assignment).where(Assignment.id == assignment_id).values(aside))
    sitting = note(before.sitting, Step("skipped", assignment_id, before.subject))
    return _told(before, sitting, None, skipped=True)


def recuse(actor: Actor, assignment_id: UUID, reason: str = "") -> Told:
    """Step aside from what lies here: a conflict with it is declared, no vote on it counts, and another judge takes it.

    Once more changes nothing. The reason stays out of the record. Raises what `undo_ballot` raises.
    """
    before = _take_up(actor, assignment_id)
    if before.is_gone and all(one.is_barred for one in before.shown.values()):
        return _told(before, before.sitting, None)
    sitting = step_aside(before.sitting, assignment_id, before.subject, had_word=before.word is not None, why=reason)
    return _told(before, sitting, None)


def round_of(actor: Actor, assignment_id: UUID) -> UUID:
    """The round of one of this judge's own assignments. Raises SignInNeeded, NotPermitted or NotFound."""
    require(actor, "round.judge")
    round_id = db.session.scalar(
        select(Assignment.round_id).where(Assignment.id == assignment_id, Assignment.judge_id == actor.person_id)
    )
    if round_id is None:
        raise NotFound("This photo is not among those that were put before you.")
    return round_id


def _take_up(actor: Actor, assignment_id: UUID) -> Before:
    """Read with the judge's row held, so that a second vote of the same judge sees the first."""
    sitting, rows = sit_down_before(actor, assignment_id, _STANDING)
    row = rows[0]
    word = word_in(row.scores, row.vote, row.winner, row.ranking) if row.judged else None
    shown = {one.photo_id: Shown._make(one[: len(SHOWN)]) for one in rows}
    return Before(sitting, row.id, row.subject, word, row.gone_at is not None, row.skipped_at is not None, shown)


def _refuse_unfit_photos(before: Before) -> None:
    for photo in before.shown.values():
        if photo.person_id == before.sitting.person_id:
            raise NotPermitted("This photo is yours, so others on the panel judge it.", code="own_photo")
        if photo.is_barred:
            raise NotPermitted("You stepped aside from this photo, so others on the panel judge it.", code="recused")
        if photo.state is not SubmissionState.PUBLISHED:
            raise Conflict("This photo was taken down, so it is not judged any more.", code="photo_gone")


def _told(before: Before, sitting: Sitting, word: Word | None, *, skipped: bool = False) -> Told:
    return Told(sitting, before.id, before.subject, word, skipped, before.shown)
