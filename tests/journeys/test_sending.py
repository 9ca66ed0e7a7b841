"""A photo leaves a phone: the store stopped in mid-upload, a frozen server, old signatures and tickets, a tunnel."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import botocore.auth
import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, Route, expect
from sqlalchemy import select

from campaign.db import db, transaction
from campaign.submissions.models import Submission
from tests.journeys.looking import barriers
from tests.journeys.phone import await_middle, choose, expect_there, send, states
from tests.journeys.road import Road
from uploads.storage import Storage

pytestmark = pytest.mark.browser

OUTAGE = 10.0
WAITING = "Waiting for your network"


def test_store_that_stops_for_ten_seconds_in_mid_upload_costs_nothing(
    app: Flask, phone: BrowserContext, way: Road, slug: str, photos: list[Path]
) -> None:
    page = choose(phone, slug, photos[0])
    signed: list[str] = []
    page.on("request", lambda request: request.method == "PUT" and signed.append(request.url))
    send(page)
    await_middle(page)

    way.stop()
    again = threading.Timer(OUTAGE, way.open)
    again.start()

    expect(page.get_by_role("heading", name=WAITING)).to_be_visible()
    assert again.is_alive()
    expect_there(page)
    assert len(signed) > 1
    assert len(set(signed)) == len(signed)
    assert states(app, slug) == ["here"]


def test_frozen_server_is_left_after_twenty_seconds_and_tried_again(
    app: Flask, phone: BrowserContext, way: Road, slug: str, photos: list[Path]
) -> None:
    page = choose(phone, slug, photos[0])
    page.clock.install()
    puts: list[str] = []
    page.on("request", lambda request: request.method == "PUT" and puts.append(request.url))
    send(page)
    await_middle(page)

    way.freeze()
    page.clock.run_for(5_000)
    expect(page.get_by_role("heading", name=WAITING)).to_be_visible()
    assert len(puts) == 1
    with page.expect_request(lambda request: request.method == "PUT"):
        page.clock.run_for(36_000)

    way.open()
    expect_there(page)
    assert states(app, slug) == ["here"]


def test_signature_that_aged_on_the_way_is_replaced(
    app: Flask, phone: BrowserContext, slug: str, photos: list[Path], monkeypatch: pytest.MonkeyPatch, road: Road
) -> None:
    answers: list[int] = []

    def age(route: Route) -> None:
        answer = route.fetch()
        issued = answer.json()
        issued["upload"]["url"] = aged(app, road, issued["upload"], monkeypatch)
        route.fulfill(response=answer, json=issued)

    page = choose(phone, slug, photos[2])
    page.route(f"**/api/v1/campaigns/{slug}/submissions", age)
    page.on("response", lambda answer: answer.request.method == "PUT" and answers.append(answer.status))
    send(page)

    expect_there(page)
    assert (len(answers), answers[0] in {400, 403}, answers[-1]) == (2, True, 200)
    assert states(app, slug) == ["here"]


def aged(app: Flask, road: Road, upload: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> str:
    """The same request, signed an hour ago for a minute."""
    settings = app.extensions["flaunt_storage"].settings
    key = upload["url"].partition(f"{settings.bucket}/")[2].partition("?")[0]
    headers = upload["headers"]
    with monkeypatch.context() as past:
        past.setattr(botocore.auth, "get_current_datetime", lambda: datetime.now(UTC) - timedelta(hours=1))
        store = Storage(replace(settings, endpoint_url=road.url))
        put = store.presign_put(
            key, content_type=headers["Content-Type"], length=int(headers["Content-Length"]), seconds=60
        )
    return put.url


def test_ticket_that_ran_out_in_mid_upload_is_replaced_by_a_new_one(
    app: Flask, phone: BrowserContext, way: Road, slug: str, photos: list[Path]
) -> None:
    page = choose(phone, slug, photos[0])
    send(page)
    await_middle(page)

    way.stop()
    expect(page.get_by_role("heading", name=WAITING)).to_be_visible()
    with app.app_context(), transaction():
        ticket = db.session.scalars(select(Submission).where(Submission.campaign.has(slug=slug))).one()
        ticket.ticket_expires_at = datetime.now(UTC) - timedelta(seconds=1)
    way.open()

    expect_there(page)
    assert states(app, slug) == ["expired", "here"]


def test_two_minutes_without_a_network_are_told_and_it_goes_on_when_it_is_back(
    app: Flask, phone: BrowserContext, slug: str, photos: list[Path]
) -> None:
    page = choose(phone, slug, photos[2])
    page.clock.install()
    phone.set_offline(True)
    send(page)
    expect(page.get_by_role("heading", name=WAITING)).to_be_visible()
    stopped = page.get_by_role("heading", name="It has not reached us")
    await_in_time(page, stopped.is_visible, seconds=150)
    assert barriers(page) == []

    phone.set_offline(False)

    expect_there(page)
    assert states(app, slug) == ["here"]


def await_in_time(page: Page, told: Callable[[], bool], *, seconds: int) -> None:
    """Let the phone's clock run, second by second, until it says so."""
    for _ in range(seconds):
        if told():
            return
        page.clock.run_for(1000)
    raise AssertionError(f"not told in {seconds} seconds")
