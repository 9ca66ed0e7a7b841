"""How instants and numbers are said to people: in the campaign's zone and the reader's, as their language does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime, format_skeleton, format_time, format_timedelta
from babel.numbers import format_decimal
from flask import Flask, current_app, has_request_context

LOCALE = "en"
KEY = "flaunt_reader"


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a page is for: a language tag, and the zone they chose (None: as their device says)."""

    language: str = LOCALE
    time_zone: str | None = None


NOBODY = Reader()


def bind_reader(app: Flask, asked: Callable[[], Reader]) -> None:
    """Say who knows the reader of the present request."""
    app.extensions[KEY] = asked


def reader() -> Reader:
    """The reader of the present request; outside of one, or where nobody knows, one who chose nothing."""
    if not has_request_context():
        return NOBODY
    asked: Callable[[], Reader] = current_app.extensions.get(KEY, lambda: NOBODY)
    return asked()


def when(moment: datetime | None, zone: str = "UTC") -> str:
    """`Sunday 22 November, 21:00` in the zone, as the reader's language writes it; another year is said."""
    if moment is None:
        return ""
    local = moment.astimezone(ZoneInfo(zone))
    this_year = local.year == datetime.now(UTC).year
    language = reader().language
    if language == LOCALE:
        return format_datetime(local, f"EEEE d MMMM{'' if this_year else ' y'}, HH:mm", locale=LOCALE)
    locale = Locale.parse(language, sep="-")
    date = format_skeleton("MMMMEEEEd", local, locale=locale) if this_year else format_date(local, "full", locale)
    return f"{date}, {format_time(local, 'short', locale=locale)}"


def short_day(moment: datetime | None, zone: str = "UTC") -> str:
    """`22 Nov 2026`, for tables."""
    if moment is None:
        return ""
    local = moment.astimezone(ZoneInfo(zone))
    if reader().language == LOCALE:
        return format_datetime(local, "d MMM y", locale=LOCALE)
    return format_date(local, "medium", Locale.parse(reader().language, sep="-"))


def yours(moment: datetime, zone: str) -> str | None:
    """`Sun 22:00` on the clock the reader chose; empty where it reads the same, None where none is chosen."""
    chosen = reader().time_zone
    if chosen is None:
        return None
    there, here = moment.astimezone(ZoneInfo(zone)), moment.astimezone(ZoneInfo(chosen))
    if (there.weekday(), there.hour, there.minute) == (here.weekday(), here.hour, here.minute):
        return ""
    locale = Locale.parse(reader().language, sep="-")
    return f"{format_datetime(here, 'EEE', locale=locale)} {format_time(here, 'HH:mm', locale=locale)}"


def iso(moment: datetime | None) -> str:
    """The instant in UTC as `2026-11-22T20:00:00Z`, for `<time datetime>`."""
    return "" if moment is None else moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def ago(moment: datetime | timedelta | None) -> str:
    """`3 hours`: how long since an instant, or how long a span is. Part of a sentence, so in the pages' language."""
    if moment is None:
        return ""
    span = moment if isinstance(moment, timedelta) else datetime.now(UTC) - moment
    return format_timedelta(span, locale=LOCALE, threshold=1.2)


def number(count: float) -> str:
    """`1,234`, or `1.234` where the reader's language writes it so."""
    return format_decimal(count, locale=Locale.parse(reader().language, sep="-"))


def plural(count: int, one: str, many: str | None = None) -> str:
    """`1 photo`, `3 photos`."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def add_filters(app: Flask) -> None:
    app.jinja_env.filters.update(
        when=when, iso=iso, ago=ago, plural=plural, number=number, yours=yours, short_day=short_day
    )
    app.jinja_env.globals["reader"] = reader
