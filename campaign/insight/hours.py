"""Hours as a campaign's own clock counts them, right where that clock is put forward or back.

An hour is known by the instant at which it began. So the hour that a clock shows twice in autumn is two hours here,
and the one it leaves out in spring is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

HOUR = timedelta(hours=1)


def hour_of(moment: datetime, zone: ZoneInfo) -> datetime:
    """The instant (in UTC) at which the hour of the zone's clock that holds `moment` began."""
    local = moment.astimezone(zone)
    return (moment - timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)).astimezone(
        UTC
    )


def hours_between(start: datetime, end: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """The beginnings of the hours from the one that holds `start` to the one that holds `end`, which is not later."""
    hour = hour_of(start, zone)
    while hour <= end:
        yield hour
        following = hour_of(hour + HOUR, zone)
        hour = following if following > hour else hour + HOUR


def say_hour(hour: datetime, zone: ZoneInfo) -> str:
    """`Sun 25 Oct, 02:00`, with the zone's letters (`CEST`) where the clock shows that hour twice."""
    local = hour.astimezone(zone)
    is_twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return f"{say_day(hour, zone)}, {local:%H:%M}" + (f" {local.tzname()}" if is_twice else "")


def say_day(moment: datetime, zone: ZoneInfo) -> str:
    local = moment.astimezone(zone)
    return f"{local:%a} {local.day} {local:%b}"
