"""A fan takes a photo back: at any time, without asking anybody."""

from __future__ import annotations

from uuid import UUID

from campaign.accounts.actor import Actor
from campaign.accounts.permissions import require
from campaign.clock import database_now
from campaign.db import db
from campaign.errors import Conflict
from campaign.jobs import enqueue, record
from campaign.submissions.leftovers import KEPT
from campaign.submissions.models import Submission, SubmissionState
from campaign.submissions.queries import locked_submission, may_see, not_known
from campaign.submissions.renditions import media_paths

FINISHED = (SubmissionState.REJECTED, SubmissionState.EXPIRED)
"""Nothing of the photo is kept any more, so there is nothing to take back; but see `can_withdraw`."""


def withdraw_submission(actor: Actor, submission_id: UUID) -> Submission:
    """Free the gallery at once, give the entry back, and have every object deleted. Doing it again changes nothing."""
    submission = locked_submission(submission_id)
    if actor.is_signed_in and not may_see(actor, submission):
        raise not_known()
    require(actor, "submission.withdraw", submission)
    if submission.state is SubmissionState.WITHDRAWN:
        return submission
    require_something_left(submission)
    _leave(submission)
    record("submission.withdrawn", {"submission_id": str(submission.id)})
    db.session.flush()
    return submission


def can_withdraw(submission: Submission) -> bool:
    """Whether there is still something to take back: what we could not use ourselves is kept for a while."""
    if submission.state is SubmissionState.REJECTED and submission.reason in KEPT:
        return True
    return submission.state not in (*FINISHED, SubmissionState.WITHDRAWN)


def require_something_left(submission: Submission) -> None:
    """Raises Conflict, with the words for the fan, where there is nothing to take back any more."""
    if not can_withdraw(submission):
        raise Conflict("This photo is not with us any more; there is nothing to take back.", code="nothing_to_withdraw")


def _leave(submission: Submission) -> None:
    photo = submission.photo
    payload = {"photo_id": str(photo.id), "paths": media_paths(photo)}
    submission.withdrawn_at = database_now()
    submission.state = SubmissionState.WITHDRAWN
    submission.entry_number = None
    submission.published_at = None
    photo.renditions.clear()
    photo.original_key = photo.thumbhash = photo.dominant = None
    photo.dhash = photo.taken_at = photo.camera_make = photo.has_location = None
    photo.provenance = []
    photo.card_key = photo.card_bytes = photo.card_etag = None
    enqueue("photo.delete", payload, key=f"photo.delete:{photo.id}")
