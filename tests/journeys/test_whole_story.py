"""One campaign from a fan's phone to the winners' page, by the people who use it, in a real browser."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import requests
from PIL import Image
from playwright.sync_api import Browser, expect

from campaign.accounts.models import Role
from tests.journeys.house import House
from tests.journeys.looking import hidden_width
from tests.journeys.people import PHONE, Fan, Judge, Marketer, Moderator, Visitor
from tests.journeys.photos import STORED, camera_jpeg

pytestmark = pytest.mark.browser

BRIDGE, KITCHEN = "The bridge at six", "From my kitchen"
STARS = {BRIDGE: 5, KITCHEN: 2}
LONG = "Straßenbahnhaltestellenlichter"
"""A word that no line of a phone holds in display type."""


def test_campaign_from_phone_to_winners(house: House, browser: Browser, tmp_path: Path) -> None:
    """Everybody on a phone; `test_contest` has a desk."""
    screen, slug, title = PHONE, "tram-stops", LONG
    marketer = Marketer.arrive(browser, house.base_url, "marketer-1", screen)
    marketer.accept_invitation(_invitation(house, Role.MARKETER))
    marketer.make_campaign(title, slug, "Show us where you live at its best hour.")

    fans = [Fan.arrive(browser, house.base_url, name, screen) for name in ("fan-1", "fan-2")]
    for hue, (fan, caption) in enumerate(zip(fans, STARS, strict=True)):
        fan.send_photo(slug, camera_jpeg(tmp_path / f"IMG_{hue}.jpg", 20 + hue * 90), caption)
    _check_nothing_shows_yet(house, slug)

    staff = Moderator.arrive(browser, house.base_url, "staff-1", screen)
    staff.accept_invitation(_invitation(house, Role.STAFF))
    staff.publish_all(slug, list(STARS))
    expect(fans[0].see_my_photos().locator("main")).to_contain_text("gallery")
    _check_photos_served(house, slug)

    judges = [Judge.arrive(browser, house.base_url, name, screen) for name in ("cast-1", "cast-2")]
    for judge in judges:
        judge.accept_invitation(_invitation(house, Role.CAST))
    marketer.move(slug, "Close now", "It is closed")
    round_url = marketer.open_round(slug, judges=2)
    _judge_by_keys(judges[0], title)
    _judge_by_touch(judges[1], title)

    marketer.choose(round_url, winner=BRIDGE, finalist=KITCHEN)
    stranger = Visitor.arrive(browser, house.base_url, "nobody", screen)
    stranger.open(f"/c/{slug}/winners")
    expect(stranger.page.get_by_role("heading", level=1)).to_have_text("Not yet")
    marketer.move(slug, "Announce", "It is announced")
    stranger.open(f"/c/{slug}/winners")
    expect(stranger.page.get_by_role("heading", level=1)).to_have_text("The winner")
    expect(stranger.page.get_by_role("heading", level=2).first).to_have_text(BRIDGE)
    expect(stranger.page.get_by_text("First fan")).to_be_visible()
    expect(stranger.page.get_by_alt_text(KITCHEN)).to_be_attached()
    everybody = (marketer, staff, *fans, *judges, stranger)
    assert [hidden_width(visitor.page) for visitor in everybody] == [0] * 7
    assert [visitor.problems for visitor in everybody] == [[]] * 7


def _invitation(house: House, role: Role) -> str:
    return house.run("invite", role.value).strip().splitlines()[-1]


def _check_nothing_shows_yet(house: House, slug: str) -> None:
    listed = requests.get(f"{house.base_url}/api/v1/campaigns/{slug}/submissions", timeout=5).json()
    assert listed == {"data": [], "next_cursor": None}


def _check_photos_served(house: House, slug: str) -> None:
    """What anybody gets: WebP, upright, and not a word about the camera or the place."""
    listed = requests.get(f"{house.base_url}/api/v1/campaigns/{slug}/submissions", timeout=5).json()["data"]
    assert {photo["caption"] for photo in listed} == set(STARS)
    for photo in listed:
        assert (photo["width"], photo["height"]) == (STORED[1], STORED[0])
        answer = requests.get(photo["renditions"][0]["url"], timeout=5)
        with Image.open(io.BytesIO(answer.content)) as shown:
            assert answer.headers["Content-Type"] == "image/webp"
            assert shown.format == "WEBP"
            assert shown.height > shown.width
            assert not shown.getexif()
            assert not {"exif", "xmp"} & set(shown.info)


def _judge_by_keys(judge: Judge, title: str) -> None:
    """A wrong key first, taken back with `u`; then the right stars for both."""
    judge.sit_down(title)
    first = judge.caption
    judge.look()
    judge.page.keyboard.press("1")
    expect(judge.page.locator("[data-caption]")).not_to_have_text(first)
    judge.page.keyboard.press("u")
    expect(judge.page.locator("[data-caption]")).to_have_text(first)
    judge.look()
    judge.page.keyboard.press(str(STARS[first]))
    expect(judge.page.locator("[data-caption]")).not_to_have_text(first)
    judge.look()
    judge.page.keyboard.press(str(STARS[judge.caption]))
    expect(judge.page.get_by_role("heading", name="That was the last one")).to_be_visible()


def _judge_by_touch(judge: Judge, title: str) -> None:
    judge.sit_down(title)
    assert judge.progress == "0 of 2 yours"
    for done in (1, 2):
        judge.look()
        judge.page.get_by_role("button", name=f"{STARS[judge.caption]} star").click()
        if done == 1:
            expect(judge.page.locator("[data-part=count]")).to_have_text("1 of 2 yours")
    expect(judge.page.get_by_role("heading", name="That was the last one")).to_be_visible()
