"""A photo that we failed to open gets another chance."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from campaign.accounts.actor import Actor
from campaign.accounts.audit import audit
from campaign.accounts.permissions import require
from campaign.campaigns.window import enter_window
from campaign.db import Lock, db, lock_exclusive
from campaign.errors import Conflict
from campaign.jobs import enqueue
from campaign.jobs.models import Job, JobState
from campaign.jobs.queue import retry
from campaign.submissions.entries import free_entry
from campaign.submissions.leftovers import may_be_mended
from campaign.submissions.models import Submission, SubmissionState
from campaign.submissions.moderation import refuse_announced
from campaign.submissions.queries import locked_submission, not_known


def try_photo_again(actor: Actor | None, submission_id: UUID) -> Submission:
    """Let a photo that failed for our reasons be received once more; its job starts at once.

    It takes one of the fan's entries again. Without an actor it is the operator's hand, which asks no permission.
    Doing it while it is tried changes nothing. Raises NotFound, NotPermitted, and Conflict where it failed for
    another reason, its bytes are gone, the fan has used the entry, or the campaign is announced.
    """
    place = select(Submission.campaign_id, Submission.person_id).where(Submission.id == submission_id)
    row = db.session.execute(place).one_or_none()
    if row is None:
        raise not_known()
    lock_exclusive(Lock.ENTRIES, f"{row.campaign_id}:{row.person_id}")
    campaign, now = enter_window(row.campaign_id)
    if actor is not None:
        require(actor, "submission.decide", campaign)
    submission = locked_submission(submission_id)
    if submission.state is SubmissionState.RECEIVED:
        return submission
    refuse_announced(campaign.state_at(now))
    _refuse_unmendable(submission_id)
    submission.entry_number = free_entry(campaign, submission.person_id, now)
    submission.state, submission.reason = SubmissionState.RECEIVED, ""
    audit(actor or Actor.anonymous(), "submission.tried_again", campaign_id=campaign.id, subject_id=submission.id)
    _queue(str(submission.photo.id))
    db.session.flush()
    return submission


def mendable(submission_ids: list[UUID]) -> set[UUID]:
    """Those of these submissions that can be tried again. One query."""
    return set(db.session.scalars(select(Submission.id).where(Submission.id.in_(submission_ids), may_be_mended())))


def _refuse_unmendable(submission_id: UUID) -> None:
    if not mendable([submission_id]):
        raise Conflict(
            "Only a photo that we failed to open within the last week can be tried again. "
            "For any other, the fan has to send another file.",
            code="cannot_be_mended",
        )


def _queue(photo_id: str) -> None:
    """The failed job gets new strikes; where it ended otherwise, there is a new one."""
    key = f"photo.process:{photo_id}"
    failed = db.session.scalar(select(Job.id).where(Job.key == key, Job.state == JobState.FAILED))
    if failed is not None:
        retry(failed)
    else:
        enqueue("photo.process", {"photo_id": photo_id})
