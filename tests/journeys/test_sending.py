"""A photo on its way from a phone: the store stopped in mid-upload, a frozen server, old tickets, reloads, thumbs."""

from __future__ import annotations

import itertools
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import botocore.auth
import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from sqlalchemy import select

from campaign.db import db, transaction
from campaign.submissions.models import Submission, SubmissionState
from tests.factories import make_campaign
from tests.journeys.house import House
from tests.journeys.looking import barriers, hidden_width
from tests.journeys.people import PATIENCE, PHONE, Fan
from tests.journeys.photos import camera_jpeg, heavy_jpeg
from tests.journeys.road import Road
from tests.people import meet
from uploads.storage import Storage

pytestmark = pytest.mark.browser

PACE = 3 * 2**20
OUTAGE = 10.0
WAITING = "Waiting for your network"
KEPT_HERE = """() => new Promise((told) => {
  const opening = indexedDB.open("flaunt");
  opening.onsuccess = () => {
    const counting = opening.result.transaction("photos").objectStore("photos").count();
    counting.onsuccess = () => told(counting.result);
  };
})"""
SOME_PERCENT = re.compile(r"^[1-9]\d % has left your phone")
HERE = (SubmissionState.RECEIVED, SubmissionState.READY)
numbers = itertools.count(1)


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two that take a while, and one that does not."""
    folder = tmp_path_factory.mktemp("photos")
    return [*(heavy_jpeg(folder / f"IMG_{hue}.jpg", hue) for hue in (40, 90)), camera_jpeg(folder / "IMG_140.jpg", 140)]


@pytest.fixture(scope="module")
def passport(browser: Browser, house: House) -> Any:
    """What the browser of a fan who is signed in carries."""
    fan = Fan.arrive(browser, house.base_url, "fan-1", PHONE)
    fan.open("/sign-in")
    fan.choose_persona()
    return fan.page.context.storage_state()


@pytest.fixture
def phone(browser: Browser, house: House, passport: Any) -> Iterator[BrowserContext]:
    context = browser.new_context(**PHONE, base_url=house.base_url, storage_state=passport)
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture
def way(road: Road) -> Iterator[Road]:
    """A slow road, fast again afterwards."""
    road.pace = PACE
    yield road
    road.pace = 0
    road.open()


@pytest.fixture
def slug(app: Flask) -> str:
    """A campaign of its own for each test, that takes one photo from each fan."""
    return open_campaign(app, 1)


def open_campaign(app: Flask, limit: int) -> str:
    slug = f"on-the-way-{next(numbers)}"
    with app.app_context():
        make_campaign(meet(app, "marketer").actor, slug=slug, title="On the way", entry_limit=limit, minimum_age=0)
    return slug


def states(app: Flask, slug: str) -> list[str]:
    """The states of all that was ever sent to the campaign."""
    with app.app_context():
        found = select(Submission.state).where(Submission.campaign.has(slug=slug)).order_by(Submission.created_at)
        return ["here" if state in HERE else state.value for state in db.session.scalars(found)]


def choose(phone: BrowserContext, slug: str, *photos: Path) -> Page:
    """The page with these photos on it and their words written."""
    page = phone.new_page()
    page.goto(f"/c/{slug}/enter")
    page.locator("input[name=photo]").set_input_files(photos)
    for number in range(len(photos)):
        card = page.locator("[data-card]").nth(number)
        card.get_by_label("What do we see?").fill(f"On the way {number}")
        card.get_by_label("Where is it?").fill("Lisbon")
    page.get_by_role("checkbox").check()
    return page


def send(page: Page) -> None:
    page.locator("[data-part=send]").click()


def await_middle(page: Page) -> None:
    """Until some of the (last) photo has left the phone, and not all of it."""
    expect(page.locator("[data-part=told]").last).to_have_text(SOME_PERCENT)


def expect_there(page: Page, words: str = "Thank you") -> None:
    expect(page.get_by_role("heading", name=words)).to_be_visible(timeout=2 * PATIENCE)


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


def test_reloaded_page_offers_to_go_on_with_the_last_entry(
    app: Flask, phone: BrowserContext, way: Road, slug: str, photos: list[Path]
) -> None:
    page = choose(phone, slug, photos[0])
    send(page)
    await_middle(page)

    page.reload()

    expect(page.get_by_role("heading", name="You were sending a photo")).to_be_visible()
    expect(page.get_by_alt_text("On the way 0")).to_be_visible()
    assert barriers(page) == []
    assert hidden_width(page) == 0
    page.get_by_role("button", name="Go on").click()
    expect_there(page)
    assert states(app, slug) == ["here"]
    page.reload()
    expect(page).to_have_url(re.compile("/me/photos$"))


def test_killed_page_offers_only_what_was_not_acknowledged(
    app: Flask, phone: BrowserContext, way: Road, photos: list[Path]
) -> None:
    slug = open_campaign(app, 3)
    page = choose(phone, slug, photos[2], photos[0])
    send(page)
    expect(page.locator("[data-card]").first).to_contain_text("Your photo reached us")
    await_middle(page)

    page.close()
    page = phone.new_page()
    page.goto(f"/c/{slug}/enter")

    expect(page.get_by_role("heading", name="You were sending a photo")).to_be_visible()
    expect(page.locator("[data-part=thumbs] li")).to_have_count(1)
    page.get_by_role("button", name="Go on").click()
    expect_there(page)
    assert states(app, slug) == ["here", "here"]


def test_starting_anew_gives_the_entry_back(
    app: Flask, phone: BrowserContext, way: Road, slug: str, photos: list[Path]
) -> None:
    page = choose(phone, slug, photos[0])
    send(page)
    await_middle(page)
    page.reload()

    page.get_by_role("button", name="Start anew").click()

    expect(page.locator("[data-part=send]")).to_be_visible()
    expect(page.locator("[data-offer]")).to_be_hidden()
    assert states(app, slug) == ["withdrawn"]


def test_impatient_thumb_and_the_same_photo_twice_are_one_submission(
    app: Flask, phone: BrowserContext, photos: list[Path]
) -> None:
    slug = open_campaign(app, 3)
    page = choose(phone, slug, photos[2])
    page.locator("input[name=photo]").set_input_files([photos[2]])
    expect(page.locator("#photo-mend")).to_contain_text("You have chosen this one already")

    page.locator("[data-part=send]").dblclick()

    expect_there(page)
    assert states(app, slug) == ["here"]


def test_second_page_of_the_same_fan_does_not_offer_what_the_first_is_sending(
    app: Flask, phone: BrowserContext, way: Road, slug: str, photos: list[Path]
) -> None:
    page = choose(phone, slug, photos[0])
    send(page)
    await_middle(page)

    other = phone.new_page()
    other.goto(f"/c/{slug}/enter")

    expect(other.get_by_role("heading", name="A photo of yours is on its way")).to_be_visible()
    expect_there(page)
    expect(other.locator("[data-offer]")).to_be_hidden()
    assert states(app, slug) == ["here"]


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


def test_who_signs_out_leaves_no_photo_on_the_device(
    app: Flask, phone: BrowserContext, house: House, photos: list[Path]
) -> None:
    slug = open_campaign(app, 3)
    page = choose(phone, slug, photos[2])
    page.reload()
    expect(page.get_by_role("heading", name="You had chosen a photo")).to_be_visible()

    page.get_by_role("button", name="Sign out").click()
    fan = Fan(house.base_url, page, "fan-1")
    fan.open(f"/c/{slug}/enter")
    fan.choose_persona()

    expect(page.locator("[data-part=send]")).to_be_visible()
    expect(page.locator("[data-offer]")).to_be_hidden()
    assert page.evaluate(KEPT_HERE) == 0
