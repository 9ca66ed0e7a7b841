"""Whatever an address or a form says, a page answers: not found, told, or shown as if it said nothing. No faults."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, ClassVar
from urllib.parse import quote, unquote_to_bytes, urlencode

import pytest
from flask import Flask
from werkzeug.datastructures import ImmutableMultiDict

from campaign.cli import ROOT
from campaign.db import db
from tests.matrix.rooms import Rooms, furnish
from tests.matrix.table import ROUTES
from tests.people import Someone, meet

FORM = "application/x-www-form-urlencoded"
READERS = {"m": "marketer", "f": "fan", "c": "cast_member"}
TOGETHER = (
    ("q", "place", "category", "language", "next", "top", "source", "limit"),
    ("after", "cursor", "invitations_after"),
    ("since", "until"),
    ("person", "photo"),
    ("campaign",),
    ("like",),
    ("cut", "quorum", "source_kind", "least"),
    ("add", "drop", "away_from", "deal_again"),
    ("all", "as", "group", "mail", "order", "range", "shape", "sort", "state", "whose"),
)
"""Every name that a page reads, those together that do not keep each other from being looked at."""
HOSTILE = {
    "NUL": "a%00b",
    "half of a surrogate pair": "%ED%A0%80",
    "not UTF-8": "%FF%FE",
    "a number without end": "9" * 400,
    "infinity": "1e999",
    "less than nothing": "-1",
    "other digits": quote("٣"),
    "last day": "9999-12-31",
    "first day": "0001-01-01",
    "last page": "WyI5OTk5LTEyLTMxVDIzOjU5OjU5LTIzOjU5IiwgIjAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwIl0",
    "first page": "WyIwMDAxLTAxLTAxVDAwOjAwOjAwKzIzOjU5IiwgIjAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwIl0",
    "a page of something else": "eyJhIjogMX0",
    "nested without end": "W1tb" * 90,
    "markup": quote("<script>alert(1)</script>\"'"),
    "SQL": quote("%_\\' OR 1=1; --"),
    "words without end": quote("🙂" * 500),
    "another house": quote("//elsewhere.example/\r\nSet-Cookie: a=b"),
}
PAGES = [route.removeprefix("GET ") for route in ROUTES if route.startswith("GET ") and "/api/" not in route]
FORMS = [route.removeprefix("POST ") for route in ROUTES if route.startswith("POST ") and "/api/" not in route]
NAMES = sorted({
    name
    for template in (ROOT / "templates").rglob("*.html")
    for name in re.findall(r"""name=["']([a-z_]+)["']""", template.read_text())
})  # fmt: skip
"""What forms call their fields."""
READ: dict[str, set[str]] = {}
"""What each page looks at in its address, found out once."""
WORDED = [rule for rule in PAGES if re.search(r"<\w+>", rule)]


@pytest.fixture
def people(app: Flask, database: None) -> dict[str, Someone]:
    names = ("fan", "other_fan", "cast_member", "staff", "marketer", "admin")
    return {letter: meet(app, name) for letter, name in zip("focsmA", names, strict=True)}


@pytest.fixture
def rooms(app: Flask, people: dict[str, Someone]) -> Rooms:
    return furnish(app, people)


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
def test_no_query_is_a_fault(value: str, app: Flask, rooms: Rooms, people: dict[str, Someone]) -> None:
    if not READ:
        READ.update({rule: names_read(app, people[reader_of(rule)], rooms.address(rule)) for rule in PAGES})
    faults = [
        f"{rule}?{query}"
        for rule in PAGES
        for query in queries_of(READ[rule], value)
        if status(people[reader_of(rule)], rooms.address(rule), query) >= 500
    ]

    assert not faults


def test_what_a_page_reads_is_noticed(app: Flask, rooms: Rooms, people: dict[str, Someone]) -> None:
    rounds = names_read(app, people["m"], rooms.address("/desk/c/<slug>/rounds"))
    gallery = names_read(app, people["m"], rooms.address("/c/<slug>"))

    assert "after" in rounds
    assert {"q", "place", "category"} <= gallery
    assert "cut" not in rounds | gallery


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
def test_no_path_is_a_fault(value: str, rooms: Rooms, people: dict[str, Someone]) -> None:
    faults = []
    for rule in WORDED:
        for name in re.findall(r"<(\w+)>", rule):
            address = rooms.address(rule.replace(f"<{name}>", "SAID")).replace("SAID", value)
            if status(people[reader_of(rule)], address) >= 500:
                faults.append(address)

    assert not faults


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
def test_no_form_is_a_fault(value: str, rooms: Rooms, people: dict[str, Someone]) -> None:
    data = {name: unquote_to_bytes(value) for name in NAMES}
    faults = []
    for rule in FORMS:
        reader = people[reader_of(rule, "POST")]
        reader.__dict__.pop("browser", None)
        browser = reader.browser
        db.session.remove()
        savepoint = db.engine.begin_nested()  # type: ignore[attr-defined]  # the fixture's one connection
        if browser.post(rooms.address(rule), data=urlencode(data), content_type=FORM).status_code >= 500:
            faults.append(rule)
        db.session.remove()
        savepoint.rollback()

    assert not faults


class Noted(ImmutableMultiDict[str, str]):
    """What an address says, and which of it was looked at."""

    seen: ClassVar[set[str]] = set()

    def __contains__(self, name: object) -> bool:
        self.seen.add(str(name))
        return super().__contains__(name)

    def __getitem__(self, name: str) -> str:
        self.seen.add(name)
        return super().__getitem__(name)

    def getlist(self, name: str, *rest: Any) -> list[Any]:
        self.seen.add(name)
        return super().getlist(name, *rest)

    def __iter__(self) -> Iterator[str]:
        self.seen.update(name for names in TOGETHER for name in names)
        return super().__iter__()


def names_read(app: Flask, reader: Someone, address: str) -> set[str]:
    """The names that a page looks at, asked without any and with all of them."""
    everything = "&".join(f"{name}=1" for names in TOGETHER for name in names)
    noting = type("Noting", (app.request_class,), {"parameter_storage_class": Noted})
    before, app.request_class = app.request_class, noting
    Noted.seen.clear()
    try:
        for query in ("", everything):
            status(reader, address, query)
    finally:
        app.request_class = before
    return set(Noted.seen)


def queries_of(read: set[str], value: str) -> list[str]:
    """The queries with this value that a page may care about; one of them anyhow."""
    groups = [names for names in TOGETHER if read & set(names)] or [TOGETHER[0]]
    return ["&".join(f"{name}={value}" for name in names) for names in groups]


def reader_of(rule: str, method: str = "GET") -> str:
    """Whoever gets furthest on a page."""
    return next(letter for letter in READERS if letter in ROUTES[f"{method} {rule}"])


def status(reader: Someone, address: str, query: str = "") -> int:
    answered: int = reader.browser.get(f"{address}?{query}").status_code
    return answered
