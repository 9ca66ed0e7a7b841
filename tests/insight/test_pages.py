"""The desk's numbers: at a glance, hour by hour, place by place; as plots, tables, files and JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from campaign.campaigns.models import Campaign, State
from campaign.clock import database_now
from campaign.db import db, transaction
from campaign.insight.hours import HOUR, hour_of
from campaign.insight.models import Kind
from campaign.insight.numbers import glance
from campaign.insight.plots import _ticks
from campaign.submissions.models import Submission, SubmissionState
from campaign.submissions.withdrawal import withdraw_submission
from tests.counting import statements
from tests.factories import make_campaign
from tests.insight.conftest import Send
from tests.people import Someone

See = Callable[[Kind, datetime, int], None]
DESK = "/desk/c/flaunt-your-city/insight"
API = "/api/v1/campaigns/flaunt-your-city/insight"
LISBON = ZoneInfo("Europe/Lisbon")
PARTS = ("", "/hours.svg", "/places.svg", "/hours.csv", "/places.csv")


def page(somebody: Someone, address: str, status: int = 200) -> str:
    answer = somebody.browser.get(address)
    assert answer.status_code == status
    return str(answer.get_data(as_text=True))


def rows(somebody: Someone, address: str) -> list[dict[str, str]]:
    answer = somebody.browser.get(address)
    assert (answer.status_code, answer.content_type) == (200, "text/csv; charset=utf-8")
    return list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))


def test_the_numbers_at_a_glance(campaign: Campaign, sent: Send, seen: See, marketer: Someone) -> None:
    now = database_now()
    sent(now, now, now)
    sent(now - 3 * HOUR, now, state=SubmissionState.READY)
    sent(now, state=SubmissionState.DECLINED)
    seen(Kind.VISIT, now - 2 * HOUR, 1_200)
    seen(Kind.VISIT, now, 34)
    seen(Kind.START, now, 9)
    with marketer.app.test_request_context():
        figures = {one.label: one.value for one in glance(campaign)}

    assert figures == {
        "Visits": "1,234",
        "Started": "9",
        "Sent": "6",
        "Published": "3",
        "Waiting": "2",
        "Oldest waiting": "3 h",
    }
    desk = page(marketer, "/desk/c/flaunt-your-city")
    assert "<span>Visits</span><b>1,234</b>" in desk
    assert "<span>Oldest waiting</span><b>3 h</b>" in desk


def test_hours_and_places_as_numbers(campaign: Campaign, sent: Send, seen: See, marketer: Someone) -> None:
    hour = hour_of(database_now(), LISBON) - 2 * HOUR
    sent(hour, hour + timedelta(minutes=59), place="Porto")
    sent(hour + HOUR, place="Lisbon")
    sent(hour + HOUR, place="LISBON")
    sent(hour + HOUR, place="Lisbon")
    seen(Kind.VISIT, hour, 7)

    told = marketer.browser.get(API).json

    assert [(one["sent"], one["visits"]) for one in told["hours"]] == [(2, 7), (3, 0)]
    assert told["places"] == [{"place": "Lisbon", "sent": 3}, {"place": "Porto", "sent": 2}]
    assert (told["figures"]["sent"], told["figures"]["visits"], told["time_zone"]) == (5, 7, "Europe/Lisbon")
    table = [row for row in rows(marketer, f"{DESK}/hours.csv") if row["sent"] != "0"]
    assert [int(row["sent"]) for row in table] == [2, 3]
    assert datetime.fromisoformat(table[0]["hour_local"]) == datetime.fromisoformat(table[0]["hour_utc"]) == hour
    assert rows(marketer, f"{DESK}/places.csv") == [{"place": "Lisbon", "sent": "3"}, {"place": "Porto", "sent": "2"}]


def test_the_night_the_clock_goes_back_has_25_hours(campaign: Campaign, sent: Send, marketer: Someone) -> None:
    night = datetime(2025, 10, 26, 0, 30, tzinfo=UTC)
    sent(night, night + HOUR, night + HOUR, night + 24 * HOUR)

    told = rows(marketer, f"{DESK}/hours.csv")

    assert [(row["hour_local"], row["sent"]) for row in told[:2]] == [
        ("2025-10-26T01:00:00+01:00", "1"),
        ("2025-10-26T01:00:00+00:00", "2"),
    ]
    assert sum(row["hour_local"].startswith("2025-10-26") for row in told) == 24
    html = page(marketer, DESK)
    assert "<td>Sun 26 Oct, 01:00 WEST</td>" in html
    assert "<td>Sun 26 Oct, 01:00 WET</td>" in html


def test_a_long_campaign_is_drawn_by_day(campaign: Campaign, sent: Send, marketer: Someone) -> None:
    now = database_now()
    sent(now - timedelta(days=20), now - timedelta(days=20), now)

    html = page(marketer, DESK)

    assert "Photos sent per day" in html
    assert len(rows(marketer, f"{DESK}/hours.csv")) > 20 * 24 - 2


@pytest.mark.parametrize(("range_", "many"), [("day", 1), ("week", 2), ("all", 3)])
def test_ranges(campaign: Campaign, sent: Send, marketer: Someone, range_: str, many: int) -> None:
    now = database_now()
    sent(now, now - timedelta(days=5), now - timedelta(days=9))

    told = marketer.browser.get(f"{API}?range={range_}").json

    assert (told["range"], sum(hour["sent"] for hour in told["hours"])) == (range_, many)
    assert sum(int(row["sent"]) for row in rows(marketer, f"{DESK}/hours.csv?range={range_}")) == many
    assert len(rows(marketer, f"{DESK}/hours.csv?range={range_}")) == {"day": 24, "week": 168}.get(
        range_, len(rows(marketer, f"{DESK}/hours.csv"))
    )
    assert 'aria-current="page"' in page(marketer, f"{DESK}?range={range_}")


@pytest.mark.parametrize("part", ["hours.svg", "places.svg"])
@pytest.mark.parametrize("shape", ["wide", "narrow"])
def test_plots_are_pictures_without_script(
    campaign: Campaign, sent: Send, marketer: Someone, part: str, shape: str
) -> None:
    now = database_now()
    sent(now, now - 2 * HOUR, place="<b>Lisbon</b>")

    answer = marketer.browser.get(f"{DESK}/{part}?shape={shape}")

    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
    root = ET.fromstring(answer.get_data())
    assert not [one for one in root.iter() if one.tag.endswith("script")]
    links = [value for one in root.iter() for name, value in one.attrib.items() if name.endswith("href")]
    assert links == []
    drawn = answer.get_data(as_text=True).replace("http://www.w3.org/", "")
    assert "http" not in drawn
    assert "@import" not in drawn
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_the_page_shows_plots_with_their_words(campaign: Campaign, sent: Send, marketer: Someone) -> None:
    now = database_now()
    sent(now, now, place="Lisbon")

    html = page(marketer, DESK)

    for part in ("hours", "places"):
        assert f'src="{DESK}/{part}.svg?range=all&amp;shape=narrow" alt="Photos sent per' in html
    assert "Lisbon 2" in html


def test_nothing_yet_is_said_kindly(campaign: Campaign, marketer: Someone) -> None:
    html = page(marketer, DESK)

    assert "Nothing has come in yet" in html
    assert "hours.svg" not in html
    page(marketer, f"{DESK}/hours.svg", 404)
    page(marketer, f"{DESK}/places.svg", 404)
    assert rows(marketer, f"{DESK}/hours.csv") == []
    assert "Nothing in this time" in page(marketer, f"{DESK}?range=day")
    assert marketer.browser.get(API).json["hours"] == []


def test_what_is_taken_back_leaves_the_places(campaign: Campaign, sent: Send, marketer: Someone, fan: Someone) -> None:
    sent(database_now(), place="Lisbon")
    sent(database_now(), place="Home street 5")
    taken = db.session.scalars(select(Submission.id).where(Submission.place == "Home street 5")).one()
    with transaction():
        withdraw_submission(fan.actor, taken)

    told = marketer.browser.get(API).json

    assert told["places"] == [{"place": "Lisbon", "sent": 1}]
    assert told["figures"]["sent"] == 2


def test_a_range_that_is_none_is_told(campaign: Campaign, marketer: Someone) -> None:
    for part in PARTS:
        page(marketer, f"{DESK}{part}?range=century", 422)
    answer = marketer.browser.get(f"{API}?range=century")
    assert (answer.status_code, list(answer.json["fields"])) == (422, ["range"])


def test_a_place_is_no_formula(campaign: Campaign, sent: Send, marketer: Someone) -> None:
    sent(database_now(), place="=1+1")

    assert rows(marketer, f"{DESK}/places.csv") == [{"place": "'=1+1", "sent": "1"}]


@pytest.mark.parametrize("name", ["fan", "cast_member"])
def test_numbers_are_the_desks(
    campaign: Campaign, request: pytest.FixtureRequest, anonymous: Someone, staff: Someone, name: str
) -> None:
    somebody = request.getfixturevalue(name)
    for part in PARTS:
        page(somebody, f"{DESK}{part}", 403)
        assert anonymous.browser.get(f"{DESK}{part}").location.startswith("/sign-in")
    assert [one.browser.get(API).status_code for one in (somebody, anonymous, staff)] == [403, 401, 200]
    page(staff, DESK)


def test_a_year_costs_as_many_queries_as_an_hour(campaign: Campaign, sent: Send, marketer: Someone) -> None:
    counts = []
    for ago in (timedelta(0), timedelta(days=300)):
        now = database_now()
        sent(*(now - ago for _ in range(1 if not ago else 20)), place=f"Place {ago}")
        page(marketer, DESK)
        with statements() as queries:
            page(marketer, DESK)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_a_draft_has_numbers_too(marketer: Someone) -> None:
    make_campaign(marketer.actor, State.DRAFT)

    assert "Once the campaign is open" in page(marketer, DESK)


@pytest.mark.parametrize(
    ("most", "ticks"), [(0, [0, 1]), (1, [0, 1]), (3, [0, 1, 2, 3]), (7, [0, 2, 4, 6, 8]), (1_000, [0, 500, 1_000])]
)
def test_ticks_are_whole_and_few(most: int, ticks: list[int]) -> None:
    assert _ticks(most) == ticks
