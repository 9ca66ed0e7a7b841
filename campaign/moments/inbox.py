"""A person's own messages in the app."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select, update
from sqlalchemy.orm import joinedload

from campaign.accounts.actor import Actor
from campaign.accounts.permissions import require
from campaign.db import db
from campaign.errors import NotFound, SignInNeeded
from campaign.moments.models import Moment
from campaign.moments.telling import hold_moments

MOST_COUNTED = 10
"""Beyond nine unread messages nobody counts."""


def reader_id(actor: Actor) -> UUID:
    """Whose messages are asked for. Raises SignInNeeded."""
    if actor.person_id is None:
        raise SignInNeeded("Sign in, and your messages are here.")
    return actor.person_id


def messages_of(person_id: UUID) -> Select[Moment]:
    """What this person was told and what still holds, with campaigns and photos; newest first by `told_at`."""
    return (
        select(Moment)
        .where(Moment.person_id == person_id, Moment.retracted_at.is_(None))
        .options(joinedload(Moment.campaign), joinedload(Moment.submission))
    )


def count_unread(person_id: UUID) -> int:
    """How many unread messages there are, counted up to ten, along their own small index."""
    unread = (
        select(Moment.id)
        .where(Moment.person_id == person_id, Moment.read_at.is_(None), Moment.retracted_at.is_(None))
        .limit(MOST_COUNTED)
        .subquery()
    )
    return db.session.scalar(select(func.count()).select_from(unread)) or 0


def open_message(actor: Actor, moment_id: UUID) -> Moment:
    """One message of one's own, which opening marks as read. Raises NotFound for others' and for retracted ones."""
    query = messages_of(reader_id(actor)).where(Moment.id == moment_id)
    moment = db.session.scalars(query).one_or_none()
    if moment is None:
        raise NotFound("This message is not here any more. What it told may have been taken back.")
    if moment.read_at is None:
        _mark(Moment.id == moment.id)
    return moment


def mark_read(actor: Actor, ids: Collection[UUID] | None = None) -> None:
    """Mark these messages of one's own, or (None) all of them. Others' are passed over in silence."""
    require(actor, "profile.edit")
    mine = Moment.person_id == reader_id(actor)
    _mark(mine, *(() if ids is None else (Moment.id.in_(ids),)))


def _mark(*where: ColumnElement[bool]) -> None:
    unread = hold_moments(*where, Moment.read_at.is_(None))
    db.session.execute(update(Moment).where(Moment.id.in_(unread)).values(read_at=func.clock_timestamp()))
