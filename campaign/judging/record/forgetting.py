"""What is left of a judge who is erased: ballots under a pseudonym that nobody can trace, and nothing private."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete, select, update

from campaign.accounts.models import Person
from campaign.accounts.people import strip_person
from campaign.db import db
from campaign.errors import Conflict
from campaign.judging.models import DeclaredConflict, Mark, PanelMember, Round, RoundStage
from campaign.submissions.models import Submission, SubmissionState

GONE = (SubmissionState.WITHDRAWN, SubmissionState.EXPIRED, SubmissionState.REJECTED)
"""States in which nothing of a photo is shown to anybody any more."""


def erase_judge(person: Person) -> int:
    """Erase somebody who judged: name, address, sign-in, roles, notes, salts. Returns the seats they leave nameless.

    What stays is a row without a name, to which the ballots point. Raises Conflict while they sit on a round that is
    not closed yet, or have photos here.
    """
    sitting = select(Round.title).join(PanelMember, PanelMember.round_id == Round.id)
    sitting = sitting.where(PanelMember.person_id == person.id, PanelMember.left_at.is_(None))
    title = db.session.scalar(sitting.where(Round.stage.in_((RoundStage.DRAFT, RoundStage.OPEN))).limit(1))
    if title is not None:
        told = f"{person.display_name} is on the panel of “{title}”. Take them off it first; their ballots stay."
        raise Conflict(told, code="still_judging")
    photos = select(Submission.id).where(Submission.person_id == person.id, Submission.state.not_in(GONE))
    if db.session.scalar(photos.limit(1)) is not None:
        raise Conflict(f"{person.display_name} has photos here. They are withdrawn first.", code="has_photos")
    seats = forget_judge(person.id)
    strip_person(person.id)
    return seats


def forget_judge(person_id: UUID) -> int:
    """Take the salts by which a person's commitments could be told to be theirs, their notes, and their conflicts.

    The chains stay as they are, so every dossier still verifies. Returns the number of their seats.
    """
    salts = update(PanelMember).where(PanelMember.person_id == person_id).values(salt=None)
    seats = len(db.session.scalars(salts.returning(PanelMember.round_id)).all())
    db.session.execute(delete(Mark).where(Mark.judge_id == person_id))
    concerned = (DeclaredConflict.judge_id == person_id) | (DeclaredConflict.fan_id == person_id)
    db.session.execute(delete(DeclaredConflict).where(concerned))
    return seats
