"""A photo that we failed to open gets another chance."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from campaign.accounts.actor import Actor
from campaign.accounts.audit import audit
from campaign.accounts.permissions import require
from campaign.campaigns.models import Campaign
from campaign.campaigns.window import enter_window
from campaign.db import Lock, db, lock_exclusive
from campaign.errors import Conflict
from campaign.jobs import enqueue
from campaign.jobs.models import Job, JobState
from campaign.jobs.queue import retry
from campaign.submissions.entries import free_entry
from campaign.submissions.leftovers import may_be_mended
from campaign.submissions.models import Photo, Submission, SubmissionState
from campaign.submissions.moderation import refuse_announced
from campaign.submissions.queries import locked_submission, not_known


def try_photo_again(actor: Actor | None, submission_id: UUID) -> Submission:
    """Let a photo that failed for our reasons be received once more; its job starts at once.

    It takes one of the fan's entries again. Without an actor it is the operator's hand, which asks no permission.
    Doing it while it is tried changes nothing. Raises NotFound, NotPermitted, and Conflict where it failed for
    another reason, its bytes are gone, the fan has used the entry, or the campaign is announced.
    """
    submission, was_let_in = _receive_again(actor, submission_id)
    if was_let_in:
        queue_again(str(submission.photo.id))
    return submission


def receive_again(payload: dict[str, Any]) -> None:
    """Called when a failed `photo.process` gets new strikes: its photo is received once more with it.

    One that was done or taken back meanwhile stays as it is, and the job only tidies up. Raises Conflict where the
    desk could not try it again either.
    """
    photo = select(Submission.id).join(Photo).where(Photo.id == UUID(payload["photo_id"]))
    rejected = db.session.scalar(photo.where(Submission.state == SubmissionState.REJECTED))
    if rejected is not None:
        _receive_again(None, rejected)


def mendable(submission_ids: list[UUID]) -> set[UUID]:
    """Those of these submissions that can be tried again. One query."""
    return set(db.session.scalars(select(Submission.id).where(Submission.id.in_(submission_ids), may_be_mended())))


def queue_again(photo_id: str) -> None:
    """The failed job gets new strikes; where it ended otherwise, there is a new one."""
    key = f"photo.process:{photo_id}"
    failed = db.session.scalar(select(Job.id).where(Job.key == key, Job.state == JobState.FAILED))
    if failed is not None:
        retry(failed)
    else:
        enqueue("photo.process", {"photo_id": photo_id})


def _receive_again(actor: Actor | None, submission_id: UUID) -> tuple[Submission, bool]:
    """The submission, and whether it had to be let in; its job is the caller's."""
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
        return submission, False
    refuse_announced(campaign.state_at(now))
    _refuse_unmendable(submission_id)
    submission.entry_number = _entry_for(campaign, submission.person_id, now)
    submission.state, submission.reason = SubmissionState.RECEIVED, ""
    audit(actor or Actor.anonymous(), "submission.tried_again", campaign_id=campaign.id, subject_id=submission.id)
    db.session.flush()
    return submission, True


def _entry_for(campaign: Campaign, person_id: UUID, now: datetime) -> int:
    """One of the fan's entries. What the fan would be told is said to whoever tries again."""
    try:
        return free_entry(campaign, person_id, now)
    except Conflict as taken:
        raise Conflict(
            f"The fan has sent another photo in its place: each may send {campaign.entry_limit} to “{campaign.title}”,"
            " and all of theirs are taken.",
            code=taken.code,
        ) from taken


def _refuse_unmendable(submission_id: UUID) -> None:
    if not mendable([submission_id]):
        raise Conflict(
            "Only a photo that we failed to open within the last week can be tried again. "
            "For any other, the fan has to send another file.",
            code="cannot_be_mended",
        )
