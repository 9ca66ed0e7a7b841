"""Small pictures that people choose: a fan's own, a campaign's cover."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from campaign.db import Base, Choice, Identified, one_of
from uploads.drawing.shapes import Shape


class Picture(Identified, Base):
    """One picture as we made it; nothing is left of the file it came from.

    It is drawn first and kept afterwards, in the transaction that gives it to a person or a campaign.
    """

    __tablename__ = "picture"
    __table_args__ = (
        one_of("shape", Shape),
        CheckConstraint("kept_at IS NULL OR (width > 0 AND height > 0 AND thumbhash <> '')", name="kept_whole"),
        Index("ix_picture_unkept", "created_at", postgresql_where=text("kept_at IS NULL")),
    )

    shape: Mapped[Shape] = mapped_column(Choice(Shape))
    folder: Mapped[str] = mapped_column(unique=True)
    """Where its renditions lie in the store: `pictures/<id>/<random>/`, followed by `<name>.webp`."""
    sizes: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    """Each rendition's `name`, `width`, `height` (pixels), `bytes` and `etag`, smallest first."""
    card: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    """`bytes` and `etag` of `card.jpg` beside them, for previews of a cover's page; NULL where none was drawn."""
    width: Mapped[int] = mapped_column(default=0)
    height: Mapped[int] = mapped_column(default=0)
    """In pixels, as it was given and turned upright."""
    dominant: Mapped[str] = mapped_column(default="")
    thumbhash: Mapped[str] = mapped_column(default="")
    kept_at: Mapped[datetime | None]
    """NULL until somebody has it for their own; what stays so is swept away."""
