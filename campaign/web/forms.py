"""What the desk's forms share: the fields as they stand, and reading the words in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

LOCAL = "%Y-%m-%dT%H:%M"
"""How `datetime-local` fields write an instant."""

LONGEST_NUMBER = 9


@dataclass
class Form:
    """What stands in the fields, and a sentence beside each that needs another look (`""` for the form as a whole)."""

    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


def read_instant(words: str, zone: str) -> datetime | None:
    """The instant these words mean in the zone (in UTC where there is no such zone); None where they mean none."""
    try:
        known = ZoneInfo(zone) if zone in available_timezones() else ZoneInfo("UTC")
        return datetime.strptime(words.strip(), LOCAL).replace(tzinfo=known)
    except ValueError:
        return None


def read_number(words: str) -> int | None:
    """A whole number of at most nine digits, or None. The verbs know the real limits."""
    words = words.strip()
    sound = words.removeprefix("-").isdecimal() and len(words) <= LONGEST_NUMBER
    return int(words) if sound else None
