"""Takes the pictures of docs/pictures/ from a running `make run`: `python -m tests.journeys.pictures [ADDRESS]`."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from campaign.cli import ROOT
from campaign.demo.stories import ANNOUNCED, OPEN
from tests.journeys.conftest import QUIET, chromium
from tests.journeys.people import DESK, PHONE, Visitor

FOLDER = ROOT / "docs" / "pictures"
WIDEST = 1000
QUALITY = 80
GAP, GROUND = 24, "#16161c"


@dataclass(frozen=True)
class Shot:
    """One screen: who looks, at which address, on what."""

    who: str
    path: str
    screen: dict[str, Any]


PICTURES: dict[str, tuple[Shot, ...]] = {
    "fan": (
        Shot("", f"/c/{OPEN.slug}", PHONE),
        Shot("fan-1", f"/c/{OPEN.slug}/enter", PHONE),
        Shot("fan-1", "/me/photos", PHONE),
        Shot("fan-1", "/me/messages", PHONE),
    ),
    "moderation": (Shot("staff-1", f"/desk/c/{OPEN.slug}/moderation", DESK),),
    "desk": (Shot("marketer-1", f"/desk/c/{OPEN.slug}", DESK),),
    "insight": (Shot("marketer-1", f"/desk/c/{OPEN.slug}/insight", DESK),),
    "panel": (Shot("cast-1", "/panel", DESK),),
    "winners": (Shot("", f"/c/{ANNOUNCED.slug}/winners", DESK),),
}


def take(browser: Browser, address: str) -> None:
    """Every picture, each of one screen or of several side by side, as a JPEG of at most WIDEST pixels."""
    for name, shots in PICTURES.items():
        screens = [Image.open(io.BytesIO(_shoot(browser, address, shot))).convert("RGB") for shot in shots]
        picture = _side_by_side(screens)
        picture.thumbnail((WIDEST, WIDEST * 2))
        picture.save(FOLDER / f"{name}.jpg", quality=QUALITY, optimize=True, progressive=True)


def _shoot(browser: Browser, address: str, shot: Shot) -> bytes:
    visitor = Visitor.arrive(browser, address, shot.who, shot.screen)
    if shot.who:
        visitor.open(f"/c/{OPEN.slug}/age")
        visitor.press("Yes, I am")
        visitor.open("/sign-in")
        visitor.choose_persona()
    visitor.open(shot.path)
    if shot.path == "/panel":
        _sit_down(visitor.page)
    visitor.page.wait_for_load_state("networkidle")
    taken: bytes = visitor.page.screenshot()
    visitor.page.context.close()
    return taken


def _sit_down(page: Page) -> None:
    page.locator("main").get_by_role("link").filter(has_text="").first.click()
    page.locator("[data-easel][data-state=here]").wait_for()


def _side_by_side(screens: list[Image.Image]) -> Image.Image:
    if len(screens) == 1:
        return screens[0]
    width = sum(one.width for one in screens) + GAP * (len(screens) + 1)
    sheet = Image.new("RGB", (width, max(one.height for one in screens) + 2 * GAP), GROUND)
    left = GAP
    for one in screens:
        sheet.paste(one, (left, GAP))
        left += one.width + GAP
    return sheet


def main() -> None:
    address = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(QUIET))
        take(browser, address)
        browser.close()


if __name__ == "__main__":
    main()
