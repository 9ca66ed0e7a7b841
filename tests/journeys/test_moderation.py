"""Staff at the desk: by keys and without the script, on a desk and on a phone, and two of them at once."""

from __future__ import annotations

import time
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from campaign.accounts.models import Role
from tests.journeys.house import House
from tests.journeys.looking import barriers, hidden_width
from tests.journeys.people import DESK, PHONE, Fan, Marketer, Moderator, Visitor
from tests.journeys.photos import camera_jpeg

pytestmark = pytest.mark.browser

SLUG = "night-shift"
CAPTIONS = ("The first tram", "A lit window", "Rain on the quay")
READY_SECONDS = 60
PAGE = f"/desk/c/{SLUG}/moderation"


@pytest.fixture(scope="module")
def desk(house: House, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Marketer:
    """Somebody who may do everything, signed in, and three photos that wait."""
    marketer = Marketer.arrive(browser, house.base_url, "admin-1", DESK)
    marketer.accept_invitation(house.run("invite", Role.ADMIN.value).strip().splitlines()[-1])
    marketer.make_campaign("Night shift", SLUG, "Show us what is awake.")
    folder = tmp_path_factory.mktemp("camera")
    for number, caption in enumerate(CAPTIONS):
        fan = Fan.arrive(browser, house.base_url, "fan-1" if number % 2 else "fan-2", PHONE)
        fan.send_photo(SLUG, camera_jpeg(folder / f"IMG_{number}.jpg", 50 + number), caption)
    ends = time.monotonic() + READY_SECONDS
    while time.monotonic() < ends:
        marketer.open(PAGE)  # the workers are still at it
        if marketer.page.locator("[data-pick]").count() == len(CAPTIONS):
            return marketer
    raise AssertionError(house.tail())


def arrive(browser: Browser, house: House, screen: dict[str, Any], subject: str = "admin-1") -> Moderator:
    moderator = Moderator.arrive(browser, house.base_url, subject, screen)
    moderator.open("/sign-in")
    moderator.choose_persona()
    moderator.open(PAGE)
    return moderator  # type: ignore[return-value]  # `arrive` makes one of the class it is called on


def title(page: Page) -> str:
    return page.locator("#decide-title").inner_text()


@pytest.mark.usefixtures("desk")
def test_photos_are_decided_by_keys_alone(house: House, browser: Browser) -> None:
    moderator = arrive(browser, house, DESK)
    page = moderator.page
    first = title(page)

    page.keyboard.press("j")
    expect(page.locator("#decide-title")).not_to_have_text(first)
    expect(page.locator("#decide-title")).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator("#decide-title")).to_have_text(first)
    page.keyboard.press("d")
    page.keyboard.type("Put a jumper up")  # p, u, j and a are words here
    expect(page.locator("#reason")).to_have_value("Put a jumper up")
    page.locator("[data-send-decline]").press("Enter")
    expect(page.locator("[data-tell]")).to_have_text("Declined. The fan reads your reason.")
    expect(page.locator("#decide-title")).not_to_have_text(first)
    page.keyboard.press("u")
    expect(page.locator("#decide-title")).to_have_text(first)
    expect(page.locator("[data-tell]")).to_contain_text("Taken back")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys on this page")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert [problem for problem in moderator.problems if "/desk/" in problem] == []


@pytest.mark.usefixtures("desk")
def test_several_are_selected_published_and_undone(house: House, browser: Browser) -> None:
    page = arrive(browser, house, DESK).page

    page.locator("[data-pick]").first.click()
    page.locator("[data-pick]").last.click(modifiers=["Shift"])
    expect(page.locator("[data-chosen]")).to_have_text("3 photos")
    page.get_by_role("button", name="Publish them").click()
    expect(page.locator("[data-tell]")).to_have_text("3 photos published.")
    expect(page.get_by_role("heading", name="Every photo has been looked at")).to_be_visible()
    page.keyboard.press("u")
    expect(page.locator("[data-tell]")).to_have_text("Taken back for 3 photos.")
    expect(page.locator("[data-pick]")).to_have_count(3)


@pytest.mark.usefixtures("desk")
def test_next_photo_is_there_before_it_is_asked_for(house: House, browser: Browser) -> None:
    page = arrive(browser, house, DESK).page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload(wait_until="networkidle")
    asked.clear()

    first = title(page)
    page.keyboard.press("j")
    expect(page.locator("#decide-title")).not_to_have_text(first)
    shown = page.locator("[data-look] img")
    page.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=shown.element_handle())

    assert shown.evaluate("image => image.currentSrc") not in asked


@pytest.mark.usefixtures("desk")
def test_phone_without_the_script_decides_with_one_thumb(house: House, browser: Browser) -> None:
    moderator = arrive(browser, house, PHONE | {"java_script_enabled": False})
    page = moderator.page
    first = title(page)

    button = page.get_by_role("button", name="Publish", exact=False).first
    box = button.bounding_box()
    assert box is not None
    assert box["y"] > PHONE["viewport"]["height"] / 2
    assert box["height"] >= 44
    button.click()
    expect(page.locator("main")).to_contain_text("It hangs in the gallery now.")
    page.locator(".undo li", has_text=f"Published: {first}").get_by_role("button").click()
    expect(page.locator("#decide-title")).to_have_text(first)


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_every_state_of_the_desk_keeps_nobody_out(house: House, browser: Browser, screen: dict[str, Any]) -> None:
    moderator = arrive(browser, house, screen)
    page = moderator.page
    page.locator("[data-searching]").evaluate("block => { block.open = true }")
    page.locator("[data-second]").evaluate("block => { block.open = true }")
    _check(page)
    page.locator("[data-pick]").first.check()
    page.get_by_text("Decline them").click()
    _check(page)
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("?")
    _check(page)
    for query in (
        "?state=rejected",
        "?state=declined",
        "?state=published",
        "?whose=mine",
        "?whose=opinion",
        "?q=zebra",
    ):
        moderator.open(PAGE + query)
        _check(page)
    assert [problem for problem in moderator.problems if "/desk/" in problem] == []


@pytest.mark.usefixtures("desk")
def test_picture_that_does_not_come_is_told(house: House, browser: Browser) -> None:
    moderator = arrive(browser, house, DESK)
    page = moderator.page
    page.route("**/media/**", lambda route: route.fulfill(status=503))

    page.reload()
    expect(page.locator("[data-away]")).to_contain_text("The picture does not come")
    page.unroute_all()
    page.get_by_role("link", name="Load it again").click()
    expect(page.locator("[data-away]")).to_be_hidden()


def _check(page: Page) -> None:
    assert barriers(page) == []
    assert hidden_width(page) == 0


def test_second_person_is_told_and_takes_over_on_purpose(desk: Marketer, house: House, browser: Browser) -> None:
    staff = Visitor.arrive(browser, house.base_url, "staff-1", PHONE)
    staff.accept_invitation(house.run("invite", Role.STAFF.value).strip().splitlines()[-1])
    desk.open(PAGE)
    first = title(desk.page)
    address = desk.page.locator("[data-queue] a[aria-current]").get_attribute("href")

    staff.open(PAGE)
    assert title(staff.page) != first
    staff.open(str(address))
    expect(staff.page.locator("main")).to_contain_text("is looking at this one.")
    staff.press("Take it over")
    expect(staff.page.locator("[data-press=publish]")).to_be_visible()

    expect(desk.page.locator("[data-notice]")).to_contain_text("took this photo over", timeout=20_000)
    staff.page.locator("[data-press=publish]").click()
    expect(staff.page.locator("main")).to_contain_text("It hangs in the gallery now.")
    desk.page.keyboard.press("p")
    expect(desk.page.locator("main")).to_contain_text("published this photo meanwhile")
