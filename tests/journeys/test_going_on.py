"""A page reloaded, killed, opened twice or signed out of: what was being sent goes on, and arrives once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, expect

from tests.journeys.house import House
from tests.journeys.looking import barriers, hidden_width
from tests.journeys.people import Fan
from tests.journeys.phone import await_middle, choose, expect_there, open_campaign, send, states
from tests.journeys.road import Road

pytestmark = pytest.mark.browser

KEPT_HERE = """() => new Promise((told) => {
  const opening = indexedDB.open("flaunt");
  opening.onsuccess = () => {
    const counting = opening.result.transaction("photos").objectStore("photos").count();
    counting.onsuccess = () => told(counting.result);
  };
})"""


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
    way.open()
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
    way.open()
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
    way.open()
    expect_there(page)
    expect(other.locator("[data-offer]")).to_be_hidden()
    assert states(app, slug) == ["here"]


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
