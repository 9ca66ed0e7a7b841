"""What every answer tells the browser to keep to, and whom the application believes about where a request came from."""

from __future__ import annotations

import re

import pytest
from flask import Flask, request

from campaign.app import create_app
from campaign.config import Settings
from tests.matrix.rooms import Rooms, furnish
from tests.matrix.table import ROUTES
from tests.people import Someone

ACTS = re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*application/(?:ld\+)?json)|<style|\sstyle=|\son[a-z]+=|javascript:")
"""Script and style that stand in a page itself, which the policy forbids."""
POSED = {"marketer": "m", "fan": "f", "cast_member": "c"}


@pytest.mark.parametrize("path", ["/", "/api/v1/campaigns", "/nowhere", "/api/v1/me", "/healthz", "/c/nowhere/rules"])
def test_every_answer_keeps_the_browser_in_bounds(anonymous: Someone, path: str) -> None:
    headers = anonymous.browser.get(path).headers
    policy = headers["Content-Security-Policy"]

    assert "unsafe" not in policy
    for rule in ("default-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'self'"):
        assert rule in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_https_is_kept_to_where_it_is_spoken(settings: Settings, anonymous: Someone) -> None:
    assert "Strict-Transport-Security" not in anonymous.browser.get("/healthz").headers

    secure = create_app(settings.model_copy(update={"base_url": "https://localhost"}))
    assert "max-age" in secure.test_client().get("/healthz").headers["Strict-Transport-Security"]


@pytest.fixture
def rooms(
    app: Flask,
    fan: Someone,
    other_fan: Someone,
    cast_member: Someone,
    staff: Someone,
    marketer: Someone,
    admin: Someone,
) -> Rooms:
    return furnish(app, dict(zip("focsmA", (fan, other_fan, cast_member, staff, marketer, admin), strict=True)))


@pytest.mark.parametrize("name", POSED)
def test_no_page_holds_script_or_style_of_its_own(rooms: Rooms, name: str, request: pytest.FixtureRequest) -> None:
    reader: Someone = request.getfixturevalue(name)
    pages = [route.removeprefix("GET ") for route, who in ROUTES.items() if route[0] == "G" and POSED[name] in who]
    seen, wrong = 0, []
    for rule in pages:
        answer = reader.browser.get(rooms.address(rule))
        if answer.mimetype == "text/html":
            seen += 1
            wrong += [f"{rule}: {found[0]}" for found in ACTS.finditer(answer.text)]

    assert seen > len(POSED)
    assert not wrong


@pytest.mark.parametrize(
    ("hops", "address", "scheme"), [(0, "10.0.0.9", "http"), (1, "203.0.113.7", "https"), (2, "198.51.100.4", "http")]
)
def test_only_as_many_proxies_are_believed_as_stand_there(
    settings: Settings, hops: int, address: str, scheme: str
) -> None:
    app = create_app(settings.model_copy(update={"proxy_hops": hops}))
    seen = []
    app.before_request(lambda: seen.append((request.remote_addr, request.scheme)))
    forged = {"X-Forwarded-For": "192.0.2.1, 198.51.100.4, 203.0.113.7", "X-Forwarded-Proto": "http, https"}

    app.test_client().get("/healthz", headers=forged, environ_base={"REMOTE_ADDR": "10.0.0.9"})

    assert seen == [(address, scheme)]


def test_proxy_cannot_name_a_host_that_is_not_ours(settings: Settings) -> None:
    app = create_app(settings.model_copy(update={"proxy_hops": 1}))

    answer = app.test_client().get("/healthz", headers={"X-Forwarded-Host": "evil.example.test"})

    assert (answer.status_code, "TRUSTED_HOSTS" in answer.text) == (400, True)
