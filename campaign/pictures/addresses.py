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
