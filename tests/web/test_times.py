"""Instants and numbers as the reader's language and clock have them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask

from campaign.accounts.languages import LANGUAGES
from campaign.web.times import KEY, Reader, number, plural, short_day, when, yours

LONG_AGO = datetime(2024, 11, 24, 20, 30, tzinfo=UTC)
Ask = Callable[..., None]


@pytest.fixture
def read(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ask]:
    def as_one(language: str = "en", time_zone: str | None = None) -> None:
        monkeypatch.setitem(app.extensions, KEY, lambda: Reader(language, time_zone))

    context = app.test_request_context("/")
    context.push()
    yield as_one
    context.pop()


def test_house_language(read: Ask) -> None:
    read()
    assert when(LONG_AGO, "Europe/Lisbon") == "Sunday 24 November 2024, 20:30"
    assert short_day(LONG_AGO) == "24 Nov 2024"
    assert (number(1234567), plural(1, "photo"), plural(1234, "photo")) == ("1,234,567", "1 photo", "1,234 photos")


def test_other_languages(read: Ask) -> None:
    read("de")
    assert when(LONG_AGO, "Europe/Berlin") == "Sonntag, 24. November 2024, 21:30"
    assert (short_day(LONG_AGO), number(1234567)) == ("24.11.2024", "1.234.567")
    read("en-US")
    assert when(LONG_AGO, "Europe/Lisbon").replace("\u202f", " ") == "Sunday, November 24, 2024, 8:30 PM"


def test_every_language_offered_can_be_written(read: Ask) -> None:
    for tag in LANGUAGES:
        read(tag, "Asia/Tokyo")
        for moment in (LONG_AGO, datetime.now(UTC)):
            assert when(moment)
            assert short_day(moment)
            assert yours(moment, "Europe/Lisbon")
        assert number(1234.5)


def test_reader_s_own_clock(read: Ask) -> None:
    read("en", "Asia/Tokyo")
    assert yours(LONG_AGO, "Europe/Lisbon") == "Mon 05:30"
    assert yours(LONG_AGO, "Asia/Seoul") == ""
    read("en")
    assert yours(LONG_AGO, "Europe/Lisbon") is None


def test_outside_of_a_request_nobody_chose_anything() -> None:
    assert when(LONG_AGO, "Europe/Berlin") == "Sunday 24 November 2024, 21:30"
