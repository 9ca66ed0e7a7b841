"""Every kind of page, for everybody who may see it, on a phone and at a desk: it fits and keeps nobody out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser

from campaign.config import Settings
from campaign.demo import seed
from campaign.demo.stories import ANNOUNCED, JUDGING, OPEN
from tests.journeys.house import House
from tests.journeys.people import DESK, PHONE, Visitor
from tests.journeys.tour import Tour

pytestmark = pytest.mark.browser

SCREENS = pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
PEOPLE: dict[str, tuple[str, ...]] = {
    "": ("/", f"/c/{OPEN.slug}", f"/c/{ANNOUNCED.slug}/winners", f"/c/{OPEN.slug}/age"),
    "fan-1": ("/", f"/c/{OPEN.slug}/enter", "/me/photos", "/me/messages", "/me/profile"),
    "cast-1": ("/panel",),
    "staff-1": ("/desk", f"/desk/c/{OPEN.slug}/moderation"),
    "marketer-1": ("/desk", f"/desk/c/{OPEN.slug}", f"/desk/c/{JUDGING.slug}", f"/desk/c/{ANNOUNCED.slug}"),
}
"""Who looks, and the doors they begin at."""


@pytest.fixture(scope="module")
def shown(house: House, settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> House:
    """The demo with a few photos in each campaign."""
    with pytest.MonkeyPatch.context() as patched:
        few = [replace(OPEN, scenes=OPEN.scenes[:6], left_waiting=2)]
        few += [replace(story, scenes=story.scenes[:4]) for story in (JUDGING, ANNOUNCED)]
        for name, story in zip(("OPEN", "JUDGING"), few, strict=False):
            patched.setattr(seed, name, story)
        patched.setattr(seed, "STORIES", tuple(few))
        patched.setattr(seed, "WINNERS", 1)
        patched.setattr(seed, "FINALISTS", 2)
        patched.setattr(seed, "FINALS_TOP", 3)
        seed.seed_demo(settings, house.base_url, pictures=tmp_path_factory.mktemp("pictures"))
    return house


@SCREENS
@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person or "stranger")
def test_every_page_fits_and_has_no_barrier(
    shown: House, browser: Browser, app: Flask, person: str, screen: dict[str, Any]
) -> None:
    visitor = Visitor.arrive(browser, shown.base_url, person, screen)
    if person:
        visitor.open(f"/c/{OPEN.slug}/age")
        visitor.press("Yes, I am")
        visitor.open("/sign-in")
        visitor.choose_persona()

    tour = Tour(app, visitor).walk(*PEOPLE[person])

    assert tour.complaints == []
    assert {tour.kind_of(door) for door in PEOPLE[person]} <= set(tour.seen)
