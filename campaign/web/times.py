"""How instants are said to people: in the campaign's zone, in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_datetime, format_timedelta
from flask import Flask

LOCALE = "en"


def when(moment: datetime | None, zone: str = "UTC") -> str:
    """`Sunday 22 November, 21:00` in the zone; the year is said when it is another one."""
    if moment is None:
        return ""
    local = moment.astimezone(ZoneInfo(zone))
    year = "" if local.year == datetime.now(UTC).year else " y"
    return format_datetime(local, f"EEEE d MMMM{year}, HH:mm", locale=LOCALE)


def iso(moment: datetime | None) -> str:
    """The instant in UTC as `2026-11-22T20:00:00Z`, for `<time datetime>`."""
    return "" if moment is None else moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def ago(moment: datetime | timedelta | None) -> str:
    """`3 hours`: how long since an instant, or how long a span is."""
    if moment is None:
        return ""
    span = moment if isinstance(moment, timedelta) else datetime.now(UTC) - moment
    return format_timedelta(span, locale=LOCALE, threshold=1.2)


def plural(count: int, one: str, many: str | None = None) -> str:
    """`1 photo`, `3 photos`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def add_filters(app: Flask) -> None:
    app.jinja_env.filters.update(when=when, iso=iso, ago=ago, plural=plural)
