"""The list of campaigns: by state, words and order; and that the database and Python agree on what a state is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from flask import current_app
from sqlalchemy import select

from campaign.campaigns.hooks import KEY
from campaign.campaigns.listing import Choice, Order, count_states, is_in, listed
from campaign.campaigns.models import Campaign, Stage, State
from campaign.campaigns.queries import desk_campaigns
from campaign.clock import database_now
from campaign.db import db, transaction
from tests.counting import statements
from tests.factories import make_campaign
from tests.people import Someone

HOUR = timedelta(hours=1)
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def _written(stage: Stage, opens: int, paused: bool, announces: int | None) -> Campaign:  # noqa: FBT001 -- a table's row
    """A campaign as it may stand in the database, with hours from noon."""
    opens_at = NOON + opens * HOUR
    return Campaign(
        slug=f"c-{stage}-{opens + 9}-{int(paused)}-{announces if announces is None else announces + 9}".lower(),
        title="", brief="", accent="#ffffff", time_zone="UTC", entry_limit=1, minimum_age=0,
        stage=stage, opens_at=opens_at, closes_at=opens_at + 2 * HOUR,
        launched_at=None if stage is Stage.DRAFT else opens_at,
        closed_at=opens_at + HOUR if stage in (Stage.CLOSED, Stage.ANNOUNCED) else None,
        announced_at=opens_at + HOUR if stage is Stage.ANNOUNCED else None,
        paused_at=opens_at if paused else None, pause_reason="Why" if paused else "",
        announces_at=None if announces is None else NOON + announces * HOUR,
    )  # fmt: skip


@pytest.mark.usefixtures("database")
def test_database_and_python_agree_on_every_state() -> None:
    shapes = [
        (stage, opens, paused, announces)
        for stage, opens, paused, announces in product(Stage, (-3, -2, -1, 0, 1), (False, True), (None, -1, 0, 1))
        if announces is None or stage in (Stage.CLOSED, Stage.ANNOUNCED)
    ]
    with transaction():
        db.session.add_all([_written(*shape) for shape in shapes])

    for state in State:
        found = set(db.session.scalars(select(Campaign.slug).where(is_in(state, NOON))))
        expected = {one.slug for one in db.session.scalars(select(Campaign)) if one.state_at(NOON) is state}
        assert found == expected
        assert found


def test_list_keeps_to_one_state(marketer: Someone) -> None:
    make_campaign(marketer.actor, slug="open-one")
    make_campaign(marketer.actor, State.DRAFT, slug="draft-one")

    page = listed(desk_campaigns(marketer.actor), Choice(state=State.DRAFT), database_now(), cursor=None)

    assert [campaign.slug for campaign in page.items] == ["draft-one"]


@pytest.mark.parametrize(
    ("words", "found"),
    [("SNOW", 1), ("snow first", 1), ("snow rain", 0), ("100%", 0), ("_", 0), ("\x00snow", 1), ("", 2)],
)
def test_search_wants_every_word(marketer: Someone, words: str, found: int) -> None:
    make_campaign(marketer.actor, title="First snow", slug="first-snow")
    make_campaign(marketer.actor, title="Night windows", slug="night-windows")

    page = listed(desk_campaigns(marketer.actor), Choice(words=words), database_now(), cursor=None)

    assert len(page.items) == found


@pytest.mark.parametrize(("order", "slugs"), [(Order.NEWEST, "cba"), (Order.CLOSING, "bca"), (Order.LATEST, "acb")])
def test_order_holds_across_pages(marketer: Someone, order: Order, slugs: str) -> None:
    now = database_now()
    for slug, days in (("a", 9), ("b", 1), ("c", 5)):
        make_campaign(marketer.actor, slug=slug, closes_at=now + timedelta(days=days))

    seen, cursor = "", None
    while True:
        page = listed(desk_campaigns(marketer.actor), Choice(order=order), now, cursor=cursor, limit=1)
        seen += "".join(campaign.slug for campaign in page.items)
        cursor = page.next_cursor
        if cursor is None:
            break

    assert seen == slugs


def test_states_are_counted_in_one_statement(marketer: Someone) -> None:
    make_campaign(marketer.actor, slug="open-one")
    make_campaign(marketer.actor, slug="open-two")
    make_campaign(marketer.actor, State.DRAFT, slug="draft-one")
    query = desk_campaigns(marketer.actor)
    now = database_now()

    with statements() as sent:
        counts = count_states(query, Choice(state=State.DRAFT), now)

    assert len(sent) == 1
    assert {state.value: count for state, count in counts.items() if count} == {"open": 2, "draft": 1}


def test_desk_shows_states_words_and_next_steps(marketer: Someone) -> None:
    make_campaign(marketer.actor, title="First snow", slug="first-snow")
    make_campaign(marketer.actor, State.DRAFT, title="Night windows", slug="night-windows")

    drafts = marketer.browser.get("/desk?state=draft").text
    nothing = marketer.browser.get("/desk?state=announced&q=sea").text

    assert "Night windows" in drafts
    assert "First snow" not in drafts
    assert "No campaign fits" in nothing
    assert "“sea”" in nothing


@pytest.mark.parametrize("query", ["state=gone", "sort=upwards", "q=" + "a" * 500, "q=%00"])
def test_desk_reads_past_what_it_does_not_know(marketer: Someone, query: str) -> None:
    assert marketer.browser.get(f"/desk?{query}").status_code == 200


def test_desk_without_campaigns_says_how_to_begin(marketer: Someone) -> None:
    assert "Make the first one" in marketer.browser.get("/desk").text


def test_list_says_that_something_stands_in_the_way(marketer: Someone, monkeypatch: pytest.MonkeyPatch) -> None:
    said = "Something stands in the way of the announcement"
    arranged = make_campaign(marketer.actor, State.CLOSED, slug="arranged")
    with transaction():
        arranged.announces_at = database_now() + timedelta(days=1)

    alarmed = marketer.browser.get("/desk").text
    monkeypatch.setattr(current_app.extensions[KEY], "announcement_guards", [])
    calm = marketer.browser.get("/desk").text

    assert (said in alarmed, "Announced by itself" in alarmed) == (True, False)
    assert (said in calm, "Announced by itself" in calm) == (False, True)


def test_list_says_when_the_winners_are_chosen(marketer: Someone, monkeypatch: pytest.MonkeyPatch) -> None:
    make_campaign(marketer.actor, State.CLOSED)

    assert "Judge, choose, announce" in marketer.browser.get("/desk").text
    monkeypatch.setattr(current_app.extensions[KEY], "announcement_guards", [])
    assert "Announce the winners" in marketer.browser.get("/desk").text


def test_desk_asks_as_often_for_30_as_for_1(marketer: Someone) -> None:
    make_campaign(marketer.actor, State.CLOSED, slug="first")
    marketer.browser.get("/")  # signed in
    with statements() as for_one:
        marketer.browser.get("/desk")
    for number in range(29):
        make_campaign(marketer.actor, State.CLOSED, slug=f"campaign-{number}")

    with statements() as for_thirty:
        marketer.browser.get("/desk")

    assert len(for_thirty) == len(for_one)
