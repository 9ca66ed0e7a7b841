"""A photo that is on its way can be brought to its end, whatever else the page would say meanwhile."""

from __future__ import annotations

from datetime import timedelta

import pytest

from campaign.campaigns.lifecycle import move_campaign
from campaign.campaigns.models import Campaign, State
from campaign.clock import database_now
from campaign.db import transaction
from campaign.submissions.entries import unarrived_until
from tests.people import Someone
from tests.submissions.conftest import Issue, Send

ENTER = "/c/flaunt-your-city/enter"
WAITING = "A photo of yours is on its way"


@pytest.fixture
def full(campaign: Campaign) -> Campaign:
    """A campaign of one entry each, so that the first ticket takes it."""
    with transaction():
        campaign.entry_limit = 1
    return campaign


def test_page_of_a_fan_without_a_ticket_offers_the_form(campaign: Campaign, fan: Someone) -> None:
    page = fan.browser.get(ENTER).text

    assert WAITING not in page
    assert f'data-left="3" data-person="{fan.person_id}">' in page


def test_page_stays_while_the_last_entry_is_on_its_way(full: Campaign, fan: Someone, issue: Issue) -> None:
    issue(fan.actor)

    answer = fan.browser.get(ENTER)

    assert answer.status_code == 200
    assert WAITING in answer.text
    assert f'data-left="0" data-person="{fan.person_id}" hidden>' in answer.text


def test_page_stays_when_the_campaign_closes_or_pauses(
    campaign: Campaign, fan: Someone, marketer: Someone, issue: Issue
) -> None:
    issue(fan.actor)
    with transaction():
        campaign.paused_at, campaign.pause_reason = database_now(), "Too many photos at once."
    assert WAITING in fan.browser.get(ENTER).text
    with transaction():
        move_campaign(marketer.actor, campaign.id, State.CLOSED)
    assert WAITING in fan.browser.get(ENTER).text


def test_page_leads_away_once_the_photo_is_here(full: Campaign, fan: Someone, send: Send) -> None:
    send(fan.actor)

    answer = fan.browser.get(ENTER)

    assert (answer.status_code, answer.location) == (302, "/me/photos")


def test_ticket_past_its_time_gives_the_form_back(full: Campaign, fan: Someone, issue: Issue) -> None:
    submission = issue(fan.actor).submission
    with transaction():
        submission.ticket_expires_at = database_now() - timedelta(seconds=1)

    assert WAITING not in fan.browser.get(ENTER).text


def test_photo_on_its_way_is_its_fans_alone(campaign: Campaign, fan: Someone, other_fan: Someone, issue: Issue) -> None:
    submission = issue(fan.actor).submission
    assert fan.person_id is not None
    assert other_fan.person_id is not None

    now = database_now()

    assert unarrived_until(campaign.id, fan.person_id, now) == submission.ticket_expires_at
    assert unarrived_until(campaign.id, other_fan.person_id, now) is None


def test_my_photos_leads_back_to_the_page_that_goes_on(campaign: Campaign, fan: Someone, issue: Issue) -> None:
    issue(fan.actor)

    assert f'href="{ENTER}">Go on sending it</a>' in fan.browser.get("/me/photos").text
