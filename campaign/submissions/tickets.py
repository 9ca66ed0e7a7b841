"""The life of a ticket after it was issued: a fresh signature while it lives, the entry given back when it dies."""

from __future__ import annotations

from uuid import UUID

import structlog
from sqlalchemy import func, select

from campaign.accounts.actor import Actor
from campaign.accounts.permissions import require
from campaign.clock import database_now
from campaign.db import db, transaction
from campaign.errors import Conflict
from campaign.jobs import enqueue
from campaign.submissions.models import Submission, SubmissionState
from campaign.submissions.queries import locked_submission, not_known
from uploads.objects import PresignedPut
from uploads.storage import Storage
from uploads.tickets import Claim, renew_signature

log = structlog.get_logger(__name__)

BATCH = 200
"""How many tickets one transaction expires."""


def refresh_ticket(actor: Actor, submission_id: UUID, *, storage: Storage) -> PresignedPut:
    """A fresh signature for the same key, type and length, good for what is left of the ticket's time.

    Raises Conflict when the photo is here already or the ticket's time has passed.
    """
    submission = locked_submission(submission_id)
    require(actor, "submission.create", submission)
    refuse_stranger(actor, submission)
    if submission.state is not SubmissionState.TICKETED:
        raise Conflict("This photo needs no sending any more. “My photos” shows where it stands.", code="not_waiting")
    left = int((submission.ticket_expires_at - database_now()).total_seconds())
    if left < 1:
        raise ticket_expired()
    photo = submission.photo
    claim = Claim(filename=photo.filename, content_type=photo.content_type, bytes=photo.declared_bytes)
    return renew_signature(storage, photo.incoming_key, claim, seconds=left)


def give_back(submission_id: UUID) -> None:
    """The bytes never came, and we know it: the entry is the fan's again at once."""
    submission = locked_submission(submission_id)
    if submission.state is SubmissionState.TICKETED:
        expire(submission)


def expire_unused_tickets() -> int:
    """Give back the entries of tickets past their time; returns how many. Works in transactions of its own.

    Rows that somebody is just completing are left alone: they decide for themselves.
    """
    expired = 0
    while True:
        with transaction():
            overdue = (
                select(Submission)
                .where(
                    Submission.state == SubmissionState.TICKETED,
                    Submission.ticket_expires_at <= func.clock_timestamp(),
                )
                .order_by(Submission.ticket_expires_at)
                .limit(BATCH)
                .with_for_update(skip_locked=True)
            )
            batch = db.session.scalars(overdue).all()
            for submission in batch:
                expire(submission)
        expired += len(batch)
        if len(batch) < BATCH:
            break
    if expired:
        log.info("tickets_expired", count=expired)
    return expired


def expire(submission: Submission) -> None:
    """Write down that a ticket was never used, and have whatever half arrived deleted. Wants the row locked."""
    submission.state = SubmissionState.EXPIRED
    submission.entry_number = None
    photo_id = str(submission.photo.id)
    enqueue("photo.delete", {"photo_id": photo_id, "paths": []}, key=f"photo.delete:{photo_id}")


def ticket_expired() -> Conflict:
    """The words for a fan who came back too late."""
    return Conflict(
        "The time to send this photo has passed, so its entry is yours again. "
        "While the campaign is open you can start once more.",
        code="ticket_expired",
    )


def refuse_stranger(actor: Actor, submission: Submission) -> None:
    """Only the fan who holds the ticket may use it; nobody else learns that it exists."""
    if submission.person_id != actor.person_id:
        raise not_known()
