"""A whole contest in a real browser: shortlist, stars, a duel and a ranking, each round from the result of the last."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.house import House
from tests.journeys.looking import barriers, hidden_width
from tests.journeys.panel_hall import Judge, hang, sit
from tests.journeys.people import DESK, PATIENCE, PHONE

pytestmark = pytest.mark.browser

SLUG = "a-whole-contest"
PHOTOS = 6
ALL_DONE = re.compile(r"^(\d+) of \1 yours$")
Judging = Callable[[Judge], None]


@pytest.fixture
def marketer(app: Flask, browser: Browser, house: House) -> Page:
    hang(app, SLUG, PHOTOS)
    return sit(app, browser, house.base_url, DESK, "marketer").page


@pytest.fixture
def judges(app: Flask, browser: Browser, house: House) -> list[Judge]:
    screens = {"cast_member": DESK, "other_cast_member": PHONE}
    return [sit(app, browser, house.base_url, screen, name) for name, screen in screens.items()]


def test_contest_of_three_rounds_and_a_duel_from_the_desk_to_the_winners(marketer: Page, judges: list[Judge]) -> None:
    marketer.goto(f"/desk/c/{SLUG}/rounds/new")
    prepare(marketer, "First look", "Shortlist", each=2)
    hold(marketer, judges, shortlist)
    assert sorted(captions(marketer)[:4]) == [f"City {number}" for number in (1, 2, 3, 4)]

    take_the_top(marketer, 4)
    prepare(marketer, "Second look", "Stars", each=2)
    hold(marketer, judges, stars)
    assert captions(marketer) == [f"City {number}" for number in (1, 2, 3, 4)]
    check(marketer)

    take_the_top(marketer, 3)
    prepare(marketer, "In pairs", "Duel", each=2)
    hold(marketer, judges, duel)
    assert captions(marketer)[0] == "City 1"

    take_the_top(marketer, 3)
    prepare(marketer, "The order", "Ranking", each=2)
    hold(marketer, judges, ranking)
    assert captions(marketer) == [f"City {number}" for number in (1, 2, 3)]

    ask(marketer, "Make the result final")
    expect(marketer.get_by_role("link", name="Download the dossier")).to_be_visible()
    check(marketer)
    marketer.get_by_label("The top", exact=True).fill("1")
    marketer.get_by_label("win, the next").fill("2")
    marketer.get_by_role("button", name="Choose them, then announce").click()
    expect(marketer.get_by_role("heading", level=1)).to_contain_text("nnounce")
    marketer.goto(f"/desk/c/{SLUG}")
    ask(marketer, "Announce")
    expect(marketer.locator("main")).to_contain_text("It is announced")
    marketer.goto(f"/c/{SLUG}/winners")
    expect(marketer.get_by_role("heading", level=2).first).to_have_text("City 1")
    assert [judge.problems for judge in judges] == [[], []]


def prepare(page: Page, title: str, method: str, *, each: int) -> None:
    """Save a draft of the method, and open it."""
    page.get_by_label("Title").fill(title)
    page.get_by_role("radio", name=re.compile(f"^{method}")).check()
    page.locator("#quorum").fill(str(each))
    page.get_by_role("button", name="Save the round").click()
    ask(page, "Open to the panel")
    expect(page.locator(".head .tag").first).to_have_text("open")


def hold(page: Page, judges: list[Judge], judging: Judging) -> None:
    """Every judge judges all that is theirs; the marketer closes the round."""
    round_id = page.url.partition("?")[0].rpartition("/")[2]
    for judge in judges:
        judge.page.goto(f"/panel/{round_id}")
        while not is_through(judge):
            judge.look()
            judging(judge)
            judge.sent()
            more = judge.page.locator("[data-part=count]").filter(has_not_text=ALL_DONE)
            expect(rest(judge).or_(more)).to_be_visible(timeout=PATIENCE)
    page.reload()
    ask(page, "Close and seal")
    expect(page.locator("#result")).to_be_visible()


def rest(judge: Judge) -> Locator:
    """What the page says where nothing lies before the judge; it comes by loading the page anew."""
    return judge.page.locator(".rest:not([data-part=dry])")


def is_through(judge: Judge) -> bool:
    """Whether nothing lies before the judge any more."""
    expect(judge.page.locator("[data-easel][data-state=here]").or_(rest(judge)).first).to_be_visible()
    return rest(judge).is_visible()


def take_the_top(page: Page, number: int) -> None:
    page.get_by_label("Another round with the top").fill(str(number))
    page.get_by_role("button", name="Prepare it").click()


def ask(page: Page, label: str) -> None:
    """Press what asks first, and say yes."""
    page.get_by_role("button", name=label).first.click()
    page.get_by_role("dialog").get_by_role("button", name=label).click()


def captions(page: Page) -> list[str]:
    """The result, best first."""
    return [one.inner_text() for one in page.locator("table.results td:nth-child(3) b").all()]


def check(page: Page) -> None:
    assert barriers(page) == []
    assert hidden_width(page) == 0


def city(of: Locator) -> int:
    """The number of the city in its caption: the lower, the better everybody here likes it."""
    return int((of.text_content() or "").partition("City ")[2].split()[0])


def shortlist(judge: Judge) -> None:
    judge.page.keyboard.press("y" if city(judge.page.locator("[data-caption]")) <= 4 else "n")


def stars(judge: Judge) -> None:
    judge.page.keyboard.press(str(6 - city(judge.page.locator("[data-caption]"))))


def duel(judge: Judge) -> None:
    left, right = (city(one) for one in judge.page.locator("[data-caption]").all())
    judge.page.keyboard.press("ArrowLeft" if left < right else "ArrowRight")


def ranking(judge: Judge) -> None:
    rest = judge.page.locator("[data-rest] li")
    for number in sorted(city(row.locator("[data-caption]")) for row in rest.all()):
        rest.filter(has_text=f"City {number}").locator("[data-step=place]").click()
    judge.page.keyboard.press("g")
