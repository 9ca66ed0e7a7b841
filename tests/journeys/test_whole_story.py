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
from tests.journeys.people import DESK, PHONE, TABLET, Fan, Judge, Marketer, Moderator, Visitor
from tests.journeys.photos import STORED, camera_jpeg

pytestmark = pytest.mark.browser

SLUG = "flaunt-your-city"
TITLE = "Flaunt Your City"
BRIDGE, KITCHEN = "The bridge at six", "From my kitchen"
STARS = {BRIDGE: 5, KITCHEN: 2}


def test_campaign_from_phone_to_winners(house: House, browser: Browser, tmp_path: Path) -> None:
    marketer = Marketer.arrive(browser, house.base_url, "marketer-1", DESK)
    marketer.accept_invitation(_invitation(house, Role.MARKETER))
    marketer.make_campaign(TITLE, SLUG, "Show us where you live at its best hour.")

    fans = [Fan.arrive(browser, house.base_url, name, PHONE) for name in ("fan-1", "fan-2")]
    for hue, (fan, caption) in enumerate(zip(fans, STARS, strict=True)):
        fan.send_photo(SLUG, camera_jpeg(tmp_path / f"IMG_{hue}.jpg", 20 + hue * 90), caption)
    _check_nothing_shows_yet(house)

    staff = Moderator.arrive(browser, house.base_url, "staff-1", DESK)
    staff.accept_invitation(_invitation(house, Role.STAFF))
    staff.publish_all(SLUG, list(STARS))
    expect(fans[0].see_my_photos().locator("main")).to_contain_text("gallery")
    _check_photos_served(house)

    judges = [Judge.arrive(browser, house.base_url, name, TABLET) for name in ("cast-1", "cast-2")]
    for judge in judges:
        judge.accept_invitation(_invitation(house, Role.CAST))
    marketer.move(SLUG, "Close now", "It is closed")
    round_url = marketer.open_round(SLUG, judges=2)
    _judge_by_keys(judges[0])
    _judge_by_touch(judges[1])

    marketer.choose(round_url, winner=BRIDGE, finalist=KITCHEN)
    stranger = Visitor.arrive(browser, house.base_url, "nobody", DESK)
    stranger.open(f"/c/{SLUG}/winners")
    expect(stranger.page.get_by_role("heading", level=1)).to_have_text("Not yet")
    marketer.move(SLUG, "Announce", "It is announced")
    stranger.open(f"/c/{SLUG}/winners")
    expect(stranger.page.get_by_role("heading", level=1)).to_have_text("The winner")
    expect(stranger.page.get_by_role("heading", level=2).first).to_have_text(BRIDGE)
    expect(stranger.page.get_by_text("First fan")).to_be_visible()
    expect(stranger.page.get_by_alt_text(KITCHEN)).to_be_attached()
    assert [visitor.problems for visitor in (marketer, staff, *fans, *judges, stranger)] == [[]] * 7


def _invitation(house: House, role: Role) -> str:
    return house.run("invite", role.value).strip().splitlines()[-1]


def _check_nothing_shows_yet(house: House) -> None:
    listed = requests.get(f"{house.base_url}/api/v1/campaigns/{SLUG}/submissions", timeout=5).json()
    assert listed == {"data": [], "next_cursor": None}


def _check_photos_served(house: House) -> None:
    """What anybody gets: WebP, upright, and not a word about the camera or the place."""
    listed = requests.get(f"{house.base_url}/api/v1/campaigns/{SLUG}/submissions", timeout=5).json()["data"]
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


def _judge_by_keys(judge: Judge) -> None:
    """A wrong key first, taken back with `u`; then the right stars for both."""
    judge.sit_down(TITLE)
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


def _judge_by_touch(judge: Judge) -> None:
    judge.sit_down(TITLE)
    assert judge.progress == "0 of 2 yours"
    for done in (1, 2):
        judge.look()
        judge.page.get_by_role("button", name=f"{STARS[judge.caption]} star").tap()
        if done == 1:
            expect(judge.page.locator("[data-part=count]")).to_have_text("1 of 2 yours")
    expect(judge.page.get_by_role("heading", name="That was the last one")).to_be_visible()
