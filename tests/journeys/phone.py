"""A signed-in fan's phone, and how a photo leaves it: what the journeys about sending share."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select

from campaign.db import db
from campaign.submissions.models import Submission, SubmissionState
from tests.factories import make_campaign
from tests.journeys.house import House
from tests.journeys.people import PATIENCE, PHONE, Fan
from tests.journeys.photos import camera_jpeg, heavy_jpeg
from tests.journeys.road import Road
from tests.people import meet

PACE = 2**20
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
