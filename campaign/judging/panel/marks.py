"""What a judge keeps for themselves about photos of a round: favourites and notes. Nobody else reads them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select, delete, func, select
from sqlalchemy.dialects.postgresql import insert

from campaign.accounts.actor import Actor
from campaign.accounts.permissions import require
from campaign.db import db
from campaign.errors import InvalidInput, NotFound
from campaign.judging.models import Assignment, AssignmentItem, Mark, PanelMember, Round

LONGEST_NOTE = 2000
"""Characters of a note."""
MOST_SHOWN = 500
"""Marks that a page carries along; more are a question to the API."""


class MarkView(NamedTuple):
    """A judge's mark on a photo."""

    favourite: bool = False
    note: str = ""


def mark_photo(actor: Actor, round_id: UUID, submission_id: UUID, *, favourite: bool, note: str) -> MarkView:
    """Keep this judge's mark on a photo that was put before them, also after the closing; an empty one is taken away.

    Raises SignInNeeded, NotPermitted, NotFound (no such round with this judge on its panel, or a photo that this judge
    has not seen), InvalidInput for a note that is too long.
    """
    judged = judged_by(actor, round_id)
    if not db.session.scalar(select(_seen(judged.id, actor.person_id, submission_id).exists())):
        raise NotFound("This photo is not among those that were put before you.")
    mark = MarkView(favourite, note.strip())
    if len(mark.note) > LONGEST_NOTE:
        told = f"A note has room for {LONGEST_NOTE:,} characters."
        raise InvalidInput(told, fields={"note": told})
    key = {"round_id": judged.id, "judge_id": actor.person_id, "submission_id": submission_id}
    if mark == MarkView():
        db.session.execute(delete(Mark).filter_by(**key))
        return mark
    kept = {"is_favourite": mark.favourite, "note": mark.note, "marked_at": func.clock_timestamp()}
    written = insert(Mark).values(**key, **kept)
    db.session.execute(written.on_conflict_do_update(index_elements=list(key), set_=kept))
    return mark


def marks_of(round_id: UUID, judge_id: UUID) -> Select[Mark]:
    """The judge's own marks in the round, the latest first."""
    mine = select(Mark).where(Mark.round_id == round_id, Mark.judge_id == judge_id)
    return mine.order_by(Mark.marked_at.desc(), Mark.submission_id)


def marks_by_photo(round_id: UUID, judge_id: UUID) -> Mapping[UUID, MarkView]:
    """The latest marks of this judge by photo, as a page carries them along."""
    marks = db.session.scalars(marks_of(round_id, judge_id).limit(MOST_SHOWN))
    return {one.submission_id: MarkView(one.is_favourite, one.note) for one in marks}


def judged_by(actor: Actor, round_id: UUID) -> Round:
    """A round on whose panel this person sits, at whatever stage. Raises SignInNeeded, NotPermitted or NotFound."""
    require(actor, "round.judge")
    judged = db.session.get(Round, round_id)
    if judged is None or db.session.get(PanelMember, (round_id, actor.person_id)) is None:
        raise NotFound("There is no round here on whose panel you sit.")
    require(actor, "round.judge", judged)
    return judged


def _seen(round_id: UUID, judge_id: UUID | None, submission_id: UUID) -> Select[UUID]:
    """The photo, where it is on one of this judge's assignments."""
    mine = (Assignment.round_id == round_id, Assignment.judge_id == judge_id)
    items = select(AssignmentItem.submission_id).join(Assignment, Assignment.id == AssignmentItem.assignment_id)
    return items.where(*mine, AssignmentItem.submission_id == submission_id)
