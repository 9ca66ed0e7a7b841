"""Who looks at which photo just now, so that two people are never on the same one without knowing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, delete, exists, func, select, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import joinedload

from campaign.accounts.actor import Actor
from campaign.accounts.audit import audit
from campaign.accounts.permissions import require
from campaign.db import Lock, db, lock_exclusive
from campaign.errors import Conflict
from campaign.submissions.desk_models import Looking
from campaign.submissions.models import Submission
from campaign.submissions.queries import submission_of

SEEN = timedelta(seconds=30)
"""How long one look counts; a page that stays open looks again every ten seconds."""

HELLO = timedelta(seconds=3)


@dataclass(frozen=True, slots=True)
class Watcher:
    """One of those who have a photo open; the one who `holds` it is meant to decide."""

    person_id: UUID
    name: str
    holds: bool
    took_over: bool = False


def look_at(actor: Actor, submission_id: UUID, *, still: bool = False) -> list[Watcher]:
    """Say that this person has opened the photo, and so left any other; answers everybody who has it open now.

    `still` is for a page that stays open: what the same person has open beside it is left alone.

    Of two who open the same photo in one moment, one comes first and the other learns of it: looks at one photo stand
    in line. Raises NotPermitted.
    """
    submission = submission_of(submission_id)
    require(actor, "submission.decide", submission)
    lock_exclusive(Lock.LOOKING, submission_id)
    is_over = Looking.seen_until < func.clock_timestamp()
    until = func.clock_timestamp() + SEEN
    statement = insert(Looking).values(submission_id=submission_id, person_id=actor.person_id, seen_until=until)
    again = {
        "seen_until": until,
        "since": case((is_over, func.clock_timestamp()), else_=Looking.since),
        "took_over_at": case((is_over, None), else_=Looking.took_over_at),
    }
    db.session.execute(
        statement.on_conflict_do_update(index_elements=[Looking.submission_id, Looking.person_id], set_=again)
    )
    if not still:
        _leave_others(actor, submission_id)
    return watchers([submission_id]).get(submission_id, [])


def stop_looking(actor: Actor, submission_id: UUID) -> None:
    """The page was closed. Nobody else's look is touched, nor one of the same person that is just beginning.

    A page that is loaded again says goodbye and hello in any order, so a goodbye within `HELLO` of a look says nothing.
    """
    db.session.execute(
        delete(Looking).where(
            Looking.person_id == actor.person_id,
            Looking.submission_id == submission_id,
            Looking.seen_until < func.clock_timestamp() + SEEN - HELLO,
        )
    )


def take_over(actor: Actor, submission_id: UUID) -> None:
    """Hold a photo that somebody else has open: deliberately, and written down. They are told where they look."""
    others = [one for one in look_at(actor, submission_id) if one.holds and one.person_id != actor.person_id]
    look = db.session.get_one(Looking, (submission_id, actor.person_id), populate_existing=True)
    look.took_over_at = db.session.scalar(select(func.clock_timestamp()))
    if others:
        campaign_id = db.session.scalar(select(Submission.campaign_id).where(Submission.id == submission_id))
        audit(
            actor,
            "submission.taken_over",
            campaign_id=campaign_id,
            subject_id=submission_id,
            details={"from": [str(one.person_id) for one in others]},
        )
    db.session.flush()


def watchers(submission_ids: Sequence[UUID]) -> Mapping[UUID, list[Watcher]]:
    """Everybody who has one of these photos open, the one who holds it first. One query."""
    query = (
        select(Looking)
        .where(Looking.submission_id.in_(submission_ids), Looking.seen_until >= func.clock_timestamp())
        .order_by(Looking.took_over_at.desc().nulls_last(), Looking.since, Looking.person_id)
        .options(joinedload(Looking.person))
        .execution_options(populate_existing=True)
    )
    found: dict[UUID, list[Watcher]] = {}
    for look in db.session.scalars(query):
        here = found.setdefault(look.submission_id, [])
        here.append(
            Watcher(look.person_id, look.person.display_name, not here, took_over=look.took_over_at is not None)
        )
    return found


def _leave_others(actor: Actor, submission_id: UUID) -> None:
    """One that the same person opens in this very moment is not left; waiting for it might be waiting in a circle."""
    place = (Looking.submission_id, Looking.person_id)
    others = select(*place).where(Looking.person_id == actor.person_id, Looking.submission_id != submission_id)
    db.session.execute(delete(Looking).where(tuple_(*place).in_(others.with_for_update(skip_locked=True))))


def holder(watching: Sequence[Watcher], actor: Actor) -> Watcher | None:
    """Who else holds the photo; None where it is free for this person."""
    first = next((one for one in watching if one.holds), None)
    return None if first is None or first.person_id == actor.person_id else first


def refuse_after_takeover(actor: Actor, submission_id: UUID) -> None:
    """Raise Conflict for somebody whose page still offers to decide what another took over in the last seconds."""
    watching = watchers([submission_id]).get(submission_id, [])
    held = holder(watching, actor)
    if held is not None and held.took_over and any(one.person_id == actor.person_id for one in watching):
        raise Conflict(
            f"{held.name} took this photo over a moment ago, so nothing was decided. Take it over again if it is yours."
        )


def seen_by_others(actor: Actor) -> ColumnElement[bool]:
    """A condition on submissions: somebody else has it open."""
    return exists().where(
        and_(
            Looking.submission_id == Submission.id,
            Looking.person_id != actor.person_id,
            Looking.seen_until >= func.clock_timestamp(),
        )
    )
