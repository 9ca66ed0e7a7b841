"""The small pictures themselves: for everybody, because whoever chose one put it on a public page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Row, select

from campaign.db import db, transaction
from campaign.errors import NotFound
from campaign.extensions import storage
from campaign.pictures.models import Picture
from uploads.objects import ObjectMissing

media = Blueprint("pictures", __name__, url_prefix="/media/pictures")

PUBLIC = "public, max-age=86400, s-maxage=300"
TYPE = "image/webp"
CARD_TYPE = "image/jpeg"


@media.get("/<uuid:picture_id>/<name>.webp")
def picture(picture_id: UUID, name: str) -> ResponseReturnValue:
    """One rendition, from the store through the application."""
    with transaction():  # ended before the store is asked: a slow reader must not hold a connection
        row = _kept(picture_id)
        found = next((one for one in row.sizes if one["name"] == name), None) if row else None
    if row is None or found is None:
        raise _nothing_here()
    return _answer(f"{row.folder}{name}.webp", found, TYPE)


@media.get("/<uuid:picture_id>/card.jpg")
def card(picture_id: UUID) -> ResponseReturnValue:
    """What a preview of a link to the campaign with this cover shows."""
    with transaction():
        row = _kept(picture_id)
    if row is None or row.card is None:
        raise _nothing_here()
    return _answer(f"{row.folder}card.jpg", row.card, CARD_TYPE)


def _kept(picture_id: UUID) -> Row[tuple[str, list[dict[str, Any]], dict[str, Any] | None]] | None:
    """Where it lies and what there is of it; None for what nobody has kept yet."""
    kept = select(Picture.folder, Picture.sizes, Picture.card)
    return db.session.execute(kept.where(Picture.id == picture_id, Picture.kept_at.is_not(None))).one_or_none()


def _answer(key: str, found: dict[str, Any], mimetype: str) -> ResponseReturnValue:
    headers = {"ETag": f'"{found["etag"]}"', "Cache-Control": PUBLIC}
    if request.if_none_match.contains(str(found["etag"])):
        return Response(status=304, headers=headers)
    headers["Content-Length"] = str(found["bytes"])
    if request.method == "HEAD":
        return Response(headers=headers, mimetype=mimetype)
    try:
        _, chunks = storage().open_stream(key)
    except ObjectMissing:
        raise _nothing_here() from None
    return Response(chunks, headers=headers, mimetype=mimetype)


def _nothing_here() -> NotFound:
    return NotFound("There is no picture here any more. It may have been changed for another.")
