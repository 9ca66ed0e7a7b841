"""Photos sent twice: a fan's own collapse into the first, and others' are shown to moderators side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import aliased, joinedload

from campaign.accounts.actor import Actor
from campaign.accounts.audit import audit
from campaign.accounts.permissions import require
from campaign.campaigns.models import Campaign
from campaign.campaigns.window import enter_window
from campaign.db import Lock, db, lock_exclusive
from campaign.errors import Conflict
from campaign.submissions.editing import refuse_others
from campaign.submissions.entries import free_entry
from campaign.submissions.leftovers import is_kept
from campaign.submissions.lookalikes import WITH_US, look_of, lookalikes
from campaign.submissions.mending import queue_again
from campaign.submissions.models import DUPLICATE, Photo, Submission, SubmissionState
from campaign.submissions.moderation import refuse_announced
from campaign.submissions.queries import WHOLE, locked_submission, not_known
from uploads.likeness.comparison import Look, look_alike
from uploads.pipeline import ProcessedPhoto

SAME_FILE = "These two are the very same file, so one of them is enough. Your first one is with us and stays as it is."
NOT_KEPT = (
    "There is nothing to bring back here any more. While the campaign is open you can send the photo once more: "
    "whoever looks at it will see both."
)


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """Another submission whose photo looks the same.

    `distance` is in how many of 64 bits the two dHashes differ, 0 to `NEAR`; `is_same_file` says that the very same
    bytes were sent.
    """

    submission: Submission
    distance: int
    is_same_file: bool


def near_duplicates(submission: Submission, limit: int = 6) -> list[NearDuplicate]:
    """Others of the campaign that look like this one, loaded whole: nearest first, then the oldest.

    The fan's own are among them. None for a photo that is not with us. At most four queries.
    """
    found = lookalikes([submission.id]).get(submission.id, [])[:limit]
    if not found:
        return []
    query = select(Submission).where(Submission.id.in_([one.submission_id for one in found])).options(*WHOLE)
    others = {other.id: other for other in db.session.scalars(query).unique()}
    return [NearDuplicate(others[one.submission_id], one.distance, one.is_same_file) for one in found]


def count_near_duplicates(submission_ids: Sequence[UUID]) -> Mapping[UUID, int]:
    """For each of these submissions that has some, how many others of its campaign look like it, up to 24.

    Two queries, however many there are.
    """
    return {submission_id: len(found) for submission_id, found in lookalikes(submission_ids).items()}


def sent_before(submission: Submission, made: ProcessedPhoto) -> Submission | None:
    """The fan's photo in this campaign that this one, just looked into, is the same as: the oldest such.

    The very same file is one photo, also where the show has declined it. One that only looks the same may be an
    improved version of a declined photo, so it goes to a person; and so does what the fan said is another
    (`is_distinct`). Wants the lock on the fan's entries, so that of two copies at once the second finds the first.
    """
    query = (
        select(Submission)
        .join(Photo)
        .where(
            Submission.campaign_id == submission.campaign_id,
            Submission.person_id == submission.person_id,
            Submission.id != submission.id,
            Submission.state.in_(WITH_US),
        )
        .order_by(Submission.created_at, Submission.id)
        .options(joinedload(Submission.photo))
    )
    others = db.session.scalars(query).all()
    same = [other for other in others if other.photo.sha256 == made.sha256]
    if not same and not submission.is_distinct:
        look = Look(dhash=made.dhash, thumbhash=made.thumbhash, width=made.width, height=made.height)
        waiting = [one for one in others if one.state is not SubmissionState.DECLINED and one.photo.dhash is not None]
        same = [other for other in waiting if look_alike(look, look_of(other.photo))]
    return same[0] if same else None


def keep_as_distinct(actor: Actor, submission_id: UUID) -> Submission:
    """The fan says that a photo taken for a copy is another one: it is received once more, and stays.

    It takes one of the fan's entries again. Doing it twice changes nothing. Raises NotFound and NotPermitted for
    everybody but its fan, and Conflict where it is the very same file as one that is with us, its bytes are gone, the
    fan has used the entry, or the campaign is announced.
    """
    submission, campaign, now = _held(submission_id)
    refuse_others(actor, submission)
    _receive_as_distinct(submission, campaign, now)
    return submission


def keep_for_fan(actor: Actor, submission_id: UUID) -> Submission:
    """The desk says the same for the fan, and the audit log keeps who did. Raises as `keep_as_distinct` does."""
    submission, campaign, now = _held(submission_id)
    require(actor, "submission.decide", submission)
    if _receive_as_distinct(submission, campaign, now):
        audit(actor, "submission.kept_as_distinct", campaign_id=submission.campaign_id, subject_id=submission.id)
    return submission


def keepable(submission_ids: Sequence[UUID]) -> set[UUID]:
    """Those of these submissions that were taken for copies and may be kept as photos of their own. One query."""
    query = select(Submission.id).where(Submission.id.in_(submission_ids), is_kept(), Submission.reason == DUPLICATE)
    return set(db.session.scalars(query.where(~_has_same_file())))


def lock_entries_of(submission_id: UUID) -> UUID:
    """Keep others from this fan's entries in this campaign, which is returned, to the end of the transaction.

    Raises NotFound.
    """
    place = select(Submission.campaign_id, Submission.person_id).where(Submission.id == submission_id)
    row = db.session.execute(place).one_or_none()
    if row is None:
        raise not_known()
    lock_exclusive(Lock.ENTRIES, f"{row.campaign_id}:{row.person_id}")
    campaign_id: UUID = row.campaign_id
    return campaign_id


def _held(submission_id: UUID) -> tuple[Submission, Campaign, datetime]:
    """The entries, the window, then the row: everybody who needs more than one of them takes them in this order."""
    campaign, now = enter_window(lock_entries_of(submission_id))
    return locked_submission(submission_id), campaign, now


def _receive_as_distinct(submission: Submission, campaign: Campaign, now: datetime) -> bool:
    """False where that was done before."""
    if submission.is_distinct and submission.state is not SubmissionState.REJECTED:
        return False
    refuse_announced(campaign.state_at(now))
    if submission.id not in keepable([submission.id]):
        raise _why_not(submission)
    submission.entry_number = free_entry(campaign, submission.person_id, now)
    submission.state, submission.reason = SubmissionState.RECEIVED, ""
    submission.is_distinct, submission.duplicate_of_id = True, None
    db.session.flush()
    queue_again(str(submission.photo.id))
    return True


def _has_same_file() -> ColumnElement[bool]:
    """Whether the photo it was taken for is with us and has the very same bytes."""
    first, its_photo, own_photo = aliased(Submission), aliased(Photo), aliased(Photo)
    return exists().where(
        and_(
            first.id == Submission.duplicate_of_id,
            first.state.in_(WITH_US),
            its_photo.submission_id == first.id,
            own_photo.submission_id == Submission.id,
            own_photo.sha256 == its_photo.sha256,
        )
    )


def _why_not(submission: Submission) -> Conflict:
    is_same = db.session.scalar(select(_has_same_file()).select_from(Submission).where(Submission.id == submission.id))
    if submission.state is SubmissionState.REJECTED and submission.reason == DUPLICATE and is_same:
        return Conflict(SAME_FILE, code="same_file")
    return Conflict(NOT_KEPT, code="cannot_be_kept")
