"""The small pictures themselves: for everybody, because whoever chose one put it on a public page."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from campaign.db import db, transaction
from campaign.errors import NotFound
from campaign.extensions import storage
from campaign.pictures.models import Picture
from uploads.objects import ObjectMissing

media = Blueprint("pictures", __name__, url_prefix="/media/pictures")

PUBLIC = "public, max-age=86400, s-maxage=300"
TYPE = "image/webp"


@media.get("/<uuid:picture_id>/<name>.webp")
def picture(picture_id: UUID, name: str) -> ResponseReturnValue:
    """One rendition, from the store through the application."""
    with transaction():  # ended before the store is asked: a slow reader must not hold a connection
        folder, found = _rendition(picture_id, name)
    headers = {"ETag": f'"{found["etag"]}"', "Cache-Control": PUBLIC}
    if request.if_none_match.contains(str(found["etag"])):
        return Response(status=304, headers=headers)
    headers["Content-Length"] = str(found["bytes"])
    if request.method == "HEAD":
        return Response(headers=headers, mimetype=TYPE)
    try:
        _, chunks = storage().open_stream(f"{folder}{name}.webp")
    except ObjectMissing:
        raise _nothing_here() from None
    return Response(chunks, headers=headers, mimetype=TYPE)


def _rendition(picture_id: UUID, name: str) -> tuple[str, dict[str, str | int]]:
    """The folder, and what is known of the rendition. Raises NotFound, also for what nobody has kept yet."""
    kept = select(Picture.folder, Picture.sizes).where(Picture.id == picture_id, Picture.kept_at.is_not(None))
    row = db.session.execute(kept).one_or_none()
    found = next((one for one in row.sizes if one["name"] == name), None) if row else None
    if row is None or found is None:
        raise _nothing_here()
    return row.folder, found


def _nothing_here() -> NotFound:
    return NotFound("There is no picture here any more. It may have been changed for another.")
