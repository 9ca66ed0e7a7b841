"""`/api/v1/me/picture` and `/api/v1/me/devices`. They join the slice's API."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from apiflask.fields import UploadFile
from pydantic import BaseModel, PlainSerializer

from campaign.accounts.api import MeOut, api, describe
from campaign.accounts.authentication import current_actor, session_secret
from campaign.accounts.permissions import require
from campaign.accounts.profile import choose_picture, is_here, my_devices, sign_out_device, sign_out_elsewhere
from campaign.db import transaction
from campaign.pictures.keeping import draw_picture
from campaign.web.times import iso
from uploads.drawing.shapes import Shape

Instant = Annotated[datetime, PlainSerializer(iso, return_type=str)]


class PictureIn(BaseModel):
    """A JPEG, PNG, WebP, HEIC or AVIF of at most 10 MB."""

    picture: UploadFile


class DeviceOut(BaseModel):
    """A signed-in browser. `is_here` marks the one that asks."""

    id: UUID
    name: str
    signed_in_at: Instant
    is_here: bool


class DevicesOut(BaseModel):
    """At most fifty, newest first."""

    data: list[DeviceOut]


@api.put("/me/picture")
@api.input(PictureIn, location="files")
@api.output(MeOut)
@api.doc(summary="Choose my picture")
def put_picture(files_data: PictureIn) -> dict[str, Any]:
    """Keep a square cut from the middle of the file, and nothing else of it."""
    actor = current_actor()
    require(actor, "profile.edit")
    picture_id = draw_picture(files_data.picture.stream, shape=Shape.SQUARE)
    with transaction():
        choose_picture(actor, picture_id)
    return describe(actor)


@api.delete("/me/picture")
@api.output(MeOut)
@api.doc(summary="Delete my picture")
def delete_picture() -> dict[str, Any]:
    """The picture is deleted; initials stand in its place."""
    actor = current_actor()
    with transaction():
        choose_picture(actor, None)
    return describe(actor)


@api.get("/me/devices")
@api.output(DevicesOut)
@api.doc(summary="Where I am signed in")
def get_devices() -> DevicesOut:
    """The browsers that are signed in as me now."""
    found = my_devices(current_actor())
    return DevicesOut(
        data=[
            DeviceOut(id=one.id, name=one.device, signed_in_at=one.created_at, is_here=is_here(one, session_secret()))
            for one in found
        ]
    )


@api.delete("/me/devices/<uuid:id>")
@api.output({}, status_code=204)
@api.doc(summary="Sign out one device")
def delete_device(id: UUID) -> str:  # noqa: A002 -- the name in the address
    """End one of my sessions at once."""
    with transaction():
        sign_out_device(current_actor(), id)
    return ""


@api.delete("/me/devices")
@api.output({}, status_code=204)
@api.doc(summary="Sign out everywhere else")
def delete_devices() -> str:
    """End every session of mine but the one that asks; a token ends them all."""
    with transaction():
        sign_out_elsewhere(current_actor(), session_secret())
    return ""
