"""Everything the page, the API and the tables say about one span of a campaign, read in a fixed number of queries."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from campaign.campaigns.models import Campaign
from campaign.insight.numbers import Numbers, numbers_of
from campaign.insight.series import (
    PlaceCount,
    Point,
    Range,
    Span,
    days_of,
    hours_in,
    is_by_day,
    places_in,
    span_of,
)
from campaign.web.times import iso, plural


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """`points` are the hours, or the days where the span is long."""

    numbers: Numbers
    span: Span
    hours: Sequence[Point]
    points: Sequence[Point]
    by_day: bool
    places: Sequence[PlaceCount]

    @property
    def sent(self) -> int:
        return sum(point.sent for point in self.hours)

    @property
    def is_empty(self) -> bool:
        return all(point.is_empty for point in self.hours)

    @property
    def alt(self) -> str:
        """The plot of hours in a sentence, for who does not see it."""
        most = max(self.points, key=lambda point: point.sent)
        each = "day" if self.by_day else "hour"
        told = f"Photos sent per {each}: {self.sent:,} from {self.points[0].label} to {self.points[-1].label}"
        return f"{told}; most, {most.sent:,}, at {most.label}." if most.sent else f"{told}."

    @property
    def places_alt(self) -> str:
        told = "; ".join(f"{one.place} {one.sent:,}" for one in self.places[:3])
        return f"Photos sent per place, of {plural(len(self.places), 'place')}: {told}."


def report_on(campaign: Campaign, chosen: Range) -> Report:
    span = span_of(campaign, chosen)
    hours = hours_in(campaign, span)
    by_day = is_by_day(span)
    return Report(
        numbers=numbers_of(campaign.id),
        span=span,
        hours=hours,
        points=days_of(hours, span.zone) if by_day else hours,
        by_day=by_day,
        places=places_in(campaign, span),
    )


def hours_csv(report: Report) -> bytes:
    """Every hour, the empty ones too; in UTC, and on the campaign's clock with its distance to UTC."""
    zone = report.span.zone
    rows = (
        (iso(one.at), one.at.astimezone(zone).isoformat(), one.sent, one.visits, one.started) for one in report.hours
    )
    return _csv(("hour_utc", "hour_local", "sent", "visits", "started"), rows)


def places_csv(report: Report) -> bytes:
    return _csv(("place", "sent"), ((plain(one.place), one.sent) for one in report.places))


def plain(words: str) -> str:
    """A fan's words as a cell that no spreadsheet calculates."""
    return f"'{words}" if words.startswith(("=", "+", "-", "@", "\t", "\r")) else words


def _csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(head)
    table.writerows(rows)
    return out.getvalue().encode("utf-8-sig")
