"""Views are counted once they were seen by a fan, in memory first; nothing of the fan is kept."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from campaign.campaigns.models import Campaign, State
from campaign.db import db
from campaign.insight import tally
from campaign.insight.models import Kind, Traffic
from campaign.insight.tally import KEY, Tally, tally_of
from tests.counting import statements
from tests.factories import make_campaign
from tests.people import Someone, meet

PAGE, ENTER = "/c/flaunt-your-city", "/c/flaunt-your-city/enter"


@pytest.fixture(autouse=True)
def _counted_anew(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.extensions, KEY, Tally(app, every=None))


def counts(app: Flask) -> dict[str, int]:
    tally_of(app).flush()
    rows = db.session.execute(select(Traffic.kind, Traffic.count)).all()
    found: dict[str, int] = {}
    for kind, count in rows:
        found[kind.value] = found.get(kind.value, 0) + count
    return found


def test_visits_and_starts_are_counted(app: Flask, campaign: Campaign, fan: Someone, anonymous: Someone) -> None:
    for _ in range(3):
        assert anonymous.browser.get(PAGE).status_code == 200
    assert fan.browser.get(PAGE).status_code == 200
    assert fan.browser.get(ENTER).status_code == 200

    assert counts(app) == {"visit": 4, "start": 1}
    fan.browser.get(PAGE)
    assert counts(app) == {"visit": 5, "start": 1}


@pytest.mark.parametrize("name", ["staff", "marketer", "admin"])
def test_the_desk_does_not_count(app: Flask, campaign: Campaign, request: pytest.FixtureRequest, name: str) -> None:
    browser = request.getfixturevalue(name).browser

    assert [browser.get(place).status_code for place in (PAGE, ENTER)] == [200, 200]
    assert counts(app) == {}


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
        {"Sec-Fetch-Dest": "empty"},
        {"User-Agent": "facebookexternalhit/1.1"},
        {"User-Agent": "WhatsApp/2.23.20.0"},
        {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
        {"User-Agent": "Slackbot-LinkExpanding 1.0"},
    ],
)
def test_what_nobody_looks_at_does_not_count(
    app: Flask, campaign: Campaign, anonymous: Someone, headers: dict[str, str]
) -> None:
    assert anonymous.browser.get(PAGE, headers=headers).status_code == 200
    assert counts(app) == {}


@pytest.mark.parametrize(
    "agent",
    [
        "Mozilla/5.0 (Linux; Android 9; CUBOT KINGKONG) AppleWebKit/537.36 Chrome/120 Mobile",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) [FBAN/FBIOS]",
    ],
)
def test_people_count_whatever_telephone_they_hold(
    app: Flask, campaign: Campaign, anonymous: Someone, agent: str
) -> None:
    anonymous.browser.get(PAGE, headers={"User-Agent": agent, "Sec-Fetch-Dest": "document"})

    assert counts(app) == {"visit": 1}


def test_other_answers_do_not_count(app: Flask, campaign: Campaign, anonymous: Someone) -> None:
    browser = anonymous.browser

    assert browser.head(PAGE).status_code == 200
    assert browser.get("/c/nowhere").status_code == 404
    assert browser.get(f"{PAGE}/rules").status_code == 200
    assert browser.get(f"{PAGE}?after=x").status_code in (200, 422)

    assert counts(app) == {}


def test_a_view_costs_no_statement(app: Flask, campaign: Campaign, anonymous: Someone) -> None:
    anonymous.browser.get(PAGE)
    with statements() as sent:
        anonymous.browser.get(PAGE)

    assert not [one for one in sent if "traffic" in one]


def test_hours_are_those_of_the_campaigns_clock(app: Flask, marketer: Someone) -> None:
    make_campaign(marketer.actor, State.OPEN, title="Mumbai", time_zone="Asia/Kolkata")
    for minute in (29, 31, 59):
        tally_of(app).add("mumbai", Kind.VISIT, datetime(2026, 11, 22, 12, minute, 30, tzinfo=UTC))

    counts(app)

    rows = db.session.execute(select(Traffic.hour, Traffic.count).order_by(Traffic.hour)).all()
    assert rows == [
        (datetime(2026, 11, 22, 11, 30, tzinfo=UTC), 1),
        (datetime(2026, 11, 22, 12, 30, tzinfo=UTC), 2),
    ]


def test_counts_wait_while_the_database_is_away(
    app: Flask, campaign: Campaign, anonymous: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_counts: Any) -> None:
        raise OperationalError("", {}, Exception())

    anonymous.browser.get(PAGE)
    with monkeypatch.context() as broken:
        broken.setattr(tally, "_write", away)
        tally_of(app).flush()
    anonymous.browser.get(PAGE)

    assert counts(app) == {"visit": 2}


def test_a_campaign_that_went_away_is_no_trouble(app: Flask, campaign: Campaign) -> None:
    tally_of(app).add("went-away", Kind.VISIT)
    tally_of(app).add(campaign.slug, Kind.VISIT)

    assert counts(app) == {"visit": 1}


def test_processes_add_up_and_one_writes_after_a_while(app: Flask, committed: None) -> None:
    """Two processes' tallies and eight threads; the second writes by itself, as it does in earnest."""
    make_campaign(meet(app, "marketer").actor)
    by_hand, by_itself = Tally(app, every=None), Tally(app, every=0.05)

    def look() -> None:
        for _ in range(50):
            for one in (by_hand, by_itself):
                one.add("flaunt-your-city", Kind.VISIT)
            by_hand.flush()

    threads = [threading.Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    total = text("SELECT coalesce(sum(count), 0) FROM traffic")
    written = threading.Event()
    for _ in range(200):
        db.session.rollback()
        if db.session.scalar(total) == 800:
            break
        written.wait(0.05)
    assert db.session.scalar(total) == 800
