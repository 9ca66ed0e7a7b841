"""Every kind of page, for everybody who may see it, on a phone and at a desk: it fits and keeps nobody out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from playwright.sync_api import Browser

from campaign.config import Settings
from campaign.demo import seed
from campaign.demo.stories import ANNOUNCED, JUDGING, OPEN
from tests.journeys.further_doors import further_doors
from tests.journeys.house import House
from tests.journeys.people import PHONE, Visitor
from tests.journeys.tour import NOT_PAGES, Tour

pytestmark = pytest.mark.browser

PEOPLE: dict[str, tuple[str, ...]] = {
    "": ("/", f"/c/{OPEN.slug}", f"/c/{ANNOUNCED.slug}/winners", f"/c/{OPEN.slug}/age"),
    "fan-1": ("/", f"/c/{OPEN.slug}/enter", "/me/photos", "/me/messages", "/me/profile"),
    "cast-1": ("/panel",),
    "staff-1": ("/desk", f"/desk/c/{OPEN.slug}/moderation"),
    "marketer-1": ("/desk", f"/desk/c/{OPEN.slug}", f"/desk/c/{JUDGING.slug}", f"/desk/c/{ANNOUNCED.slug}"),
}
"""Who looks, and the doors they begin at."""
SEEN: set[str] = set()
NO_PAGES = frozenset(
    {"health.healthz", "health.readyz", "insight.hours_picture", "insight.places_picture",
     "judging.desk_result_csv", "media.card", "pictures.card", "pictures.picture", "team.audit_csv"}
)  # fmt: skip
"""What answers a GET with something else than a page."""


@pytest.fixture(scope="module")
def shown(house: House, settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> House:
    """The demo with a few photos in each campaign."""
    few = [replace(OPEN, scenes=OPEN.scenes[:6], left_waiting=2)]
    few += [replace(story, scenes=story.scenes[:4]) for story in (JUDGING, ANNOUNCED)]
    pictures = tmp_path_factory.mktemp("pictures")
    seed.seed_demo(settings, house.base_url, pictures=pictures, stories=few)
    return house


@pytest.fixture(scope="module")
def doors(shown: House, app: Flask, settings: Settings) -> dict[str, tuple[str, ...]]:
    further = further_doors(app, shown, settings.oidc_providers[0].issuer)
    return {person: doors + further.get(person, ()) for person, doors in PEOPLE.items()}


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person or "stranger")
def test_every_page_fits_and_has_no_barrier(
    shown: House, browser: Browser, app: Flask, doors: dict[str, tuple[str, ...]], person: str
) -> None:
    visitor = Visitor.arrive(browser, shown.base_url, person, PHONE)
    if person:
        visitor.open(f"/c/{OPEN.slug}/age")
        visitor.press("Yes, I am")
        visitor.open("/sign-in")
        visitor.choose_persona()

    tour = Tour(app, visitor).walk(*doors[person])

    SEEN.update(tour.seen)
    assert not tour.complaints, "\n".join(tour.complaints)
    assert {tour.kind_of(door) for door in doors[person]} <= set(tour.seen)


def test_no_kind_of_page_was_forgotten(app: Flask) -> None:
    """Runs last: every page that answers a GET was looked at by somebody above."""
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    ours = {page for page in pages if "api" not in page.split(".")[0]}

    forgotten = sorted(ours - SEEN - NOT_PAGES - NO_PAGES)
    assert not forgotten, "\n".join(forgotten)
