"""Where the small pictures are found."""

from __future__ import annotations

from uuid import UUID

from campaign.pictures.models import Picture


def picture_path(picture_id: UUID, name: str | int) -> str:
    """A person's picture is always there as 96 and 256; a cover as far as `Picture.sizes` says."""
    return f"/media/pictures/{picture_id}/{name}.webp"


def picture_srcset(picture: Picture) -> str:
    """Every rendition with its width, for `srcset`."""
    return ", ".join(f"{picture_path(picture.id, one['name'])} {one['width']}w" for one in picture.sizes)


def card_path(picture: Picture) -> str:
    """The JPEG of 1200 x 630 pixels for previews of links; empty where none was drawn."""
    return f"/media/pictures/{picture.id}/card.jpg" if picture.card else ""
