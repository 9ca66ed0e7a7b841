"""Objects that no row names any more: they are deleted, and caches in front of us are told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import ColumnElement, and_, func, or_, select

from campaign.db import db, transaction
from campaign.extensions import storage
from campaign.jobs import Attempt, Retry
from campaign.submissions.models import DUPLICATE, Photo, Rendition, Submission, SubmissionState
from campaign.web.purging import purge
from uploads.objects import StorageUnavailable
from uploads.reasons import Reason
from uploads.storage import Storage

log = structlog.get_logger(__name__)

AWAITED = (SubmissionState.TICKETED, SubmissionState.RECEIVED)
"""States in which the incoming object is still wanted."""
MENDABLE = tuple(reason.value for reason in Reason if reason.may_pass_later)
"""Reasons that lie with us: the desk may let us try once more, as long as the bytes are kept."""
KEPT = (*MENDABLE, DUPLICATE)
"""Reasons after which the bytes are kept for a while; of a photo taken for a copy, so that its fan may object."""
KEPT_FOR = timedelta(days=7)
"""How long such bytes are kept, from their arrival."""
BATCH = 1_000
"""How many objects are looked up in one statement."""


def delete_photo(payload: dict[str, Any], *, attempt: Attempt) -> None:
    """Handle `photo.delete`: the photo was taken back, never arrived or could not be used."""
    del attempt  # deleting twice is the same as once
    try:
        keep_only_named(UUID(payload["photo_id"]), storage())
    except StorageUnavailable as problem:
        raise Retry("The photo store does not answer.") from problem
    purge(payload["paths"])


def purge_photo(payload: dict[str, Any], *, attempt: Attempt) -> None:
    """Handle `photo.purge`: the photo left the gallery and stays with us."""
    del attempt  # purging twice is the same as once
    purge(payload["paths"])


def keep_only_named(photo_id: UUID, store: Storage, *, among: Sequence[str] | None = None) -> int:
    """Delete every object of this photo that its rows do not name; returns how many. Safe to repeat.

    `among` are the keys in question, for whoever has just looked; the store is asked otherwise.
    Not for a photo that a worker holds: there is nothing to tidy before its outcome is written.
    Raises `StorageUnavailable`.
    """
    with transaction():
        kept = _named_keys(photo_id)
    if kept is None:
        return 0
    if among is None:
        kinds = ("photos", "originals", "incoming")
        among = [stored.key for kind in kinds for stored in store.list_prefix(f"{kind}/{photo_id}/")]
    spare = [key for key in among if key not in kept]
    for key in spare:
        store.delete(key)
    return len(spare)


def sweep_incoming() -> int:
    """Delete what lies in `incoming/` and waits for nobody, such as a second PUT to a ticket that was used."""
    store = storage()
    arrived = [stored.key for stored in store.list_prefix("incoming/")]
    spare = [key for first in range(0, len(arrived), BATCH) for key in _not_awaited(arrived[first : first + BATCH])]
    for key in spare:
        store.delete(key)
    if spare:
        log.info("incoming_swept", count=len(spare))
    return len(spare)


def may_be_mended() -> ColumnElement[bool]:
    """A condition on submissions: we failed to open the photo, and still have what arrived."""
    return and_(Submission.reason.in_(MENDABLE), is_kept())


def is_kept() -> ColumnElement[bool]:
    """A condition on submissions: the photo is not used, and what arrived is still there."""
    return and_(
        Submission.state == SubmissionState.REJECTED,
        Submission.reason.in_(KEPT),
        Submission.received_at > func.clock_timestamp() - KEPT_FOR,
    )


def _named_keys(photo_id: UUID) -> set[str] | None:
    """The keys that rows name; None while the photo is being worked on."""
    keys = (Photo.original_key, Photo.card_key, Photo.incoming_key)
    query = select(Submission.state, is_kept().label("is_kept"), *keys).join(Photo).where(Photo.id == photo_id)
    row = db.session.execute(query).one_or_none()
    if row is None:
        return set()
    if row.state == SubmissionState.RECEIVED:
        return None
    named = set(db.session.scalars(select(Rendition.key).where(Rendition.photo_id == photo_id)))
    named |= {key for key in (row.original_key, row.card_key) if key}
    return named | ({row.incoming_key} if row.state == SubmissionState.TICKETED or row.is_kept else set())


def _not_awaited(keys: Sequence[str]) -> list[str]:
    query = select(Photo.incoming_key).join(Submission)
    with transaction():
        wanted = query.where(Photo.incoming_key.in_(keys), or_(Submission.state.in_(AWAITED), is_kept()))
        awaited = set(db.session.scalars(wanted))
    return [key for key in keys if key not in awaited]
