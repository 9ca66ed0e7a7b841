"""The small forms of a campaign's life at the desk: pause, extend, reopen, announce, duplicate."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from campaign.campaigns.extending import extend_campaign
from campaign.campaigns.models import State
from campaign.clock import database_now
from campaign.db import transaction
from campaign.web.forms import LOCAL
from tests.campaigns.forms import DESK, campaign_now
from tests.factories import make_campaign
from tests.people import Someone

LISBON = ZoneInfo("Europe/Lisbon")


def _local(after: timedelta) -> str:
    return (database_now() + after).astimezone(LISBON).strftime(LOCAL)


def test_pause_and_resume(marketer: Someone) -> None:
    make_campaign(marketer.actor)

    assert marketer.browser.get(f"{DESK}/pause").status_code == 200
    paused = marketer.browser.post(f"{DESK}/pause", data={"reason": "A day off"}, follow_redirects=True)
    assert "It is paused." in paused.text
    assert campaign_now().pause_reason == "A day off"

    resumed = marketer.browser.post(f"{DESK}/resume", follow_redirects=True)
    assert "It goes on" in resumed.text
    assert campaign_now().paused_at is None


def test_pause_without_a_reason_is_told_beside_the_field(marketer: Someone) -> None:
    make_campaign(marketer.actor)

    answer = marketer.browser.post(f"{DESK}/pause", data={"reason": " "})

    assert answer.status_code == 422
    assert 'id="reason-mend"' in answer.text


@pytest.mark.parametrize("step", ["pause", "extend", "announce", "reopen"])
def test_form_that_does_not_fit_the_state_leads_back_with_words(marketer: Someone, step: str) -> None:
    make_campaign(marketer.actor, State.DRAFT)

    answer = marketer.browser.get(f"{DESK}/{step}", follow_redirects=True)

    assert answer.request.path == DESK
    assert "still a draft" in answer.text


def test_extend_by_a_suggestion_once(marketer: Someone) -> None:
    campaign = make_campaign(marketer.actor)
    closes_at = campaign.closes_at
    page = marketer.browser.get(f"{DESK}/extend").text
    suggested = re.findall(r'name="until" value="([^"]+)"', page)
    day, week = (datetime.fromisoformat(one) for one in suggested[:2])

    first = marketer.browser.post(f"{DESK}/extend", data={"until": suggested[0]}, follow_redirects=True)
    again = marketer.browser.post(f"{DESK}/extend", data={"until": suggested[0]})

    hour = closes_at.astimezone(LISBON).strftime("%H:%M")
    assert [one.astimezone(LISBON).strftime("%H:%M") for one in (day, week)] == [hour, hour]
    assert (day - closes_at) > timedelta(hours=22)
    assert "Fans now read that it is open until" in first.text
    assert (again.status_code, campaign_now().closes_at) == (422, day.astimezone(UTC))


def test_extend_to_another_time_is_meant_in_the_campaigns_zone(marketer: Someone) -> None:
    make_campaign(marketer.actor)

    marketer.browser.post(f"{DESK}/extend", data={"until": "other", "closes_at": "2036-07-01T20:00"})

    assert campaign_now().closes_at == datetime(2036, 7, 1, 19, tzinfo=UTC)


@pytest.mark.parametrize(
    "given",
    [
        {"until": "other"},
        {"until": "other", "closes_at": "soon"},
        {"until": "nonsense"},
        {"until": "2036-01-01T00:00:00"},
        {"until": "other", "closes_at": "2016-01-01T00:00"},
        {"until": "9999-12-31T23:59:59-12:00"},
    ],
)
def test_extend_to_what_is_no_later_time_is_told(marketer: Someone, given: dict[str, str]) -> None:
    make_campaign(marketer.actor)

    answer = marketer.browser.post(f"{DESK}/extend", data=given)

    assert answer.status_code == 422
    assert 'id="closes_at-mend"' in answer.text


def test_suggested_day_keeps_the_hour_across_a_change_of_clocks(marketer: Someone) -> None:
    closes_at = datetime(2036, 3, 29, 20, tzinfo=LISBON)  # the clocks go forward on the 30th
    campaign = make_campaign(marketer.actor)
    with transaction():
        extend_campaign(marketer.actor, campaign.id, closes_at)

    page = marketer.browser.get(f"{DESK}/extend").text

    assert "open until Sunday 30 March 2036, 20:00" in page


def test_reopen_with_a_reason(marketer: Someone) -> None:
    make_campaign(marketer.actor, State.CLOSED)
    given = {"until": "other", "closes_at": _local(timedelta(days=3)), "reason": "The trains stood still"}

    assert marketer.browser.get(f"{DESK}/reopen").status_code == 200
    nameless = marketer.browser.post(f"{DESK}/reopen", data=given | {"reason": ""})
    done = marketer.browser.post(f"{DESK}/reopen", data=given, follow_redirects=True)

    assert nameless.status_code == 422
    assert "It is open again" in done.text
    assert campaign_now().state_at(database_now()) is State.OPEN


@pytest.mark.usefixtures("nothing_in_the_way")
def test_announcement_is_arranged_moved_and_called_off(marketer: Someone) -> None:
    make_campaign(marketer.actor, State.CLOSED)
    given = {"announces_at": _local(timedelta(days=2)), "tell_before_hours": "6"}

    assert marketer.browser.get(f"{DESK}/announce").status_code == 200
    arranged = marketer.browser.post(f"{DESK}/announce", data=given, follow_redirects=True).text
    moved = marketer.browser.post(
        f"{DESK}/announce", data=given | {"announces_at": _local(timedelta(days=3))}, follow_redirects=True
    ).text
    form = marketer.browser.get(f"{DESK}/announce").text
    off = marketer.browser.post(f"{DESK}/announce/cancel", follow_redirects=True).text

    assert "announced by themselves" in arranged
    assert "are told 6 hours before" in moved
    assert "Call it off" in form
    assert "called off" in off
    assert campaign_now().announces_at is None


@pytest.mark.usefixtures("nothing_in_the_way")
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"announces_at": "never"}, "announces_at"),
        ({"tell_before_hours": "many"}, "tell_before_hours"),
        ({"announces_at": "2016-01-01T00:00"}, "announces_at"),
    ],
)
def test_announcement_that_cannot_be_is_told(marketer: Someone, changes: dict[str, str], field: str) -> None:
    make_campaign(marketer.actor, State.CLOSED)
    given = {"announces_at": _local(timedelta(days=2)), "tell_before_hours": "6"}

    answer = marketer.browser.post(f"{DESK}/announce", data=given | changes)

    assert answer.status_code == 422
    assert f'id="{field}-mend"' in answer.text


def test_what_comes_in_the_way_of_an_arranged_announcement_is_told(marketer: Someone) -> None:
    campaign = make_campaign(marketer.actor, State.CLOSED)
    with transaction():
        campaign.announces_at = database_now() + timedelta(days=1)

    page = marketer.browser.get(DESK).text

    assert "something stands in its way" in page
    assert "No winner is chosen yet" in page


def test_duplicate(marketer: Someone) -> None:
    make_campaign(marketer.actor)
    given = {"title": "Once more", "opens_at": _local(timedelta(days=1)), "closes_at": _local(timedelta(days=9))}

    assert marketer.browser.get(f"{DESK}/duplicate").status_code == 200
    untold = marketer.browser.post(f"{DESK}/duplicate", data=given | {"title": "", "opens_at": ""})
    done = marketer.browser.post(f"{DESK}/duplicate", data=given)

    assert untold.status_code == 422
    assert (done.status_code, done.location) == (302, "/desk/c/once-more")
