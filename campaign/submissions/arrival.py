"""“The photo is there now”: believed when the store says so too, and then queued, once."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import structlog

from campaign.accounts.actor import Actor
from campaign.accounts.permissions import require
from campaign.clock import database_now
from campaign.db import db, transaction
from campaign.errors import Conflict, Unavailable
from campaign.jobs import enqueue, record
from campaign.submissions.models import Submission, SubmissionState
from campaign.submissions.queries import locked_submission, submission_of
from campaign.submissions.tickets import refuse_stranger, ticket_expired
from uploads.objects import ObjectMissing, StorageUnavailable
from uploads.storage import Storage

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Expected:
    """What must lie in the store: a key, and a length in bytes."""

    key: str
    bytes: int


def complete_submission(actor: Actor, submission_id: UUID, *, storage: Storage) -> None:
    """Check that exactly the promised bytes arrived, and queue the photo. Doing it again changes nothing.

    Works in two short transactions of its own, because none may be open while the store is asked. Raises Conflict
    when the photo is not there, is another one, or comes too late; Unavailable when the store is silent.
    """
    with transaction():
        expected = expected_arrival(actor, submission_id)
    if expected is None:
        return
    check_arrival(expected, storage)
    with transaction():
        record_arrival(submission_id)


def expected_arrival(actor: Actor, submission_id: UUID) -> Expected | None:
    """What this ticket waits for; None when it has arrived before."""
    submission = submission_of(submission_id)
    require(actor, "submission.create", submission)
    refuse_stranger(actor, submission)
    if _has_arrived(submission):
        return None
    return Expected(submission.photo.incoming_key, submission.photo.declared_bytes)


def check_arrival(expected: Expected, storage: Storage) -> None:
    """Ask the store; raises Conflict or Unavailable, after which the ticket can still be used."""
    try:
        stored = storage.head(expected.key)
    except ObjectMissing:
        raise Conflict(
            "Your photo has not arrived yet. Keep the page open and send it once more.", code="not_arrived"
        ) from None
    except StorageUnavailable as silent:
        raise Unavailable(
            "Our photo store does not answer just now, so we cannot see whether your photo is all here. "
            "Your entry is kept for you: try again in a moment.",
            code="store_silent",
        ) from silent
    if stored.bytes != expected.bytes:
        raise Conflict(
            f"Only a part of your photo arrived ({stored.bytes:,} of {expected.bytes:,} bytes). Send it once more.",
            code="size_mismatch",
        )


def record_arrival(submission_id: UUID) -> None:
    """The one step from ticketed to received; whoever comes second finds it done."""
    submission = locked_submission(submission_id)
    if _has_arrived(submission):
        return
    submission.received_at = database_now()
    submission.state = SubmissionState.RECEIVED
    photo_id = str(submission.photo.id)
    enqueue("photo.process", {"photo_id": photo_id}, key=f"photo.process:{photo_id}", request_id=submission.request_id)
    log.info("photo_received", photo=photo_id, ticket_request_id=submission.request_id)
    record("submission.received", {"submission_id": str(submission_id)})
    db.session.flush()


def _has_arrived(submission: Submission) -> bool:
    """Raises Conflict when the ticket is dead."""
    if submission.state is SubmissionState.WITHDRAWN:
        raise Conflict("You took this photo back, so we do not take it in any more.", code="withdrawn")
    if submission.state is SubmissionState.EXPIRED:
        raise ticket_expired()
    if submission.state is not SubmissionState.TICKETED:
        return True
    if submission.ticket_expires_at <= database_now():
        raise ticket_expired()
    return False
