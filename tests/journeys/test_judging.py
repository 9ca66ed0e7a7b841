"""A judge's evening: all four ways of judging, by keys and by finger, and a minute without a network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from campaign.db import db, transaction
from campaign.judging.methods.shape import Criterion, Method
from campaign.judging.models import Assignment, Ballot, Round
from tests.journeys.fingers import pinch, swipe
from tests.journeys.house import House
from tests.journeys.looking import barriers, hidden_width
from tests.journeys.panel_hall import LARGEST, Judge, prepare, sit
from tests.journeys.people import DESK, PHONE

pytestmark = pytest.mark.browser

PLANS: dict[str, tuple[int, dict[str, Any]]] = {
    "shortlist": (26, {"method": Method.SHORTLIST}),
    "stars": (5, {"scale": 10, "criteria": [Criterion("Light", 2), Criterion("Story")]}),
    "duel": (5, {"method": Method.DUEL}),
    "ranking": (5, {"method": Method.RANKING, "list_size": 5}),
}

FETCHED = "() => performance.getEntriesByType('resource').filter(one => one.name.includes('/media/')).length >= 20"
"""Enough photos on this device to judge for a minute without a network."""


@pytest.fixture(scope="module")
def rounds(app: Flask, house: House) -> dict[str, UUID]:
    """One open round for each way of judging."""
    return {name: prepare(app, f"judged-by-{name}", photos, **plan) for name, (photos, plan) in PLANS.items()}


@pytest.fixture
def judge(request: pytest.FixtureRequest, app: Flask, browser: Browser, house: House) -> Iterator[Judge]:
    """At a desk, unless the test asks for another screen."""
    judge = sit(app, browser, house.base_url, getattr(request, "param", DESK))
    yield judge
    assert judge.problems == []
    judge.page.context.close()


def words(app: Flask, round_id: UUID) -> list[dict[str, Any]]:
    """What the judge's ballots say now, in the order they were given."""
    with app.app_context():
        query = select(Ballot).join(Assignment).where(Assignment.round_id == round_id).order_by(Ballot.cast_at)
        columns = ("scores", "vote", "winner", "ranking")
        return [
            {name: value for name in columns if (value := getattr(one, name)) is not None}
            for one in db.session.scalars(query)
        ]


def caption(page: Page) -> str:
    return page.locator("[data-caption]").first.inner_text()


def check(page: Page) -> None:
    assert barriers(page) == []
    assert hidden_width(page) == 0


def test_shortlist_by_keys_with_marks_undo_and_a_way_back(judge: Judge, rounds: dict[str, UUID], app: Flask) -> None:
    page = judge.open(rounds["shortlist"]).page
    judge.look()
    expect(page.locator("[data-panel]")).to_have_attribute("data-ready", "3")
    page.wait_for_function(FETCHED)
    first = caption(page)

    page.keyboard.press("f")
    page.keyboard.press("w")
    page.keyboard.type("y or n? Look again")
    page.get_by_role("button", name="Keep it").click()
    page.keyboard.press("y")
    judge.look()
    second = caption(page)
    page.keyboard.press("n")
    judge.look()
    page.keyboard.press("u")
    expect(page.locator("[data-caption]")).to_have_text(second)
    judge.look()
    page.keyboard.press("m")
    judge.sent()

    assert second != first
    assert words(app, rounds["shortlist"]) == [{"vote": "yes"}, {"vote": "maybe"}]
    assert judge.said == "2 of 26 yours"
    page.goto(f"/panel/{rounds['shortlist']}/mine?only=favourites")
    expect(page.locator(".ballots li")).to_have_count(1)
    expect(page.locator(".ballots")).to_contain_text("y or n? Look again")
    check(page)
    page.get_by_role("link", name=re.compile(f"^Change.*{first}$")).click()
    judge.look()
    expect(page.get_by_role("button", name="Yes")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("n")
    judge.sent()
    assert sorted(one["vote"] for one in words(app, rounds["shortlist"])) == ["maybe", "no"]


@pytest.mark.parametrize("judge", [PHONE], indirect=True)
def test_shortlist_by_one_finger_two_and_a_minute_offline(judge: Judge, rounds: dict[str, UUID], app: Flask) -> None:
    page = judge.open(rounds["shortlist"]).page
    judge.look()
    before = len(words(app, rounds["shortlist"]))
    pinch(page, 1.5)
    expect(page.locator("[data-loupe]")).to_be_visible()
    page.get_by_role("button", name="Close").click()
    expect(page.locator("[data-panel]")).to_have_attribute("data-ready", "3")
    page.wait_for_load_state("networkidle")

    page.context.set_offline(offline=True)
    for across in (150, -150, 150, 150):
        swipe(page, across, 0)
        judge.look()
    expect(page.locator(".line")).to_contain_text(
        "4 ballots wait on this device; they go as soon as the network is back."
    )
    check(page)
    page.locator("[data-part=undo]").click()
    expect(page.locator(".line")).to_contain_text("3 ballots wait on this device")
    assert len(words(app, rounds["shortlist"])) == before

    page.close()
    page.context.set_offline(offline=False)
    again = page.context.new_page()
    again.goto("/panel")
    expect(again.locator("[data-panel]")).to_have_attribute("data-waiting", "0")
    assert [one["vote"] for one in words(app, rounds["shortlist"])][-3:] == ["yes", "no", "yes"]


def test_stars_for_each_criterion_up_to_ten_by_keys(judge: Judge, rounds: dict[str, UUID], app: Flask) -> None:
    page = judge.open(rounds["stars"]).page
    judge.look()
    page.keyboard.press("7")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").last).to_have_text("Still without stars: Story.")
    page.keyboard.press("0")
    page.keyboard.press("z")
    region = page.locator("[data-loupe]")
    expect(region).to_have_attribute("data-scale", "100")
    assert page.locator(".under img").evaluate("image => Math.round(Math.max(image.width, image.height))") == LARGEST
    page.keyboard.press("+")
    expect(region).to_have_attribute("data-scale", "141")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("0")
    expect(region).not_to_have_attribute("data-scale", re.compile("^1[0-9]{2}$"))
    check(page)
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    judge.sent()
    assert words(app, rounds["stars"]) == [{"scores": [7, 10]}]

    judge.look()
    page.keyboard.press("k")
    page.get_by_label("Why, if you like").fill("A neighbour's balcony")
    page.get_by_role("button", name="Step aside").click()
    judge.sent()
    expect(page.get_by_role("alert").last).to_contain_text("Somebody else judges it")


@pytest.mark.parametrize("judge", [PHONE], indirect=True)
def test_no_score_is_taken_before_the_photo_is_on_screen(judge: Judge, rounds: dict[str, UUID], app: Flask) -> None:
    page = judge.page
    page.route("**/media/**", lambda _: None)
    page.goto(f"/panel/{rounds['duel']}", wait_until="commit")
    expect(page.locator("[data-easel]")).to_have_attribute("data-state", "waiting")

    page.locator("[data-part=left]").click()

    expect(page.get_by_role("alert").last).to_contain_text("still on its way")
    assert words(app, rounds["duel"]) == []
    page.unroute_all()


def test_duel_by_keys_and_both_under_the_loupe(judge: Judge, rounds: dict[str, UUID], app: Flask) -> None:
    page = judge.open(rounds["duel"]).page
    judge.look()
    check(page)
    left, right = (page.locator("[data-pane]").nth(at).get_attribute("data-photo") for at in (0, 1))
    page.keyboard.press("z")
    page.keyboard.press("+")
    expect(page.locator(".under")).to_have_count(2)
    page.keyboard.press("ArrowRight")
    moved = page.evaluate("[...document.querySelectorAll('.under img')].map(image => image.style.transform)")
    assert len(set(moved)) <= 2
    page.keyboard.press("b")
    judge.look()
    page.keyboard.press("u")
    judge.look()
    assert page.locator("[data-pane]").first.get_attribute("data-photo") == left
    page.keyboard.press("ArrowLeft")
    judge.sent()

    assert words(app, rounds["duel"]) == [{"winner": left}]
    assert right != left
    judge.look()
    page.keyboard.press("s")
    judge.sent()
    assert len(words(app, rounds["duel"])) == 1


def test_ranking_by_keys_by_buttons_and_by_dragging(judge: Judge, rounds: dict[str, UUID], app: Flask) -> None:
    page = judge.open(rounds["ranking"]).page
    judge.look()
    spoken = page.locator("[data-part=live]")
    for _ in range(4):
        page.locator("[data-rest] [data-step=place]").first.click()
    ids = [row.get_attribute("data-photo") for row in page.locator("[data-ranked] li").all()]
    page.locator("[data-ranked] [data-grip]").last.focus()
    page.keyboard.press("Space")
    expect(spoken).to_contain_text("is in your hand")
    page.keyboard.press("ArrowUp")
    expect(spoken).to_contain_text("place 3 of 4")
    page.keyboard.press("=")
    expect(spoken).to_contain_text("place 2 of 4, tied")
    page.keyboard.press("Space")
    expect(page.locator("[data-ranked] [data-place]")).to_have_text(["1", "2=", "2=", "4"])
    check(page)

    grip = page.locator(f'[data-photo="{ids[2]}"] [data-grip]').bounding_box()
    top = page.locator(f'[data-photo="{ids[0]}"]').bounding_box()
    assert grip is not None
    assert top is not None
    page.mouse.move(grip["x"] + 20, grip["y"] + 20)
    page.mouse.down()
    page.mouse.move(grip["x"] + 20, top["y"] + 20, steps=4)
    page.mouse.move(grip["x"] + 20, top["y"] + 6)
    page.mouse.up()
    expect(page.locator("[data-ranked] [data-place]")).to_have_text(["1", "2", "3=", "3="])
    page.locator("[data-ranked] [data-look]").first.click()
    expect(page.locator("[data-loupe]")).to_be_visible()
    page.keyboard.press("z")
    page.keyboard.press("g")
    judge.sent()

    assert words(app, rounds["ranking"]) == [
        {"ranking": [[ids[2]], [ids[0]], sorted(one for one in (ids[1], ids[3]) if one)]}
    ]


def test_ballots_that_the_closing_overtook_are_named(judge: Judge, rounds: dict[str, UUID], app: Flask) -> None:
    page = judge.open(rounds["stars"]).page
    judge.look()
    shown = caption(page)
    page.context.set_offline(offline=True)
    page.keyboard.press("3")
    page.keyboard.press("4")
    page.keyboard.press("Enter")
    expect(page.locator(".line")).to_contain_text("1 ballot waits on this device")
    with app.app_context(), transaction():
        db.session.get_one(Round, rounds["stars"]).closes_at = db.session.get_one(Round, rounds["stars"]).opened_at

    page.context.set_offline(offline=False)

    told = page.locator("[data-notice=lost]")
    expect(told).to_contain_text("The round closed before 1 ballot of yours reached us")
    expect(told).to_contain_text(shown)
    page.wait_for_url("**/panel")
    check(page)
    page.get_by_role("button", name="I have read it").click()
    expect(told).to_be_hidden()
    expect(page.get_by_role("heading", name="Thank you for these")).to_be_visible()


@pytest.mark.parametrize("judge", [PHONE | {"java_script_enabled": False}], indirect=True)
def test_every_method_works_without_the_script(judge: Judge, rounds: dict[str, UUID], app: Flask, house: House) -> None:
    page = judge.open(rounds["duel"]).page
    before = len(words(app, rounds["duel"]))
    page.locator("button[name=winner]").first.click()
    assert len(words(app, rounds["duel"])) == before + 1
    page.get_by_role("button", name="Undo").click()
    assert len(words(app, rounds["duel"])) == before
    page.get_by_role("button", name="Skip").click()
    expect(page.get_by_role("alert").last).to_contain_text("It is no vote")
    assert house.base_url in page.url
