"""Everything that somebody can fetch with GET: each route there is, with every id there is filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from uuid import UUID

from flask import Flask
from sqlalchemy import Uuid, select
from werkzeug.routing import Rule

from campaign.db import Base, db
from tests.people import Someone

Answer = tuple[int, tuple[tuple[str, str], ...], str]
"""Status, headers and body, without what differs from one request to the next."""
Ids = dict[str, list[UUID]]
Crawl = dict[tuple[str, str], Answer]
"""By who asked and for which address."""

WORDS = {"slug": ["flaunt-your-city"], "attempt": ["r"], "name": ["320", "640"]}
"""What stands for the named parts of addresses that are no ids; for others, one word that nothing is called."""
QUERIES = ("?q=photo&place=Lisbon", "?limit=1")
"""What a list is asked besides, for its order and its pages."""
ALIKE = {"/api/openapi.json", "/healthz", "/readyz"}
"""Slow, and the same for everybody: asked by nobody but one."""
PRIVATE = {"web_session", "api_token", "audit_entry", "identity", "role_grant", "invitation"}
"""Tables whose ids stand in no address that a fan could open, and that grow while the test runs."""
VARYING = {"date", "x-request-id", "set-cookie", "content-length"}
TOKEN = re.compile(r'(csrf[_-]token"? (?:value|content)=")[^"]+')
STATE = re.compile(r"((?:state|nonce|code_challenge)=)[^&\"]+")


def crawl(app: Flask, people: list[Someone], under: tuple[str, ...] = ("/",)) -> Crawl:
    """What each of these people gets at every address under these paths."""
    pages: Crawl = {}
    for address in sorted(one for one in set(addresses(app)) if one.startswith(under)):
        for somebody in people[: 1 if address in ALIKE else None]:
            pages[somebody.name, address] = _fetch(somebody, address)
    return pages


def differences(one: Crawl, other: Crawl) -> list[tuple[str, str]]:
    """Who could tell the two apart, and where."""
    assert one.keys() == other.keys()
    return sorted(where for where in one if one[where] != other[where])


def addresses(app: Flask) -> Iterator[str]:
    ids = _ids()
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()):
            continue
        for values in _values(rule, ids):
            path = app.url_map.bind("localhost").build(rule.endpoint, values)
            yield path
            if rule.arguments == {"slug"} and not path.startswith("/desk/"):
                yield from (f"{path}{query}" for query in QUERIES)


def _values(rule: Rule, ids: Ids) -> Iterator[dict[str, object]]:
    names = sorted(rule.arguments)
    converters = rule._converters
    choices: list[list[object]] = [
        _ids_for(name, ids)
        if type(converters[name]).__name__ == "UUIDConverter"
        else list(WORDS.get(name, ["nothing"]))
        for name in names
    ]
    for values in product(*choices):
        yield dict(zip(names, values, strict=True))


def _ids() -> Ids:
    """The ids of every row, by table."""
    return {
        table.name: sorted(db.session.scalars(select(table.c.id)))
        for table in Base.metadata.sorted_tables
        if table.name not in PRIVATE and "id" in table.c and isinstance(table.c.id.type, Uuid)
    }


def _ids_for(name: str, ids: Ids) -> list[object]:
    """`round_id` stands for the rounds' ids and one that is none's; a name that is no table's for all there are."""
    table = name.removesuffix("_id")
    if table in ids:
        return [*ids[table], *ids["campaign"]]
    return [one for found in ids.values() for one in found]


def _fetch(somebody: Someone, address: str) -> Answer:
    answer = somebody.browser.get(address)
    headers = sorted((name, STATE.sub(r"\1", value)) for name, value in answer.headers if name.lower() not in VARYING)
    body = answer.get_data(as_text=answer.mimetype.startswith(("text/", "application/json")))
    words = body if isinstance(body, str) else repr(body)
    return answer.status_code, tuple(headers), TOKEN.sub(r"\1", words)
