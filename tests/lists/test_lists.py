"""A list asks the database as often for 30 rows as for 1: every list of the house, pages and API."""

from __future__ import annotations

import re

from campaign.db import db
from tests.counting import statements
from tests.lists.rows import Rooms, rows
from tests.lists.table import LISTS, ONE_THING
from tests.matrix.table import ROUTES, TESTED_ELSEWHERE
from tests.people import Someone

MANY = 30
A_FULL_HAND = 3
"""Photos before a judge from which on nothing is taken over from others."""


def test_every_route_that_is_read_is_a_list_or_is_not() -> None:
    read = {route for route in ROUTES.keys() | TESTED_ELSEWHERE.keys() if route.startswith("GET ")}

    assert read == LISTS.keys() | ONE_THING
    assert not LISTS.keys() & ONE_THING


def test_lists_ask_as_often_for_30_rows_as_for_1(
    anonymous: Someone, fan: Someone, cast_member: Someone, marketer: Someone
) -> None:
    people = {one.name: one for one in (anonymous, fan, cast_member, marketer)}
    few, many = (measure(rows(size, fan, marketer), people, size) for size in (1, MANY))

    slow = {route: (few[route][0], many[route][0]) for route in LISTS if few[route][0] != many[route][0]}
    short = {route: many[route][1] for route in LISTS if many[route][1] < few[route][1] + MANY - 1}
    assert not slow, "queries for 1 and for 30"
    assert not short, "answers that did not grow, so nothing was tried"


def measure(rooms: Rooms, people: dict[str, Someone], size: int) -> dict[str, tuple[int, int]]:
    """For each list, the statements that it sent and the length of its answer."""
    return {route: _cost(people[reader], _address(route, rooms[room], size)) for route, (reader, room) in LISTS.items()}


def _address(route: str, names: dict[str, str], size: int) -> str:
    address = re.sub(r"<(?:\w+:)?(\w+)>", lambda name: names[name[1]], route.removeprefix("GET "))
    if address.endswith("/next"):
        return f"{address}?limit={min(size, A_FULL_HAND)}"  # whose hand is not full is dealt more, each time
    narrowed = f"&campaign={names['slug']}" if re.search("audit|team", address) else ""
    return f"{address}?limit=50{narrowed}"


def _cost(somebody: Someone, address: str) -> tuple[int, int]:
    somebody.browser.get(address)  # signs in, deals, fills what is kept in memory
    db.session.expunge_all()
    with statements() as sent:
        answer = somebody.browser.get(address)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    return len(sent), len(answer.data)
