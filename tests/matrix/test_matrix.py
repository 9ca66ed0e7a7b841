"""Every route × every role, against the table: what is not theirs is refused, what is theirs is not."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from campaign.db import db
from tests.matrix.rooms import Rooms, furnish
from tests.matrix.table import EVERYBODY, ROUTES, TESTED_ELSEWHERE
from tests.people import Someone, meet
from tests.world import marketer_elsewhere

REFUSED = {401, 403, 404}
ASKED_FIRST = re.compile(r"/sign-in\?|/c/[^/]+/age\?")
PROVES_ITSELF = {"POST /unsubscribe/<token>"}
"""Its address carries a signed token; mail programs press it, which have no cookie (RFC 8058)."""
NAMES = {
    "a": "anonymous", "f": "fan", "o": "other_fan", "c": "cast_member", "s": "staff", "e": "elsewhere",
    "m": "marketer", "A": "admin",
}  # fmt: skip


def routes_of(app: Flask) -> set[str]:
    return {
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def test_every_route_is_in_the_table_and_every_line_is_a_route(app: Flask) -> None:
    assert routes_of(app) == ROUTES.keys() | TESTED_ELSEWHERE.keys()


@pytest.fixture
def people(app: Flask, database: None) -> dict[str, Someone]:
    cast = {letter: meet(app, name) for letter, name in NAMES.items() if name != "elsewhere"}
    return cast | {"e": marketer_elsewhere(meet(app, "elsewhere"), cast["m"])}


@pytest.fixture
def rooms(app: Flask, people: dict[str, Someone]) -> Rooms:
    return furnish(app, people)


@pytest.fixture
def ask(rooms: Rooms) -> Callable[[str, Someone], TestResponse]:
    """Send the request as somebody, with an empty body, and undo whatever it did."""

    def send(route: str, person: Someone) -> TestResponse:
        method, rule = route.split(" ", 1)
        person.__dict__.pop("browser", None)
        browser = person.browser
        db.session.remove()
        savepoint = db.engine.begin_nested()  # type: ignore[attr-defined]  # the fixture's one connection
        try:
            answer: TestResponse = browser.open(rooms.address(rule), method=method, **rooms.body(route))
        finally:
            db.session.remove()
            savepoint.rollback()
        return answer

    return send


@pytest.mark.parametrize("letter", NAMES, ids=lambda letter: NAMES[letter])
def test_who_may_use_what(letter: str, people: dict[str, Someone], ask: Callable[[str, Someone], TestResponse]) -> None:
    wrong = []
    for route, allowed in ROUTES.items():
        answer = ask(route, people[letter])
        said = f"{route}: {answer.status_code}"
        if answer.status_code >= 500:
            wrong.append(f"{said}, a fault")
        elif (letter in allowed) is is_refused(answer):
            wrong.append(f"{said}, and {'is' if letter in allowed else 'is not'} theirs")

    assert not wrong, "\n" + "\n".join(wrong)


def test_no_write_by_cookie_goes_through_without_intent(people: dict[str, Someone], rooms: Rooms) -> None:
    admin = people["A"].browser
    admin.intent = False
    writes = [route.split(" ", 1) for route in ROUTES if not route.startswith("GET ") and route not in PROVES_ITSELF]

    through = [
        f"{method} {rule}"
        for method, rule in writes
        if admin.open(rooms.address(rule), method=method, **rooms.body(f"{method} {rule}")).status_code != 400
    ]

    assert not through
    assert people["A"].browser.get("/api/v1/me").status_code == 200  # nor did signing out


def is_refused(answer: TestResponse) -> bool:
    """Asked to sign in (and, before that, about their age), told that it is not theirs, or that there is nothing."""
    asked = answer.status_code == 302 and ASKED_FIRST.match(answer.headers["Location"])
    return bool(asked) or answer.status_code in REFUSED


def test_table_has_no_letter_of_nobody() -> None:
    assert {letter for allowed in ROUTES.values() for letter in allowed} == set(EVERYBODY)
