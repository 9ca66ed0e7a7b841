"""From a file that somebody chose to a picture of ours, and the end of one that is not wanted any more.

Drawing takes seconds and talks to the store, so it happens before the transaction that keeps its result:

    picture_id = draw_picture(file.stream, shape=Shape.COVER)
    with transaction():
        campaign.cover = replace_picture(campaign.cover, keep_picture(picture_id))
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import IO
from uuid import UUID, uuid4

import structlog
from sqlalchemy import func, select

from campaign.clock import database_now
from campaign.db import db, transaction
from campaign.errors import Conflict, Unavailable
from campaign.extensions import settings, storage
from campaign.jobs import enqueue
from campaign.pictures.addresses import card_path, picture_path
from campaign.pictures.models import Picture
from campaign.pictures.words import LARGEST_MEGABYTES, refusal
from uploads.cards import store_card
from uploads.drawing.portrait import Portrait
from uploads.drawing.shapes import Shape
from uploads.limits import Limits
from uploads.objects import StorageUnavailable, StoredObject
from uploads.pictures import StoredPicture, store_picture
from uploads.reasons import PhotoRefused, Reason

log = structlog.get_logger(__name__)

CARD_WIDTH = 1200
DECODER_SECONDS = 10
AT_ONCE = 2
"""Pictures drawn by one process at the same time; a drawing needs a core and up to some hundred megabytes."""
PATIENCE_SECONDS = 5
UNKEPT = timedelta(hours=1)

_places = threading.BoundedSemaphore(AT_ONCE)


def draw_picture(given: IO[bytes] | None, *, shape: Shape, field: str = "picture") -> UUID:
    """Make our own renditions of the file and store them; the id is for `keep_picture`. Nobody sees them before that.

    Call it outside a transaction: it opens short ones of its own, and none is open while it decodes. Who may do it is
    for the caller to ask first. Raises InvalidInput with `fields` for a file we cannot use, Unavailable when too many
    are drawn at once, or our disk or the store is silent.
    """
    if given is None:
        raise refusal(Reason.MISSING, field)
    picture_id = uuid4()
    folder = f"pictures/{picture_id}/{secrets.token_urlsafe(16)}/"
    with transaction():
        db.session.add(Picture(id=picture_id, shape=shape, folder=folder))
    try:
        with _a_place():
            made = store_picture(storage(), given, folder=folder, shape=shape, limits=_limits())
            card = _draw_card(made.portrait, folder) if shape is Shape.COVER else None
        with transaction():
            _write(picture_id, made, card)
    except PhotoRefused as refused:
        log.info("picture_refused", reason=refused.reason.value, detail=refused.detail)
        _forget(picture_id)
        raise refusal(refused.reason, field) from refused
    except StorageUnavailable as silent:
        _forget(picture_id)
        raise Unavailable(
            "Our picture store does not answer just now. Choose the picture again in a minute."
        ) from silent
    except OSError as problem:
        _forget(picture_id)
        raise Unavailable("We have no room for the picture just now. Try again in a minute.") from problem
    except BaseException:
        _forget(picture_id)
        raise
    return picture_id


def keep_picture(picture_id: UUID) -> Picture:
    """Give a picture that was drawn to somebody, in the current transaction. Raises Conflict when it is too late."""
    drawn = select(Picture).where(Picture.id == picture_id, Picture.thumbhash != "").with_for_update()
    picture = db.session.scalar(drawn)
    if picture is None:
        raise Conflict("The picture waited too long and was put away. Choose it once more.")
    picture.kept_at = database_now()
    return picture


def replace_picture(old: Picture | None, new: Picture | None) -> Picture | None:
    """The new one, with the old one let go: its row now, its objects by a job. Nothing may refer to it afterwards."""
    if old is not None and old is not new:
        paths = [picture_path(old.id, one["name"]) for one in old.sizes]
        paths += [card_path(old)] if old.card else []
        enqueue("picture.delete", {"folder": old.folder, "paths": paths}, key=f"picture.delete:{old.id}")
        db.session.delete(old)
    return new


def sweep_unkept() -> int:
    """Put away what was drawn an hour ago and never kept; returns how many."""
    late = select(Picture).where(Picture.kept_at.is_(None), Picture.created_at < func.clock_timestamp() - UNKEPT)
    with transaction():
        found = db.session.scalars(late.with_for_update(skip_locked=True)).all()
        for picture in found:
            replace_picture(picture, None)
    return len(found)


def _draw_card(portrait: Portrait, folder: str) -> StoredObject:
    """What a preview of the link shows, from the smallest rendition that is larger than a card."""
    drawn_from = next((one for one in portrait.renditions if one.width >= CARD_WIDTH), portrait.renditions[-1])
    return store_card(
        storage(),
        rendition_key=f"{folder}{drawn_from.name}.webp",
        rendition_bytes=drawn_from.bytes,
        key=f"{folder}card.jpg",
        ground=portrait.dominant,
        limits=_limits(),
    )


def _write(picture_id: UUID, made: StoredPicture, card: StoredObject | None) -> None:
    picture = db.session.get_one(Picture, picture_id)
    portrait = made.portrait
    picture.width, picture.height = portrait.width, portrait.height
    picture.dominant, picture.thumbhash = portrait.dominant, portrait.thumbhash
    picture.card = {"bytes": card.bytes, "etag": card.etag} if card else None
    picture.sizes = [
        {"name": one.name, "width": one.width, "height": one.height, "bytes": one.bytes, "etag": made.etags[one.name]}
        for one in portrait.renditions
    ]


def _forget(picture_id: UUID) -> None:
    with transaction():
        replace_picture(db.session.get(Picture, picture_id), None)


def _limits() -> Limits:
    return Limits(
        max_bytes=LARGEST_MEGABYTES * 2**20,
        max_pixels=settings().max_photo_pixels,
        decoder_memory=settings().decoder_memory,
        decoder_cpu=DECODER_SECONDS,
        decoder_wall=DECODER_SECONDS,
    )


@contextmanager
def _a_place() -> Iterator[None]:
    if not _places.acquire(timeout=PATIENCE_SECONDS):
        raise Unavailable("Several pictures are being made ready at this moment. Try again in a few seconds.")
    try:
        yield
    finally:
        _places.release()
