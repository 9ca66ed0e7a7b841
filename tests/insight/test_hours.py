"""Hours on a campaign's own clock, where that clock is put forward or back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from campaign.db import db
from campaign.insight.hours import HOUR, hour_of, hours_between, say_hour

LISBON = ZoneInfo("Europe/Lisbon")
ZONES = ["Europe/Lisbon", "America/New_York", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC"]
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 -- zone beside


def test_an_hour_that_the_clock_shows_twice_is_two() -> None:
    night = datetime(2026, 10, 24, 23, 30, tzinfo=UTC)

    hours = list(hours_between(night, night + 3 * HOUR, LISBON))

    assert [say_hour(hour, LISBON) for hour in hours] == [
        "Sun 25 Oct, 00:00",
        "Sun 25 Oct, 01:00 WEST",
        "Sun 25 Oct, 01:00 WET",
        "Sun 25 Oct, 02:00",
    ]


def test_an_hour_that_the_clock_leaves_out_is_none() -> None:
    night = datetime(2026, 3, 29, 0, 10, tzinfo=UTC)

    hours = [say_hour(hour, LISBON) for hour in hours_between(night, night + 2 * HOUR, LISBON)]

    assert hours == ["Sun 29 Mar, 00:00", "Sun 29 Mar, 02:00", "Sun 29 Mar, 03:00"]


def test_hours_begin_where_the_clock_says_so() -> None:
    kolkata = ZoneInfo("Asia/Kolkata")

    hour = hour_of(datetime(2026, 11, 22, 12, 5, tzinfo=UTC), kolkata)

    assert (hour, say_hour(hour, kolkata)) == (datetime(2026, 11, 22, 11, 30, tzinfo=UTC), "Sun 22 Nov, 17:00")


@given(MOMENTS, st.sampled_from(ZONES))
def test_a_moment_lies_in_its_hour(moment: datetime, name: str) -> None:
    zone = ZoneInfo(name)

    hour = hour_of(moment, zone)

    assert timedelta(0) <= moment - hour < HOUR
    assert (hour.astimezone(zone).minute, hour.second) == (0, 0) or name == "Australia/Lord_Howe"


@given(MOMENTS, st.sampled_from(ZONES), st.integers(0, 100))
def test_hours_follow_each_other_and_hold_the_end(start: datetime, name: str, many: int) -> None:
    zone, end = ZoneInfo(name), start + many * HOUR

    hours = list(hours_between(start, end, zone))

    assert hours[0] == hour_of(start, zone)
    assert hours == sorted(set(hours))
    assert timedelta(0) <= end - hours[-1] < HOUR


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("name", ZONES)
@pytest.mark.parametrize("minutes", range(0, 1_500, 97))
def test_the_database_finds_the_same_hour(name: str, minutes: int) -> None:
    moment = datetime(2026, 10, 24, 20, 13, 59, 5, tzinfo=UTC) + timedelta(minutes=minutes)
    query = text(
        "SELECT date_trunc('minute', at) - date_part('minute', at AT TIME ZONE :zone) * interval '1 minute'"
        " FROM CAST(:at AS timestamptz) AS at"
    )

    assert db.session.scalar(query, {"at": moment, "zone": name}) == hour_of(moment, ZoneInfo(name))
