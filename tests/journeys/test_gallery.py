"""A stranger in a gallery: with the script and without it, with photos that do not arrive, and with a finger."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from campaign.db import transaction
from tests.factories import add_photos, make_campaign
from tests.journeys.house import House
from tests.journeys.looking import barriers, hidden_width
from tests.journeys.people import DESK, PHONE
from tests.people import meet

pytestmark = pytest.mark.browser

SLUG = "seventy"
HALL = f"/c/{SLUG}"
HUNG = 70
LOST = "A photo that was lost on the way"
LIGHTEST_PAGE = 60_000
"""Bytes a fan's first page may weigh before its photos."""


@pytest.fixture(scope="module", autouse=True)
def hall(app: Flask, house: House) -> None:
    """A gallery of seventy photos; the pictures of the newest one are not in the store."""
    with app.app_context():
        marketer, fan = meet(app, "marketer"), meet(app, "fan")
        assert fan.person_id is not None
        campaign = make_campaign(marketer.actor, slug=SLUG, title="Seventy", entry_limit=100)
        photos = add_photos(campaign, fan.person_id, HUNG)
        store = app.extensions["flaunt_storage"]
        store.ensure_bucket()
        with transaction():
            campaign.categories = ["Ferries", "Kitchens"]
            for age, photo in enumerate(reversed(photos)):
                photo.published_at = datetime.now(UTC) - timedelta(minutes=age)
                photo.caption = f"Number {age}" if age else LOST
                photo.category = "Ferries" if age % 2 else "Kitchens"
                photo.place = "São Paulo" if age == 5 else "Lisbon"
                for rendition in photo.photo.renditions if age else ():
                    store.put_bytes(rendition.key, webp(rendition.width, rendition.height), content_type="image/webp")


def webp(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), (200, 120, 40)).save(out, "WEBP")
    return out.getvalue()


@pytest.fixture
def context(browser: Browser, house: House) -> Iterator[BrowserContext]:
    context = browser.new_context(**PHONE, base_url=house.base_url)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def plain(browser: Browser, house: House) -> Iterator[Page]:
    """A phone whose browser runs no script."""
    context = browser.new_context(**PHONE, base_url=house.base_url, java_script_enabled=False)
    yield context.new_page()
    context.close()


def tiles(page: Page) -> int:
    return page.locator("#gallery [data-rows] > li").count()


def open_photo(page: Page, caption: str) -> None:
    page.locator("#gallery").get_by_alt_text(f"{caption},").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(caption)


def test_gallery_goes_on_by_itself_to_its_end(page: Page) -> None:
    page.goto(HALL)
    assert tiles(page) == 30

    page.get_by_role("link", name="More photos").scroll_into_view_if_needed()

    expect(page.locator("#gallery [data-rows] > li")).to_have_count(60)
    page.locator("[data-more]").scroll_into_view_if_needed()
    expect(page.locator("#gallery [data-rows] > li")).to_have_count(HUNG)
    expect(page.locator("[data-more]")).to_have_count(0)


def test_gallery_that_cannot_go_on_says_so_and_tries_again(page: Page) -> None:
    page.goto(HALL)
    page.route("**/c/seventy?after=*", lambda route: route.abort())

    page.get_by_role("link", name="More photos").click()

    expect(page.locator("#gallery [role=status]")).to_contain_text("did not come through")
    page.unroute("**/c/seventy?after=*")
    page.get_by_role("link", name="Try again").click()
    expect(page.locator("#gallery [data-rows] > li")).to_have_count(60)
    expect(page.locator("#gallery [role=status]")).to_have_text("")


def test_everything_is_there_without_the_script(plain: Page, house: House) -> None:
    plain.goto(HALL)
    plain.get_by_role("link", name="More photos").click()
    assert tiles(plain) == 30
    plain.get_by_role("searchbox").fill("sao paulo")
    plain.get_by_role("button", name="Search").click()
    assert tiles(plain) == 1
    expect(plain.locator("#gallery")).to_contain_text("1 photo with “sao paulo”")
    plain.get_by_role("link", name="Show all 70").click()
    plain.get_by_role("link", name="Kitchens 35").click()
    plain.locator("#gallery [data-rows] a").nth(1).click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Number 2")
    plain.get_by_role("link", name="Older").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Number 4")
    assert plain.get_by_label("Link to this photo").input_value() == plain.url.split("?")[0]
    expect(plain.get_by_role("button", name="Copy link")).to_be_hidden()


def test_search_keeps_its_filter_on_the_way(page: Page) -> None:
    page.goto(f"{HALL}?category=Ferries")
    page.get_by_text("Places", exact=True).click()
    page.get_by_role("link", name="São Paulo 1 photo").click()

    expect(page.locator("#gallery .found")).to_contain_text("1 photo in Ferries from São Paulo")
    page.get_by_role("navigation", name="The place you chose").get_by_role("link").click()
    expect(page.locator("#gallery .found")).to_contain_text("35 photos in Ferries")


def test_lost_photo_shows_its_words(page: Page) -> None:
    page.goto(HALL)
    frame = page.locator("#gallery [data-rows] a").first
    frame.scroll_into_view_if_needed()

    expect(frame.locator(".instead")).to_have_text(f"{LOST}, Lisbon")
    expect(frame.locator("img")).to_have_css("opacity", "0")
    expect(page.locator("#gallery .lost")).to_have_count(1)


def test_keys_and_finger_turn_to_the_neighbours(page: Page) -> None:
    page.goto(HALL)
    open_photo(page, "Number 3")

    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", level=1)).to_have_text("Number 4")
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("heading", level=1)).to_have_text("Number 3")
    drag(page, -140)
    expect(page.get_by_role("heading", level=1)).to_have_text("Number 4")
    drag(page, 140)
    expect(page.get_by_role("heading", level=1)).to_have_text("Number 3")
    drag(page, -30)
    expect(page.get_by_role("heading", level=1)).to_have_text("Number 3")


def drag(page: Page, far: int) -> None:
    """A finger on the photo, moved sideways as a touch screen reports it."""
    page.wait_for_load_state("load")
    box = page.locator("[data-turning] .whole").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    finger = page.context.new_cdp_session(page)
    for kind, dx in (("touchStart", 0), *(("touchMove", far * step / 5) for step in range(1, 6))):
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x + dx, "y": y}]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    finger.detach()


def test_copying_the_link_is_told(context: BrowserContext, page: Page) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(HALL)
    open_photo(page, "Number 2")

    page.get_by_role("button", name="Copy link").click()

    expect(page.locator("[data-share] [role=status]")).to_have_text("The link is copied.")
    assert page.evaluate("navigator.clipboard.readText()") == page.get_by_label("Link to this photo").input_value()


def test_share_sheet_opens_where_there_is_one(page: Page) -> None:
    page.add_init_script("navigator.share = async (given) => { window.shared = given; }")
    page.goto(HALL)

    page.get_by_role("button", name="Share").click()

    assert page.evaluate("window.shared") == {
        "title": "Seventy",
        "url": page.get_by_label("Link to this campaign").input_value(),
    }


def test_countdown_ticks_and_says_when_it_has_passed(page: Page) -> None:
    page.clock.install()
    page.goto(HALL)
    before = page.get_by_role("timer").inner_text()
    page.clock.run_for(3_000)
    assert page.get_by_role("timer").inner_text() != before

    page.clock.fast_forward("25:00:00")
    page.clock.run_for(2_000)

    expect(page.locator(".hero [role=status]")).to_contain_text("It has just closed.")
    page.get_by_role("link", name="See what is next").click()
    expect(page.get_by_role("timer")).to_be_visible()


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("path", ["/", HALL])
def test_first_page_is_light_ours_alone_and_stands_still(
    browser: Browser, house: House, screen: dict[str, Any], path: str
) -> None:
    context = browser.new_context(**screen, base_url=house.base_url)
    page = context.new_page()
    page.add_init_script(
        "window.shift = 0;"
        "new PerformanceObserver((list) => { for (const one of list.getEntries()) shift += one.value; })"
        ".observe({ type: 'layout-shift', buffered: true });"
    )
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]) if request.url.startswith("http") else None)
    page.goto(path, wait_until="networkidle")

    weighed = page.evaluate(
        "performance.getEntries().filter((one) => 'transferSize' in one && !one.name.includes('/media/'))"
        ".map((one) => [one.name, one.transferSize])"
    )
    assert hosts == {house.base_url.split("/")[2]}
    assert sum(size for _, size in weighed) < LIGHTEST_PAGE, weighed
    assert page.evaluate("shift") < 0.001
    context.close()


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_everybody_can_use_what_they_find(browser: Browser, house: House, screen: dict[str, Any]) -> None:
    context = browser.new_context(**screen, base_url=house.base_url)
    page = context.new_page()
    for path in (HALL, f"{HALL}?q=number&category=Ferries&place=lisbon", f"{HALL}?q=zeppelin"):
        page.goto(path)
        for summary in page.locator("#gallery summary").all():
            summary.click()
        assert barriers(page) == [], path
        assert hidden_width(page) == 0, path
    page.goto(f"{HALL}?category=Ferries")
    page.locator("#gallery [data-rows] a").nth(1).click()
    expect(page.get_by_role("link", name="Older")).to_be_visible()
    assert barriers(page) == []
    context.close()
