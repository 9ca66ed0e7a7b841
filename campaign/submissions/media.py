"""The pictures themselves. Published ones may be kept by anybody; the others go to who may see them, uncached."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from campaign.accounts.authentication import current_actor
from campaign.db import db, transaction
from campaign.errors import NotFound
from campaign.extensions import storage
from campaign.submissions.models import Photo, Rendition, Submission, SubmissionState
from campaign.submissions.queries import may_see
from uploads import cards
from uploads.objects import ObjectMissing

media = Blueprint("media", __name__, url_prefix="/media")

PUBLIC = "public, max-age=86400, s-maxage=300"
PRIVATE = "private, no-store"
TYPE = "image/webp"


@dataclass(frozen=True, slots=True)
class Picture:
    """One object that this reader may have; `is_public` when everybody may."""

    key: str
    bytes: int
    etag: str
    mimetype: str
    is_public: bool


@media.get("/photos/<uuid:photo_id>/<attempt>/<name>.webp")
def rendition(photo_id: UUID, attempt: str, name: str) -> ResponseReturnValue:
    """One rendition, from the store through the application. `attempt` is the random part of its key."""
    with transaction():  # ended before the store is asked: a slow reader must not hold a connection
        picture = _rendition_for_reader(f"photos/{photo_id}/{attempt}/{name}.webp")
    return _send(picture)


@media.get("/photos/<uuid:photo_id>/<attempt>/card.jpg")
def card(photo_id: UUID, attempt: str) -> ResponseReturnValue:
    """What a preview of the photo's link shows: for everybody while the photo is published, and for nobody else."""
    with transaction():
        picture = _card(f"photos/{photo_id}/{attempt}/card.jpg")
    return _send(picture)


def _send(picture: Picture) -> ResponseReturnValue:
    headers = {
        "ETag": f'"{picture.etag}"',
        "Cache-Control": PUBLIC if picture.is_public else PRIVATE,
        "Content-Length": str(picture.bytes),
    }
    if picture.is_public and request.if_none_match.contains(picture.etag):
        del headers["Content-Length"]
        return Response(status=304, headers=headers)
    if request.method == "HEAD":
        return Response(headers=headers, mimetype=picture.mimetype)
    try:
        _, chunks = storage().open_stream(picture.key)
    except ObjectMissing:
        raise _nothing_here() from None
    return Response(chunks, headers=headers, mimetype=picture.mimetype)


def _rendition_for_reader(key: str) -> Picture:
    """Raises NotFound, also for those who may not know of it."""
    query = select(Rendition, Submission).join(Photo, Rendition.photo_id == Photo.id).join(Submission)
    row = db.session.execute(query.where(Rendition.key == key)).one_or_none()
    if row is None:
        raise _nothing_here()
    found, submission = row
    is_public = submission.state is SubmissionState.PUBLISHED
    if not is_public and not may_see(current_actor(), submission):
        raise _nothing_here()
    return Picture(key, found.bytes, found.etag, TYPE, is_public)


def _card(key: str) -> Picture:
    query = select(Photo.card_bytes, Photo.card_etag).join(Submission, Photo.submission_id == Submission.id)
    wanted = query.where(Photo.card_key == key, Submission.state == SubmissionState.PUBLISHED)
    row = db.session.execute(wanted).one_or_none()
    if row is None:
        raise _nothing_here()
    return Picture(key, row.card_bytes, row.card_etag, cards.CONTENT_TYPE, is_public=True)


def _nothing_here() -> NotFound:
    return NotFound("There is no picture here any more. It may have been taken back.")
