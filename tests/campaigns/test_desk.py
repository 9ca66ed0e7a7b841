"""The desk of a campaign: its next step, its numbers, its preview."""

from __future__ import annotations

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from campaign.campaigns.hooks import KEY, Figure
from campaign.campaigns.models import State
from campaign.campaigns.pausing import pause_campaign
from campaign.clock import database_now
from campaign.db import transaction
from campaign.submissions.models import SubmissionState
from tests.campaigns.forms import DESK, campaign_now
from tests.factories import add_photos, make_campaign
from tests.people import Someone

LISBON = ZoneInfo("Europe/Lisbon")


def _next(page: str) -> str:
    """The words of the box that says what to do next."""
    found = re.search(r'<section class="box next.*?</section>', page, re.DOTALL)
    assert found is not None
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split())


def test_next_step_follows_the_campaigns_life(marketer: Someone, fan: Someone) -> None:
    campaign = make_campaign(marketer.actor, State.DRAFT)
    assert "then launch it. Launch" in _next(marketer.browser.get(DESK).text)

    marketer.browser.post(f"{DESK}/transitions", data={"to": "open"})
    assert _next(marketer.browser.get(DESK).text) == "Next Every photo has been looked at. Nothing waits for you."

    assert fan.person_id is not None
    add_photos(campaign, fan.person_id, 2, SubmissionState.READY)
    assert "Look at 2 photos" in _next(marketer.browser.get(DESK).text)

    add_photos(campaign, fan.person_id, 1, SubmissionState.READY, first_entry=3)
    with transaction():
        pause_campaign(marketer.actor, campaign.id, "A day off")
    page = marketer.browser.get(DESK).text
    assert "Nothing new comes in until you resume. Look at 3 photos" in _next(page)
    assert "A day off" in page


def test_one_button_stands_out(marketer: Someone) -> None:
    for state in (State.DRAFT, State.OPEN, State.CLOSED):
        make_campaign(marketer.actor, state, slug=f"a-{state}")

        page = marketer.browser.get(f"/desk/c/a-{state}").text
        main = page[page.index("<main") :]

        assert len(re.findall(r'class="button ?"', main)) <= 1


def test_staff_see_the_desk_without_its_levers(marketer: Someone, staff: Someone) -> None:
    make_campaign(marketer.actor)

    page = staff.browser.get(DESK)

    assert page.status_code == 200
    for lever in ("Pause…", "Extend…", "Close now", "Duplicate…", "/edit"):
        assert lever not in page.text


def test_numbers_come_from_whoever_provides_them(
    app: Flask, monkeypatch: pytest.MonkeyPatch, marketer: Someone
) -> None:
    make_campaign(marketer.actor)
    monkeypatch.setattr(app.extensions[KEY], "glance", lambda _campaign: [Figure("Visits", "1,234", "/somewhere")])

    page = marketer.browser.get(DESK).text

    assert '<a class="card" href="/somewhere"><span>Visits</span><b>1,234</b></a>' in page


def test_desk_leads_to_the_campaigns_history(marketer: Someone) -> None:
    make_campaign(marketer.actor)

    page = marketer.browser.get(DESK).text

    assert 'href="/desk/audit?campaign=flaunt-your-city"' in page
    assert marketer.browser.get("/desk/audit?campaign=flaunt-your-city").status_code == 200


@pytest.mark.parametrize(("shown", "words"), [("open", "Open until"), ("scheduled", "Opens"), ("closed", "Closed")])
def test_preview_shows_the_page_as_a_fan_will_see_it(marketer: Someone, shown: str, words: str) -> None:
    make_campaign(marketer.actor, State.DRAFT)

    page = marketer.browser.get(f"{DESK}/preview?as={shown}").text

    assert "Preview: only the desk sees this" in page
    assert words in page


def test_preview_of_what_is_launched_is_the_page_itself(marketer: Someone) -> None:
    make_campaign(marketer.actor)

    assert marketer.browser.get(f"{DESK}/preview").location == "/c/flaunt-your-city"


PAGES = ("", "/preview", "/pause", "/extend", "/reopen", "/announce", "/duplicate")
POSTS = ("/pause", "/resume", "/extend", "/reopen", "/announce", "/announce/cancel", "/duplicate", "/transitions")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("name", "status"), [("fan", 404), ("cast_member", 404), ("anonymous", 404)])
def test_draft_is_unknown_to_outsiders(
    request: pytest.FixtureRequest, marketer: Someone, path: str, name: str, status: int
) -> None:
    make_campaign(marketer.actor, State.DRAFT)
    somebody: Someone = request.getfixturevalue(name)

    assert somebody.browser.get(DESK + path).status_code == status


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize(("name", "status"), [("fan", 403), ("cast_member", 403), ("staff", 403), ("anonymous", 401)])
def test_outsiders_change_nothing(
    request: pytest.FixtureRequest, marketer: Someone, path: str, name: str, status: int
) -> None:
    before = make_campaign(marketer.actor).updated_at
    somebody: Someone = request.getfixturevalue(name)

    answer = somebody.browser.post(DESK + path, data={"to": "closed", "reason": "Because", "until": "other"})

    assert answer.status_code == status
    assert campaign_now().updated_at == before


@pytest.mark.usefixtures("nothing_in_the_way")
def test_hour_of_the_announcement_is_said_while_photos_wait(marketer: Someone, fan: Someone) -> None:
    campaign = make_campaign(marketer.actor, State.CLOSED)
    assert fan.person_id is not None
    add_photos(campaign, fan.person_id, 1, SubmissionState.READY)
    with transaction():
        campaign.announces_at = database_now() + timedelta(days=2)

    words = _next(marketer.browser.get(DESK).text)

    assert "Look at 1 photo" in words
    assert "The winners are announced by themselves on" in words
