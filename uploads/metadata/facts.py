"""What a file says about itself that moderators may know: kept as facts, and never where the photo was taken."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from uploads.metadata.provenance import Provenance

LONGEST_MAKE = 40
"""Characters of a camera's make that are kept."""

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[+-]\d\d:\d\d)?")
_KNOWN = frozenset(Provenance)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the file's metadata say. They may be wrong or made up: whoever writes a file writes these, too.

    `taken_at` is ISO 8601 to the second, by the camera's own clock, with an offset where the file has one;
    `has_location` is only whether there was a position, which itself is not kept; `provenance` holds values of
    `Provenance`, sorted.
    """

    taken_at: str | None = None
    camera_make: str | None = None
    has_location: bool = False
    provenance: tuple[str, ...] = ()


NO_FACTS = Facts()


def check_facts(said: Mapping[str, Any]) -> Facts:
    """The facts of a decoder's answer. Raises `ValueError`, `KeyError` or `TypeError` where they cannot be so."""
    taken_at, make, codes = said["taken_at"], said["camera_make"], said["provenance"]
    if taken_at is not None and not (isinstance(taken_at, str) and is_moment(taken_at)):
        raise ValueError("not an instant")
    if make is not None and not (isinstance(make, str) and is_make(make)):
        raise ValueError("not a camera's make")
    if not isinstance(said["has_location"], bool):
        raise TypeError("not a yes or no")
    if not isinstance(codes, list) or not _KNOWN.issuperset(codes) or len(codes) != len(set(codes)):
        raise ValueError("not a provenance that we know")
    return Facts(
        taken_at=taken_at, camera_make=make, has_location=said["has_location"], provenance=tuple(sorted(codes))
    )


def is_moment(value: str) -> bool:
    """Whether this is a real instant as `Facts` writes one: YYYY-MM-DDTHH:MM:SS and perhaps ±HH:MM."""
    if not _MOMENT.fullmatch(value) or not value.isascii():
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def is_make(value: str) -> bool:
    """Whether this is a short line of printable text, without spaces around it."""
    return 0 < len(value) <= LONGEST_MAKE and value.isprintable() and value == value.strip()
