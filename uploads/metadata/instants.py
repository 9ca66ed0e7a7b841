"""When a photo was taken, by its file: EXIF and XMP write it in their own ways, and cameras forget the date."""

import re
from datetime import UTC, datetime, timedelta

_EXIF = re.compile(r"\s*(\d{4})[:/.-](\d\d)[:/.-](\d\d)[ T](\d\d):(\d\d):(\d\d)")
_OFFSET = re.compile(r"\s*([+-])(\d\d):?(\d\d)")
_FIRST_YEAR = 1826
"""The oldest photograph that is left; scanned ones may be dated by hand."""
_CLOCKS_BEGIN = frozenset({1904, 1970, 1980, 2000})
"""Where clocks start that were never set: on the first of January."""


def exif_instant(moment: object, offset: object = None) -> str | None:
    """ISO 8601 to the second of EXIF's "2024:05:01 17:30:00" and "+02:00"; None for what is no instant to believe."""
    found = _EXIF.match(moment) if isinstance(moment, str) else None
    if found is None:
        return None
    zone = _OFFSET.match(offset.replace("Z", "+00:00")) if isinstance(offset, str) else None
    tail = "{}{}:{}".format(*zone.groups()) if zone else ""
    return _believed("{}-{}-{}T{}:{}:{}".format(*found.groups()) + tail) or (exif_instant(moment) if tail else None)


def xmp_instant(moment: str) -> str | None:
    """The same of XMP's ISO 8601, which may have fractions; a day without a time is no instant."""
    return _believed(moment.strip()) if "T" in moment else None


def _believed(written: str) -> str | None:
    try:
        instant = datetime.fromisoformat(written).replace(microsecond=0)
    except ValueError:
        return None
    is_unset = instant.year in _CLOCKS_BEGIN and (instant.month, instant.day) == (1, 1)
    if instant.year < _FIRST_YEAR or is_unset or _is_ahead(instant):
        return None
    return instant.isoformat()


def _is_ahead(instant: datetime) -> bool:
    """Whether it lies in the future everywhere on earth."""
    now = datetime.now(UTC)
    return (
        instant > now + timedelta(hours=1) if instant.tzinfo else instant > now.replace(tzinfo=None) + timedelta(days=1)
    )
