"""Reading photos for the desk, in few statements whatever the number of rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, exists, func, select, tuple_
from sqlalchemy.orm import joinedload, load_only
from sqlalchemy.orm.interfaces import ORMOption

from campaign.accounts.actor import Actor
from campaign.accounts.audit import AuditEntry
from campaign.db import db
from campaign.submissions.desk_filter import DeskFilter, Whose
from campaign.submissions.desk_models import Batch, BatchItem
from campaign.submissions.models import Submission, SubmissionState
from campaign.submissions.presence import seen_by_others
from campaign.submissions.queries import WHOLE, not_known
from campaign.submissions.search import Wanted, matching
from campaign.web.pagination import DEFAULT_LIMIT, Page, paginate

DESK_WHOLE: tuple[ORMOption, ...] = (
    *WHOLE,
    joinedload(Submission.assignee),
    joinedload(Submission.asker),
    joinedload(Submission.decider),
)


@dataclass(frozen=True, slots=True)
class Work:
    """How many photos wait, by whose they are."""

    mine: int
    unassigned: int
    opinion: int


def filtered(campaign_id: UUID, actor: Actor, wanted: DeskFilter) -> Select[Submission]:
    """The campaign's submissions that the filter leaves in, in no order."""
    query = select(Submission).where(Submission.campaign_id == campaign_id, Submission.state == wanted.state)
    is_waiting = wanted.state is SubmissionState.READY
    match wanted.whose:
        case Whose.MINE if is_waiting:
            query = query.where(Submission.assigned_to == actor.person_id)
        case Whose.MINE:
            query = query.where(Submission.decided_by == actor.person_id)
        case Whose.UNASSIGNED:
            query = query.where(Submission.assigned_to.is_(None))
        case Whose.OPINION:
            query = query.where(Submission.opinion_asked_at.is_not(None))
    return matching(query, Wanted(q=wanted.q, category=wanted.category))


def desk_page(campaign_id: UUID, actor: Actor, wanted: DeskFilter, *, limit: int = DEFAULT_LIMIT) -> Page[Submission]:
    """One page of them with all that the desk shows. Raises InvalidInput for a page mark that is not ours."""
    return paginate(
        filtered(campaign_id, actor, wanted).options(*DESK_WHOLE),
        at=Submission.created_at,
        cursor=wanted.after or None,
        newest_first=not wanted.oldest_first,
        limit=limit,
    )


def first_free(campaign_id: UUID, actor: Actor, wanted: DeskFilter) -> UUID | None:
    """The first photo of this page of the list that nobody else has open."""
    free = filtered(campaign_id, actor, wanted).where(~seen_by_others(actor))
    found = paginate(
        free.options(load_only(Submission.created_at)),
        at=Submission.created_at,
        cursor=wanted.after or None,
        newest_first=not wanted.oldest_first,
        limit=1,
    )
    return found.items[0].id if found.items else None


def next_free(campaign_id: UUID, actor: Actor, wanted: DeskFilter, beyond: Submission) -> UUID | None:
    """The first after that photo in the list that nobody else has open."""
    place, here = tuple_(Submission.created_at, Submission.id), tuple_(beyond.created_at, beyond.id)
    query = filtered(campaign_id, actor, wanted).with_only_columns(Submission.id).where(~seen_by_others(actor))
    if wanted.oldest_first:
        query = query.where(place > here).order_by(Submission.created_at, Submission.id)
    else:
        query = query.where(place < here).order_by(Submission.created_at.desc(), Submission.id.desc())
    found: UUID | None = db.session.scalar(query.limit(1))
    return found


def work_in(campaign_id: UUID, actor: Actor, waiting: int) -> Work:
    """Whose the waiting photos are; `waiting` is how many there are in all. Two index walks, no look at the rest."""
    ready = (Submission.campaign_id == campaign_id, Submission.state == SubmissionState.READY)
    count = func.count().label("count")
    query = select(
        select(count).where(*ready, Submission.assigned_to == actor.person_id).scalar_subquery(),
        select(count).where(*ready, Submission.assigned_to.is_not(None)).scalar_subquery(),
        select(count).where(*ready, Submission.opinion_asked_at.is_not(None)).scalar_subquery(),
    )
    mine, assigned, opinion = db.session.execute(query).one()
    return Work(mine, max(0, waiting - assigned), opinion)


def lately_decided_by(campaign_id: UUID, actor: Actor, limit: int) -> list[Submission]:
    """The person's last decisions, newest first, without those of a batch, which is undone as one."""
    together = (
        select(BatchItem.submission_id)
        .join(Batch)
        .where(
            BatchItem.submission_id == Submission.id,
            BatchItem.decided_at == Submission.decided_at,
            Batch.undone_at.is_(None),
        )
    )
    query = (
        select(Submission)
        .where(
            Submission.campaign_id == campaign_id,
            Submission.decided_by == actor.person_id,
            Submission.decided_at.is_not(None),
            Submission.state.in_([SubmissionState.PUBLISHED, SubmissionState.DECLINED]),
            ~exists(together),
        )
        .order_by(Submission.decided_at.desc())
        .limit(limit)
    )
    return list(db.session.scalars(query))


def latest_batch(campaign_id: UUID, actor: Actor) -> tuple[Batch, int] | None:
    """The last thing this person did to several photos, where it was not taken back, and to how many."""
    query = (
        select(Batch)
        .where(Batch.campaign_id == campaign_id, Batch.person_id == actor.person_id)
        .order_by(Batch.created_at.desc())
        .limit(1)
    )
    batch = db.session.scalar(query)
    if batch is None or batch.undone_at is not None:
        return None
    count = select(func.count()).where(BatchItem.batch_id == batch.id)
    return batch, db.session.scalar(count) or 0


def others_by_the_fan(submission: Submission, limit: int) -> tuple[list[Submission], int]:
    """The fan's other photos in this campaign that reached us, newest first, and how many there are in all."""
    query = (
        select(Submission, func.count().over())
        .where(
            Submission.person_id == submission.person_id,
            Submission.campaign_id == submission.campaign_id,
            Submission.id != submission.id,
            Submission.state.not_in([SubmissionState.TICKETED, SubmissionState.EXPIRED]),
        )
        .order_by(Submission.created_at.desc(), Submission.id)
        .limit(limit)
    )
    rows = db.session.execute(query).all()
    return [row[0] for row in rows], rows[0][1] if rows else 0


def history_of(submission_id: UUID, limit: int) -> Sequence[AuditEntry]:
    """What the desk did with this photo, newest first."""
    query = (
        select(AuditEntry)
        .where(AuditEntry.subject_id == submission_id)
        .order_by(AuditEntry.created_at.desc())
        .limit(limit)
        .options(joinedload(AuditEntry.actor))
    )
    return db.session.scalars(query).all()


def photo_for_desk(submission_id: UUID) -> Submission:
    """The submission with all that the desk shows, as stored now. Raises NotFound."""
    query = select(Submission).where(Submission.id == submission_id).options(*DESK_WHOLE)
    found = db.session.scalars(query.execution_options(populate_existing=True)).unique().one_or_none()
    if found is None:
        raise not_known()
    return found
