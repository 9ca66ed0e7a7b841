"""The job that makes a photo of the bytes that arrived: verified, rendered, then ready or rejected with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import select

from campaign.clock import database_now
from campaign.db import db, transaction
from campaign.extensions import settings, storage
from campaign.jobs import Attempt, Retry, enqueue, record
from campaign.submissions.duplicates import lock_entries_of, sent_before
from campaign.submissions.leftovers import keep_only_named
from campaign.submissions.limits import photo_limits
from campaign.submissions.models import DUPLICATE, Photo, Rendition, Submission, SubmissionState
from campaign.submissions.queries import locked_submission
from uploads.likeness.dhash import to_signed
from uploads.objects import StorageUnavailable
from uploads.pipeline import ProcessedPhoto, discard_attempt, new_prefix, process_photo
from uploads.reasons import PhotoRefused, Reason

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A photo whose bytes have arrived; `bytes` is the length that was promised."""

    submission_id: UUID
    incoming_key: str
    bytes: int


def process_arrived_photo(payload: dict[str, Any], *, attempt: Attempt) -> None:
    """Handle `photo.process`. However often it is delivered, one attempt writes, and only its objects stay."""
    photo_id = UUID(payload["photo_id"])
    with transaction():
        waiting = waiting_photo(photo_id)
    spare = _work(photo_id, waiting, attempt) if waiting is not None else None
    try:
        keep_only_named(photo_id, storage(), among=spare)
    except StorageUnavailable as problem:
        raise Retry("The photo is done; its leftovers in the store could not be deleted yet.") from problem


def waiting_photo(photo_id: UUID) -> Waiting | None:
    """What there is to do for this photo; None when it was done, or taken back, before."""
    query = (
        select(Submission.id, Photo.incoming_key, Photo.declared_bytes)
        .join(Photo)
        .where(Photo.id == photo_id, Submission.state == SubmissionState.RECEIVED)
    )
    row = db.session.execute(query).one_or_none()
    return None if row is None else Waiting(*row)


def reject_failed_photo(payload: dict[str, Any], problem: str) -> None:
    """Called when the job has failed for good: the fan hears it, and the entry is theirs again."""
    photo_id = UUID(payload["photo_id"])
    waiting = waiting_photo(photo_id)
    if waiting is not None:
        log.warning("photo_failed", photo_id=str(photo_id), problem=problem)
        record_refusal(waiting.submission_id, Reason.DECODER_FAILED)
        # What crashed attempts left in the store goes; the bytes that arrived stay for a while (see `mending`). No key:
        # the photo may be tried again and taken back later, and that deletion must not count as done.
        enqueue("photo.delete", {"photo_id": str(photo_id), "paths": []})


def record_ready(submission_id: UUID, made: ProcessedPhoto) -> bool:
    """Write what a worker found; False when nothing of it is used.

    That is when the photo no longer waits (taken back, or another attempt was first), and when it is one that its fan
    has sent before: then it collapses into that one.
    """
    lock_entries_of(submission_id)
    submission = locked_submission(submission_id)
    if submission.state is not SubmissionState.RECEIVED:
        return False
    if first := sent_before(submission, made):
        _collapse(submission, first, made)
        return False
    photo = submission.photo
    photo.original_key, photo.format, photo.sha256 = made.original_key, made.format, made.sha256
    photo.width, photo.height, photo.bytes = made.width, made.height, made.bytes
    photo.thumbhash, photo.dominant, photo.dhash = made.thumbhash, made.dominant, to_signed(made.dhash)
    photo.taken_at, photo.camera_make = made.facts.taken_at, made.facts.camera_make
    photo.has_location, photo.provenance = made.facts.has_location, list(made.facts.provenance)
    photo.renditions = [
        Rendition(name=one.name, key=one.key, width=one.width, height=one.height, bytes=one.bytes, etag=one.etag)
        for one in made.renditions
    ]
    submission.ready_at = database_now()
    submission.state = SubmissionState.READY
    record("submission.ready", {"submission_id": str(submission_id)})
    return True


def record_refusal(submission_id: UUID, reason: Reason) -> bool:
    """Write why the photo could not be used and give the entry back; False when it no longer waits."""
    submission = locked_submission(submission_id)
    if submission.state is not SubmissionState.RECEIVED:
        return False
    _reject(submission, reason.value)
    return True


def _collapse(submission: Submission, first: Submission, made: ProcessedPhoto) -> None:
    """Its bytes are kept for a while (see `leftovers`), because the fan may say that these are two photos."""
    submission.duplicate_of_id, submission.photo.sha256 = first.id, made.sha256
    _reject(submission, DUPLICATE)
    log.info("photo_collapsed", submission_id=str(submission.id), into=str(first.id))


def _reject(submission: Submission, reason: str) -> None:
    submission.state, submission.rejected_at = SubmissionState.REJECTED, database_now()
    submission.reason = reason
    submission.entry_number = None
    record("submission.rejected", {"submission_id": str(submission.id), "reason": reason})


def _work(photo_id: UUID, waiting: Waiting, attempt: Attempt) -> list[str] | None:
    """Answers which objects may be in the way now, or None where only the store can tell."""
    prefix = new_prefix(photo_id)
    try:
        made = process_photo(
            storage(),
            incoming_key=waiting.incoming_key,
            declared_bytes=waiting.bytes,
            prefix=prefix,
            limits=photo_limits(settings()),
        )
    except PhotoRefused as refused:
        _refuse(photo_id, waiting, refused, attempt)
    except StorageUnavailable as problem:
        raise Retry("The photo store does not answer.") from problem
    except OSError as problem:
        raise Retry("This worker's own disk does not take the photo.") from problem
    else:
        if _finish(waiting, made, prefix, attempt):
            return [*made.strays, waiting.incoming_key]
    return None


def _finish(waiting: Waiting, made: ProcessedPhoto, prefix: str, attempt: Attempt) -> bool:
    written = False
    try:
        with transaction():
            attempt.confirm()
            written = record_ready(waiting.submission_id, made)
    finally:
        if not written:
            _discard(prefix)
    if written:
        log.info(
            "photo_ready",
            submission_id=str(waiting.submission_id),
            format=made.format,
            bytes=made.bytes,
            decoder_peak=made.decoder_peak,
        )
    return written


def _refuse(photo_id: UUID, waiting: Waiting, refused: PhotoRefused, attempt: Attempt) -> None:
    log.info("photo_refused", photo_id=str(photo_id), reason=refused.reason.value, detail=refused.detail)
    if refused.reason.may_pass_later and not attempt.is_last:
        raise refused
    with transaction():
        attempt.confirm()
        record_refusal(waiting.submission_id, refused.reason)


def _discard(prefix: str) -> None:
    """What a lost attempt stored. Where the store is silent now, the attempt that wins deletes it."""
    try:
        discard_attempt(storage(), prefix=prefix)
    except StorageUnavailable:
        log.warning("attempt_not_discarded")
