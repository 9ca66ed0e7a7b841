"""What is left of a judge who is erased: ballots under a pseudonym that nobody can trace, and nothing private."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete, update

from campaign.db import db
from campaign.judging.models import DeclaredConflict, Mark, PanelMember


def forget_judge(person_id: UUID) -> None:
    """Take the salts by which a person's commitments could be told to be theirs, their notes, and their conflicts.

    The chains stay as they are, so every dossier still verifies. For whoever erases a person, in that transaction.
    """
    db.session.execute(update(PanelMember).where(PanelMember.person_id == person_id).values(salt=None))
    db.session.execute(delete(Mark).where(Mark.judge_id == person_id))
    concerned = (DeclaredConflict.judge_id == person_id) | (DeclaredConflict.fan_id == person_id)
    db.session.execute(delete(DeclaredConflict).where(concerned))
