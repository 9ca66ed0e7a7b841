"""A campaign's numbers for programs."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from campaign.accounts.authentication import current_actor
from campaign.accounts.permissions import require
from campaign.campaigns.queries import campaign_by_slug
from campaign.insight.report import report_on
from campaign.insight.series import Range
from campaign.web.api import api_blueprint
from campaign.web.times import iso

api = api_blueprint("insight")


class InsightQuery(BaseModel):
    model_config = ConfigDict(extra="ignore")

    range: Range = Range.ALL


class FiguresOut(BaseModel):
    """Since the beginning, whatever the range."""

    visits: int = Field(description="How often the campaign's page was opened.")
    started: int = Field(description="How often the page for entering a photo was opened.")
    sent: int = Field(description="Photos that reached us, whatever became of them.")
    published: int
    waiting: int
    waiting_since: str | None = Field(description="Since when the one that waits longest does.")


class HourOut(BaseModel):
    at: str = Field(examples=["2026-11-22T12:00:00Z"], description="When the hour began.")
    sent: int
    visits: int
    started: int


class PlaceOut(BaseModel):
    place: str
    sent: int


class InsightOut(BaseModel):
    """`hours` are those of the campaign's own clock; hours in which nothing happened are left out."""

    range: Range
    time_zone: str
    start: str | None = Field(description="The beginning of the first hour; null where nothing was counted yet.")
    end: str
    figures: FiguresOut
    hours: list[HourOut]
    places: list[PlaceOut]


@api.get("/campaigns/<slug>/insight")
@api.input(InsightQuery, location="query")
@api.output(InsightOut)
def get_insight(slug: str, query_data: InsightQuery) -> dict[str, Any]:
    """Numbers at a glance, photos per hour and per place; for the campaign's desk."""
    actor = current_actor()
    campaign = campaign_by_slug(slug, actor)
    require(actor, "insight.view", campaign)
    report = report_on(campaign, query_data.range)
    numbers = report.numbers
    return {
        "range": report.span.range,
        "time_zone": campaign.time_zone,
        "start": iso(report.span.start) or None,
        "end": iso(report.span.end),
        "figures": {
            **{name: getattr(numbers, name) for name in ("visits", "started", "sent", "published", "waiting")},
            "waiting_since": iso(numbers.waiting_since) or None,
        },
        "hours": [
            {"at": iso(one.at), "sent": one.sent, "visits": one.visits, "started": one.started}
            for one in report.hours
            if not one.is_empty
        ],
        "places": [{"place": one.place, "sent": one.sent} for one in report.places],
    }
