"""The desk's page of numbers, its plots and its tables to take along."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from campaign.accounts.authentication import current_actor
from campaign.accounts.permissions import require
from campaign.campaigns.models import Campaign
from campaign.campaigns.queries import campaign_by_slug
from campaign.campaigns.views import view_campaign
from campaign.errors import InvalidInput, NotFound
from campaign.insight.numbers import glance
from campaign.insight.plots import SVG, Size, hours_plot, places_plot
from campaign.insight.report import Report, hours_csv, places_csv, report_on
from campaign.insight.series import Range
from campaign.submissions.veil import is_campaign_veiled

pages = Blueprint("insight", __name__)

SHOWN = 50
"""Places in the table of the page; the file has all."""
CSV = "text/csv; charset=utf-8"
PICTURE = "default-src 'none'; style-src 'unsafe-inline'"
"""A plot opened by itself may style itself, and nothing else."""


class Shape(StrEnum):
    WIDE = "wide"
    NARROW = "narrow"


SIZES = {Shape.WIDE: Size(620, 270, 13), Shape.NARROW: Size(360, 280, 12)}

Named = TypeVar("Named", bound=StrEnum)


@pages.get("/desk/c/<slug>/insight")
def show(slug: str) -> ResponseReturnValue:
    campaign = _campaign(slug)
    report = report_on(campaign, _chosen(Range, "range", Range.ALL))
    return render_template(
        "desk/insight.html",
        campaign=view_campaign(campaign),
        figures=glance(campaign),
        report=report,
        rows=[point for point in report.points if not point.is_empty],
        places=report.places[:SHOWN],
        places_are_veiled=is_campaign_veiled(campaign.id),
        range=report.span.range,
        zone=campaign.time_zone,
    )


@pages.get("/desk/c/<slug>/insight/hours.svg")
def hours_picture(slug: str) -> Response:
    report = _report(slug)
    size = SIZES[_chosen(Shape, "shape", Shape.WIDE)]
    if report.is_empty:
        raise _nothing_to_draw()
    return _picture(hours_plot(report.points, report.span.zone, size, by_day=report.by_day))


@pages.get("/desk/c/<slug>/insight/places.svg")
def places_picture(slug: str) -> Response:
    report = _report(slug)
    size = SIZES[_chosen(Shape, "shape", Shape.WIDE)]
    if not report.places:
        raise _nothing_to_draw()
    return _picture(places_plot(report.places, size))


@pages.get("/desk/c/<slug>/insight/hours.csv")
def hours_table(slug: str) -> Response:
    report = _report(slug)
    return _table(hours_csv(report), f"{slug}-hours-{report.span.range}.csv")


@pages.get("/desk/c/<slug>/insight/places.csv")
def places_table(slug: str) -> Response:
    report = _report(slug)
    return _table(places_csv(report), f"{slug}-places-{report.span.range}.csv")


def _campaign(slug: str) -> Campaign:
    campaign = campaign_by_slug(slug, current_actor())
    require(current_actor(), "insight.view", campaign)
    return campaign


def _report(slug: str) -> Report:
    return report_on(_campaign(slug), _chosen(Range, "range", Range.ALL))


def _chosen(choices: type[Named], name: str, unless_given: Named) -> Named:
    given = request.args.get(name, unless_given.value)
    found = next((one for one in choices if one.value == given), None)
    if found is None:
        raise InvalidInput(
            "That is not one of the choices. Start again from the campaign's desk.",
            fields={name: f"one of {', '.join(choices)}"},
        )
    return found


def _picture(drawn: bytes) -> Response:
    return Response(drawn, mimetype=SVG, headers={"Content-Security-Policy": PICTURE})


def _table(data: bytes, name: str) -> Response:
    response = Response(data, content_type=CSV)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _nothing_to_draw() -> NotFound:
    return NotFound("Nothing was counted in this time, so there is no picture of it.")
