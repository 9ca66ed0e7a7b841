"""A fan sends several photos over a bad network, is told what cannot be used, and does it without script too."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from campaign.accounts.models import Role
from tests.journeys.house import House
from tests.journeys.people import DESK, PATIENCE, PHONE, Fan, Marketer
from tests.journeys.photos import camera_jpeg

pytestmark = pytest.mark.browser

SLUG = "long-shadows"
SCREENS = pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])


@pytest.fixture(scope="module")
def campaign(house: House, browser: Browser) -> str:
    """An open campaign with room for everything these tests send."""
    marketer = Marketer.arrive(browser, house.base_url, "marketer-1", DESK)
    marketer.accept_invitation(house.run("invite", Role.MARKETER.value).strip().splitlines()[-1])
    marketer.make_campaign("Long shadows", SLUG, "Show us your longest shadow.")
    return SLUG


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    return [camera_jpeg(tmp_path / f"IMG_{hue}.jpg", hue) for hue in (20, 120)]


def enter(browser: Browser, house: House, subject: str, screen: dict[str, Any]) -> Fan:
    fan = Fan.arrive(browser, house.base_url, subject, screen)
    fan.open(f"/c/{SLUG}/enter")
    fan.press("Yes, I am")
    fan.choose_persona()
    expect(fan.page).to_have_url(re.compile("/enter$"))
    return fan


def card(page: Page, number: int) -> Any:
    return page.locator("[data-card]").nth(number)


@SCREENS
def test_one_photo_of_two_is_held_up_and_sent_again(
    house: House, browser: Browser, campaign: str, photos: list[Path], screen: dict[str, Any]
) -> None:
    fan = enter(browser, house, "fan-1" if screen is PHONE else "fan-2", screen)
    page = fan.page
    lost: list[str] = []

    def lose_the_first(route: Route) -> None:
        if route.request.method == "PUT" and not lost:
            lost.append(route.request.url)
            route.abort()
        else:
            route.continue_()

    page.route("**/*", lose_the_first)
    page.locator("input[name=photo]").set_input_files(photos)
    card(page, 0).get_by_label("Where is it?").fill("Lisbon")
    card(page, 0).get_by_label("Where is it?").blur()
    expect(card(page, 1).get_by_label("Where is it?")).to_have_value("Lisbon")
    for number, caption in enumerate(("At six", "At seven")):
        card(page, number).get_by_label("What do we see?").fill(caption)
    page.get_by_role("checkbox").check()
    fan.press("Send my 2 photos")

    expect(page.get_by_role("heading", name="All 2 photos reached us")).to_be_visible(timeout=PATIENCE)
    assert len(lost) == 1
    assert page.evaluate("document.documentElement.scrollWidth") == screen["viewport"]["width"]
    expect(fan.see_my_photos().locator("main")).to_contain_text("At seven · Lisbon")


def test_refusals_are_told_beside_the_photo_and_the_form_remembers(
    house: House, browser: Browser, campaign: str, photos: list[Path], tmp_path: Path
) -> None:
    fan = enter(browser, house, "cast-1", PHONE)
    page = fan.page
    words, film = tmp_path / "notes.jpg", tmp_path / "clip.mov"
    words.write_bytes(b"only words" * 100)
    film.write_bytes(b"frames")
    page.locator("input[name=photo]").set_input_files([photos[0], words, film])
    expect(page.locator("#photo-mend")).to_contain_text("clip.mov: This one is a video")
    expect(card(page, 1)).to_contain_text("This browser cannot show it to you.")
    drawn, undrawn = (card(page, number).locator(".mat").bounding_box() for number in range(2))
    assert (drawn["width"], drawn["height"]) == (undrawn["width"], undrawn["height"])
    for number in range(2):
        card(page, number).get_by_label("What do we see?").fill(f"Shadow {number}")
        card(page, number).get_by_label("Where is it?").fill("Faro")
    page.get_by_role("checkbox").check()
    page.reload()
    expect(page.get_by_role("heading", name="You had chosen 2 photos")).to_be_visible()
    fan.press("Go on")
    expect(card(page, 0).get_by_label("Where is it?")).to_have_value("Faro")
    expect(card(page, 1).get_by_label("What do we see?")).to_have_value("Shadow 1")
    expect(page.get_by_role("checkbox")).to_be_checked()
    fan.press("Send my 2 photos")

    expect(card(page, 0)).to_contain_text("A person from the show looks at it next", timeout=PATIENCE)
    expect(card(page, 1).get_by_role("heading", name="That file is not a photo")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("heading", name="1 of 2 photos reached us")).to_be_visible()


def test_without_script_the_same_form_sends_and_keeps_what_was_typed(
    house: House, browser: Browser, campaign: str, photos: list[Path]
) -> None:
    fan = enter(browser, house, "cast-2", PHONE | {"java_script_enabled": False})
    page = fan.page
    page.get_by_label("What do we see?").fill("My shadow")
    page.get_by_label("Where is it?").fill("Porto")
    page.get_by_role("checkbox").check()
    fan.press("Send my photo")
    expect(page.locator("#photo-mend")).to_have_text("Choose a photo first, or take one.")
    expect(page.get_by_label("What do we see?")).to_have_value("My shadow")
    page.locator("input[name=photo]").set_input_files(photos[0])
    fan.press("Send my photo")

    expect(page.locator(".flash")).to_contain_text("Your photo reached us")
    page.get_by_role("link", name="Change the words").click()
    page.get_by_label("What do we see?").fill("My shadow at noon")
    fan.press("Keep these words")
    expect(page.locator("main")).to_contain_text("My shadow at noon · Porto")
    page.get_by_role("link", name="Take this photo back").click()
    fan.press("Take it back")
    expect(page.get_by_role("heading", name="Taken back")).to_be_visible()
