"""Campaigns for programs: each call works, outsiders are refused, bad input is told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from time import monotonic, sleep
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from campaign.accounts.models import Scope
from campaign.campaigns.models import State
from campaign.campaigns.window import hold_window
from campaign.db import db, transaction
from tests.counting import statements
from tests.factories import RULES, make_campaign
from tests.people import Someone, meet

URL = "/api/v1/campaigns"


def _body(**changes: object) -> dict[str, Any]:
    now = datetime.now(UTC)
    return {
        "title": "Flaunt your city",
        "brief": "Show us where you live.",
        "accent": "#FFB547",
        "time_zone": "Europe/Lisbon",
        "opens_at": (now - timedelta(hours=1)).isoformat(),
        "closes_at": (now + timedelta(days=3)).isoformat(),
        "entry_limit": 2,
        "minimum_age": 16,
        "rules_text": RULES,
        **changes,
    }


def test_post_makes_a_draft(marketer: Someone) -> None:
    answer = marketer.browser.post(URL, json=_body())

    assert answer.status_code == 201
    assert answer.json["state"] == "draft"
    assert answer.json["slug"] == "flaunt-your-city"
    assert answer.json["rules_version"] == 1
    assert answer.json["accent"] == "#ffb547"


def test_post_with_a_token_works(marketer: Someone) -> None:
    browser = marketer.browser
    browser.delete_cookie("flaunt_session")
    browser.intent = False

    answer = browser.post(URL, json=_body(), headers=marketer.bearer(Scope.MANAGE))

    assert answer.status_code == 201


def test_post_with_a_token_of_another_scope_is_refused(marketer: Someone) -> None:
    answer = marketer.browser.post(URL, json=_body(), headers=marketer.bearer(Scope.SUBMIT))

    assert (answer.status_code, answer.json["code"]) == (403, "scope_missing")


@pytest.mark.parametrize(("name", "status"), [("anonymous", 401), ("fan", 403), ("staff", 403)])
def test_post_by_others_is_refused(request: pytest.FixtureRequest, name: str, status: int) -> None:
    somebody: Someone = request.getfixturevalue(name)

    answer = somebody.browser.post(URL, json=_body())

    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"


@pytest.mark.parametrize(
    "changes",
    [
        {"closes_at": "tomorrow"},
        {"closes_at": "2026-01-01T00:00:00"},
        {"entry_limit": 0},
        {"title": ""},
        {"time_zone": "Mars"},
        {"minimum_age": "old"},
        {"surprise": 1},
    ],
)
def test_post_of_what_cannot_be_used_names_the_field(marketer: Someone, changes: dict[str, object]) -> None:
    answer = marketer.browser.post(URL, json=_body(**changes))

    assert answer.status_code == 422
    assert set(answer.json["fields"]) == set(changes)


def test_write_without_intent_is_refused(marketer: Someone) -> None:
    marketer.browser.intent = False

    assert marketer.browser.post(URL, json=_body()).status_code == 400


def test_patch_changes_only_what_is_sent(marketer: Someone) -> None:
    make_campaign(marketer.actor)

    answer = marketer.browser.patch(f"{URL}/flaunt-your-city", json={"title": "Another name"})

    assert (answer.status_code, answer.json["title"], answer.json["entry_limit"]) == (200, "Another name", 3)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("slug", "flaunt\n"),
        ("accent", "#ffffff\n"),
        ("title", "a\x00b"),
        ("brief", "a\x00b"),
        ("rules_text", "a\ud800b"),
        ("closes_at", "9999-12-31T23:59:59-12:00"),
        ("opens_at", "0001-01-01T00:00:00+14:00"),
        ("closes_at", "2200-01-01T00:00:00Z"),
    ],
)
def test_post_with_what_cannot_be_kept_is_told(marketer: Someone, field: str, value: str) -> None:
    answer = marketer.browser.post(URL, json=_body(**{field: value}))

    assert (answer.status_code, list(answer.json["fields"])) == (422, [field])


def test_times_in_another_zone_are_answered_in_utc(marketer: Someone) -> None:
    answer = marketer.browser.post(URL, json=_body(closes_at="2099-01-01T12:00:00+02:00"))

    assert answer.json["closes_at"] == "2099-01-01T10:00:00Z"


def test_patches_of_two_at_once_keep_both_changes(app: Flask, committed: None) -> None:
    boss = meet(app, "marketer")
    campaign_id = make_campaign(boss.actor).id
    headers = boss.bearer(Scope.MANAGE)

    def rename() -> int:
        return (
            app.test_client().patch(f"{URL}/flaunt-your-city", json={"title": "Renamed"}, headers=headers).status_code
        )

    with ThreadPoolExecutor(1) as pool:
        with transaction():
            campaign, _ = hold_window(campaign_id)
            renaming = pool.submit(rename)
            _wait_for_a_waiter()
            campaign.entry_limit = 9
        assert renaming.result(timeout=20) == 200
    kept = app.test_client().get(f"{URL}/flaunt-your-city").json

    assert (kept["title"], kept["entry_limit"]) == ("Renamed", 9)


def _wait_for_a_waiter() -> None:
    """Until another connection waits for an advisory lock of this database."""
    waiting = text(
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
        " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    )
    deadline = monotonic() + 10
    with db.engine.connect() as connection:
        while not connection.scalar(waiting):
            assert monotonic() < deadline, "nobody came to wait"
            sleep(0.02)


def test_transitions_open_and_close(marketer: Someone) -> None:
    make_campaign(marketer.actor, State.DRAFT)

    opened = marketer.browser.post(f"{URL}/flaunt-your-city/transitions", json={"to": "open"})
    closed = marketer.browser.post(f"{URL}/flaunt-your-city/transitions", json={"to": "closed"})
    again = marketer.browser.post(f"{URL}/flaunt-your-city/transitions", json={"to": "closed"})

    assert (opened.json["state"], closed.json["state"]) == ("open", "closed")
    assert (again.status_code, again.json["code"]) == (409, "illegal_transition")


def test_draft_is_unknown_to_fans(marketer: Someone, fan: Someone, anonymous: Someone) -> None:
    make_campaign(marketer.actor, State.DRAFT)

    assert fan.browser.get(f"{URL}/flaunt-your-city").status_code == 404
    assert anonymous.browser.get(URL).json == {"data": [], "next_cursor": None}
    assert marketer.browser.get(URL).json["data"][0]["slug"] == "flaunt-your-city"


def test_list_pages_with_a_cursor(marketer: Someone, anonymous: Someone) -> None:
    for number in range(5):
        make_campaign(marketer.actor, slug=f"campaign-{number}")

    seen, cursor = [], None
    while True:
        page = anonymous.browser.get(URL, query_string={"limit": 2, **({"cursor": cursor} if cursor else {})}).json
        seen += [campaign["slug"] for campaign in page["data"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break

    assert seen == [f"campaign-{number}" for number in reversed(range(5))]


@pytest.mark.parametrize("query", [{"cursor": "nonsense"}, {"limit": 0}, {"limit": 101}, {"limit": "many"}])
def test_list_refuses_a_page_that_is_none(anonymous: Someone, query: dict[str, object]) -> None:
    assert anonymous.browser.get(URL, query_string=query).status_code == 422


def test_list_asks_as_often_for_30_as_for_1(marketer: Someone, anonymous: Someone) -> None:
    make_campaign(marketer.actor, slug="first")
    with statements() as for_one:
        anonymous.browser.get(URL)
    for number in range(29):
        make_campaign(marketer.actor, slug=f"campaign-{number}")

    with statements() as for_thirty:
        anonymous.browser.get(URL)

    assert len(for_thirty) == len(for_one)
