"""What a photo's file says of itself, in words for the desk. It is the file's own word, and no proof either way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from babel.dates import format_datetime

from campaign.submissions.models import Photo
from campaign.web.times import LOCALE
from uploads.metadata.provenance import Provenance

STATED: Mapping[Provenance, str] = {
    Provenance.AI_GENERATED: "the file says that it was made with AI (IPTC digital source type)",
    Provenance.AI_EDITED: "the file says that parts of it were made with AI (IPTC digital source type)",
    Provenance.GENERATOR: "the file names an image generator, or carries the words one was given",
    Provenance.ALGORITHMIC: "the file says that a computation made or changed it (IPTC digital source type)",
    Provenance.COMPOSITE: "the file says that it was put together of several pictures (IPTC digital source type)",
    Provenance.DIGITAL_ART: "the file says that it was drawn or captured on a screen (IPTC digital source type)",
    Provenance.CAMERA: "the file says that a camera took it (IPTC digital source type)",
    Provenance.C2PA: "the file carries Content Credentials (C2PA), which we do not verify",
}
"""Each mark as a moderator reads it; those that weigh most come first."""
UNKNOWN = "the file carries a mark that this release has no words for"


@dataclass(frozen=True, slots=True)
class FileClaims:
    """`taken_at` is ISO 8601 as the file has it, `taken` the same in words; None where the file says nothing.

    `has_location` is None where nobody has looked; the location itself is never kept.
    """

    taken_at: str | None
    taken: str
    camera_make: str | None
    has_location: bool | None
    provenance: tuple[str, ...]
    stated: tuple[str, ...]


def claims_of(photo: Photo) -> FileClaims:
    """What the file of this photo says of itself."""
    return FileClaims(
        taken_at=photo.taken_at,
        taken=_said_instant(photo.taken_at),
        camera_make=photo.camera_make,
        has_location=photo.has_location,
        provenance=tuple(photo.provenance),
        stated=_said_marks(photo.provenance),
    )


def _said_marks(codes: Sequence[str]) -> tuple[str, ...]:
    known = tuple(words for mark, words in STATED.items() if mark.value in codes)
    return (*known, UNKNOWN) if set(codes) - {mark.value for mark in STATED} else known


def _said_instant(taken_at: str | None) -> str:
    """`12 May 2026, 18:04`, by the camera's own clock; with its distance from UTC where the file tells it."""
    if not taken_at:
        return ""
    instant = datetime.fromisoformat(taken_at)
    words = format_datetime(instant.replace(tzinfo=None), "d MMM y, HH:mm", locale=LOCALE)
    zone = instant.tzname()
    return f"{words}, {zone}" if zone else words
