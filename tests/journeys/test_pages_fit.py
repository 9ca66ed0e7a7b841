"""The main pages on a phone and on a desk: none wider than the screen, and no script or policy with anything to say."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from campaign.accounts.models import Role
from tests.journeys.house import House
from tests.journeys.people import DESK, PHONE, Fan, Marketer, Moderator, Visitor
from tests.journeys.photos import camera_jpeg

pytestmark = pytest.mark.browser

SLUG = "first-light"
TITLE = "Straßenbahnhaltestellenlichter"
"""A word that no line of a phone holds in display type."""
CAPTION = "Thousands of kitchens seen from the last tram home, and one of them mine"
PUBLIC = ("/", f"/c/{SLUG}", f"/c/{SLUG}/age", f"/c/{SLUG}/rules", f"/c/{SLUG}/winners", "/sign-in")
DESKS = ("/desk", "/desk/campaigns/new", *(f"/desk/c/{SLUG}{part}" for part in ("", "/edit", "/moderation", "/rounds")))


@pytest.fixture(scope="module")
def photo_path(house: House, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of the one photo in the gallery of a campaign made for these tests."""
    marketer = Marketer.arrive(browser, house.base_url, "admin-1", DESK)
    _welcome(marketer, house)
    marketer.make_campaign(TITLE, SLUG, "Show us the first light you see.")
    fan = Fan.arrive(browser, house.base_url, "fan-1", PHONE)
    fan.send_photo(SLUG, camera_jpeg(tmp_path_factory.mktemp("camera") / "IMG_7.jpg", 40), CAPTION)
    expect(fan.page.locator("[data-sending]")).to_contain_text("A person from the show looks at it next")
    Moderator(house.base_url, marketer.page, "admin-1").publish_all(SLUG, [CAPTION])
    path = marketer.page.locator("#gallery a").first.get_attribute("href")
    assert path
    return path


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_public_pages_fit(house: House, browser: Browser, photo_path: str, screen: dict[str, Any]) -> None:
    stranger = Visitor.arrive(browser, house.base_url, "nobody", screen)
    _check_all_fit(stranger, (*PUBLIC, photo_path))


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_pages_of_the_signed_in_fit(house: House, browser: Browser, photo_path: str, screen: dict[str, Any]) -> None:
    fan = Fan.arrive(browser, house.base_url, "fan-1", screen)
    fan.open(f"/c/{SLUG}/age")
    fan.press("Yes, I am")
    fan.choose_persona()
    expect(fan.page).to_have_url(re.compile("/enter$"))
    _check_all_fit(fan, (f"/c/{SLUG}/enter", "/me/photos", photo_path))


@pytest.mark.usefixtures("photo_path")
@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_pages_of_the_desk_fit(house: House, browser: Browser, screen: dict[str, Any]) -> None:
    marketer = Marketer.arrive(browser, house.base_url, "admin-1", screen)
    marketer.open("/sign-in")
    marketer.choose_persona()
    _check_all_fit(marketer, DESKS)


def _welcome(marketer: Marketer, house: House) -> None:
    marketer.accept_invitation(house.run("invite", Role.ADMIN.value).strip().splitlines()[-1])


def _check_all_fit(visitor: Visitor, paths: tuple[str, ...]) -> None:
    for path in paths:
        visitor.open(path)
        assert _hidden_width(visitor.page) == 0, path
    assert visitor.problems == []


def _hidden_width(page: Page) -> int:
    """CSS pixels by which the page is wider than its screen."""
    hidden: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return hidden
