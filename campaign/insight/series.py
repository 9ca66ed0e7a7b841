"""What came in, hour by hour and place by place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import groupby
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import TextClause, func, select, text

from campaign.campaigns.models import Campaign
from campaign.clock import database_now
from campaign.db import db
from campaign.insight.hours import HOUR, hour_of, hours_between, say_day, say_hour
from campaign.insight.models import Traffic
from campaign.submissions.models import Submission
from campaign.submissions.veil import is_campaign_veiled

LONGEST_BY_HOUR = timedelta(days=8)
"""A longer span is drawn by day."""


class Range(StrEnum):
    DAY = "day"
    """The last 24 hours."""
    WEEK = "week"
    """The last seven days."""
    ALL = "all"
    """From the first that was counted to the last, and 24 hours at least."""


SPANS = {Range.DAY: timedelta(hours=23), Range.WEEK: timedelta(hours=7 * 24 - 1)}
"""How far back, before the hour that runs now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From the beginning of one hour to an instant; `start` is None where nothing was counted yet."""

    range: Range
    zone: ZoneInfo
    start: datetime | None
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One hour, or one day, from `at` on."""

    at: datetime
    label: str
    sent: int = 0
    visits: int = 0
    started: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.sent or self.visits or self.started)


@dataclass(frozen=True, slots=True)
class PlaceCount:
    place: str
    sent: int


SENT = text("""
    SELECT date_trunc('minute', received_at)
        - date_part('minute', received_at AT TIME ZONE :zone) * interval '1 minute' AS hour, count(*)
    FROM submission WHERE campaign_id = :campaign AND received_at BETWEEN :start AND :end
    GROUP BY hour
""")
SEEN = text("""
    SELECT hour, sum(count) FILTER (WHERE kind = 'visit'), sum(count) FILTER (WHERE kind = 'start')
    FROM traffic WHERE campaign_id = :campaign AND hour BETWEEN :start AND :end
    GROUP BY hour
""")
PLACES = text("""
    SELECT mode() WITHIN GROUP (ORDER BY place), count(*)
    FROM submission
    WHERE campaign_id = :campaign AND received_at BETWEEN :start AND :end AND state <> 'withdrawn'
    GROUP BY coalesce(nullif(folded_place, ''), place)
    ORDER BY 2 DESC, 1
""")


def span_of(campaign: Campaign, chosen: Range) -> Span:
    """The hours that are looked at, on the campaign's clock."""
    zone, now = ZoneInfo(campaign.time_zone), database_now()
    if chosen is not Range.ALL:
        return Span(range=chosen, zone=zone, start=hour_of(hour_of(now, zone) - SPANS[chosen], zone), end=now)
    first, last = _first_and_last(campaign.id)
    end = min(now, last) if last else now
    start = hour_of(min(first, end - SPANS[Range.DAY]), zone) if first else None
    return Span(range=chosen, zone=zone, start=start, end=end)


def hours_in(campaign: Campaign, span: Span) -> list[Point]:
    """Every hour of the span, the empty ones too."""
    if span.start is None:
        return []
    sent = {row[0]: row[1] for row in _rows(SENT, campaign, span)}
    seen = {row[0]: (int(row[1] or 0), int(row[2] or 0)) for row in _rows(SEEN, campaign, span)}
    points = []
    for hour in hours_between(span.start, span.end, span.zone):
        visits, started = seen.get(hour, (0, 0))
        label = say_hour(hour, span.zone)
        points.append(Point(at=hour, label=label, sent=sent.get(hour, 0), visits=visits, started=started))
    return points


def is_by_day(span: Span) -> bool:
    return span.start is not None and span.end - span.start > LONGEST_BY_HOUR


def days_of(points: Sequence[Point], zone: ZoneInfo) -> list[Point]:
    """The same by days of the zone's clock, which may have 23, 24 or 25 hours."""
    days = []
    for _, group in groupby(points, key=lambda point: point.at.astimezone(zone).date()):
        hours = list(group)
        counted = {name: sum(getattr(one, name) for one in hours) for name in ("sent", "visits", "started")}
        days.append(replace(hours[0], label=say_day(hours[0].at, zone), **counted))
    return days


def places_in(campaign: Campaign, span: Span) -> list[PlaceCount]:
    """Where the photos come from, most first, each place as it is spelled most often; without what was taken back.

    Nothing for whoever judges the campaign blind.
    """
    if span.start is None or is_campaign_veiled(campaign.id):
        return []
    return [PlaceCount(*row) for row in _rows(PLACES, campaign, span)]


def _first_and_last(campaign_id: UUID) -> tuple[datetime | None, datetime | None]:
    received = select(func.min(Submission.received_at), func.max(Submission.received_at))
    seen = select(func.min(Traffic.hour), func.max(Traffic.hour)).where(Traffic.campaign_id == campaign_id)
    first, last = db.session.execute(received.where(Submission.campaign_id == campaign_id)).one()
    first_seen, last_seen = db.session.execute(seen).one()
    firsts = [one for one in (first, first_seen) if one is not None]
    lasts = [one for one in (last, last_seen) if one is not None]
    return min(firsts, default=None), max(lasts) + HOUR if lasts else None


def _rows(query: TextClause, campaign: Campaign, span: Span) -> Sequence[Any]:
    given: dict[str, Any] = {"campaign": campaign.id, "start": span.start, "end": span.end}
    if query is SENT:
        given["zone"] = span.zone.key
    return db.session.execute(query, given).all()
