"""The job that makes the card of a published photo: the JPEG that a preview of its link shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import select

from campaign.db import db, transaction
from campaign.extensions import settings, storage
from campaign.jobs import Attempt, Retry
from campaign.submissions.limits import photo_limits
from campaign.submissions.models import Photo, Rendition, Submission, SubmissionState
from campaign.submissions.queries import locked_submission
from uploads.cards import store_card
from uploads.objects import ObjectMissing, StorageUnavailable, StoredObject
from uploads.pipeline import new_prefix

log = structlog.get_logger(__name__)

LONGEST_SIDE = 1280
"""Pixels of the rendition that a card is drawn from: a card shows none larger."""
GROUND = "#16161e"


@dataclass(frozen=True, slots=True)
class Cardless:
    """A published photo without a card, and the rendition to draw it from."""

    photo_id: UUID
    ground: str
    rendition_key: str
    rendition_bytes: int


def make_card(payload: dict[str, Any], *, attempt: Attempt) -> None:
    """Handle `photo.card`. A photo that has its card, or hangs no more, is left as it is."""
    submission_id = UUID(payload["submission_id"])
    with transaction():
        wanted = cardless_photo(submission_id)
    if wanted is None:
        return
    try:
        card = _draw(wanted)
    except ObjectMissing:
        log.info("card_not_made", submission_id=str(submission_id))  # taken back meanwhile
        return
    except StorageUnavailable as problem:
        raise Retry("The photo store does not answer.") from problem
    _keep(submission_id, card, attempt)


def cardless_photo(submission_id: UUID) -> Cardless | None:
    """What there is to draw; None when the card is there, or the photo does not hang in the gallery."""
    query = (
        select(Photo.id, Photo.dominant, Rendition.key, Rendition.bytes)
        .join(Submission, Photo.submission_id == Submission.id)
        .join(Rendition, Rendition.photo_id == Photo.id)
        .where(Submission.id == submission_id, Submission.state == SubmissionState.PUBLISHED, Photo.card_key.is_(None))
        .where(Rendition.width <= LONGEST_SIDE, Rendition.height <= LONGEST_SIDE)
        .order_by(Rendition.width.desc())
        .limit(1)
    )
    row = db.session.execute(query).one_or_none()
    return None if row is None else Cardless(row.id, row.dominant or GROUND, row.key, row.bytes)


def record_card(submission_id: UUID, card: StoredObject) -> bool:
    """Write down the card; False when another was first, or the photo left the gallery while it was drawn."""
    submission = locked_submission(submission_id)
    photo = submission.photo
    if submission.state is not SubmissionState.PUBLISHED or photo.card_key is not None:
        return False
    photo.card_key, photo.card_bytes, photo.card_etag = card.key, card.bytes, card.etag
    return True


def _draw(wanted: Cardless) -> StoredObject:
    return store_card(
        storage(),
        rendition_key=wanted.rendition_key,
        rendition_bytes=wanted.rendition_bytes,
        key=f"photos/{new_prefix(wanted.photo_id)}/card.jpg",
        ground=wanted.ground,
        limits=photo_limits(settings()),
    )


def _keep(submission_id: UUID, card: StoredObject, attempt: Attempt) -> None:
    kept = False
    try:
        with transaction():
            attempt.confirm()
            kept = record_card(submission_id, card)
    finally:
        if not kept:
            _discard(card)


def _discard(card: StoredObject) -> None:
    """A card that no row names. Where the store is silent now, it goes with the photo's other objects."""
    try:
        storage().delete(card.key)
    except StorageUnavailable:
        log.warning("card_not_discarded")
