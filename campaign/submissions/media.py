"""The pictures themselves. Published ones may be kept by anybody; the others go to who may see them, uncached."""

from __future__ import annotations

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from campaign.accounts.authentication import current_actor
from campaign.db import db, transaction
from campaign.errors import NotFound
from campaign.extensions import storage
from campaign.submissions.models import Photo, Rendition, Submission, SubmissionState
from campaign.submissions.queries import may_see
from uploads.objects import ObjectMissing

media = Blueprint("media", __name__, url_prefix="/media")

PUBLIC = "public, max-age=86400, s-maxage=300"
PRIVATE = "private, no-store"
TYPE = "image/webp"


@media.get("/photos/<uuid:photo_id>/<attempt>/<name>.webp")
def rendition(photo_id: str, attempt: str, name: str) -> ResponseReturnValue:
    """One rendition, from the store through the application. `attempt` is the random part of its key."""
    key = f"photos/{photo_id}/{attempt}/{name}.webp"
    with transaction():  # ended before the store is asked: a slow reader must not hold a connection
        found, is_public = _rendition_for_reader(key)
        headers = {
            "ETag": f'"{found.etag}"',
            "Cache-Control": PUBLIC if is_public else PRIVATE,
            "Content-Length": str(found.bytes),
        }
        etag = found.etag
    if is_public and request.if_none_match.contains(etag):
        del headers["Content-Length"]
        return Response(status=304, headers=headers)
    if request.method == "HEAD":
        return Response(headers=headers, mimetype=TYPE)
    try:
        _, chunks = storage().open_stream(key)
    except ObjectMissing:
        raise _nothing_here() from None
    return Response(chunks, headers=headers, mimetype=TYPE)


def _rendition_for_reader(key: str) -> tuple[Rendition, bool]:
    """The row and whether everybody may see it. Raises NotFound, also for those who may not know of it."""
    query = select(Rendition, Submission).join(Photo, Rendition.photo_id == Photo.id).join(Submission)
    row = db.session.execute(query.where(Rendition.key == key)).one_or_none()
    if row is None:
        raise _nothing_here()
    found, submission = row
    if submission.state is SubmissionState.PUBLISHED:
        return found, True
    if not may_see(current_actor(), submission):
        raise _nothing_here()
    return found, False


def _nothing_here() -> NotFound:
    return NotFound("There is no picture here any more. It may have been taken back.")
