"""The announcement: by hand, arranged for an instant, called off, written down once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from campaign.campaigns.announcement import (
    cancel_announcement,
    record_announcement,
    record_telling,
    schedule_announcement,
)
from campaign.campaigns.lifecycle import move_campaign
from campaign.campaigns.models import Campaign, Stage, State
from campaign.campaigns.tasks import record_due_announcements, record_due_tellings
from campaign.campaigns.views import view_campaign
from campaign.clock import database_now
from campaign.db import transaction
from campaign.errors import Conflict, InvalidInput, NotPermitted, SignInNeeded
from tests.factories import make_campaign
from tests.people import Someone

Arrange = Callable[..., Campaign]
Told = list[tuple[str, dict[str, Any]]]
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.mark.usefixtures("nothing_in_the_way")
def test_arranged_announcement_comes_by_itself(marketer: Someone) -> None:
    campaign = make_campaign(marketer.actor, State.CLOSED)
    at = database_now() + DAY

    with transaction():
        schedule_announcement(marketer.actor, campaign.id, at, 24)

    assert campaign.state_at(at - timedelta(microseconds=1)) is State.CLOSED
    assert campaign.state_at(at) is State.ANNOUNCED
    assert campaign.tell_before_hours == 24


def test_announcement_is_not_arranged_while_something_is_in_the_way(marketer: Someone) -> None:
    campaign = make_campaign(marketer.actor, State.CLOSED)

    with pytest.raises(Conflict, match="No winner is chosen"):
        schedule_announcement(marketer.actor, campaign.id, database_now() + DAY, 0)


@pytest.mark.usefixtures("nothing_in_the_way")
def test_closing_that_nobody_wrote_down_is_written_first(marketer: Someone) -> None:
    campaign = make_campaign(marketer.actor)
    past = database_now() - HOUR / 2
    with transaction():
        campaign.closes_at = past

    with transaction():
        schedule_announcement(marketer.actor, campaign.id, database_now() + DAY)

    assert (campaign.stage, campaign.closed_at) == (Stage.CLOSED, past)


@pytest.mark.usefixtures("nothing_in_the_way")
@pytest.mark.parametrize("state", [State.DRAFT, State.OPEN])
def test_announcement_is_arranged_only_once_closed(marketer: Someone, state: State) -> None:
    campaign = make_campaign(marketer.actor, state)

    with pytest.raises(Conflict, match="once it has closed"):
        schedule_announcement(marketer.actor, campaign.id, database_now() + DAY)


@pytest.mark.usefixtures("nothing_in_the_way")
@pytest.mark.parametrize(
    ("after", "hours", "field"),
    [
        (-HOUR, 0, "announces_at"),
        (DAY * 366 * 200, 0, "announces_at"),
        (DAY, -1, "tell_before_hours"),
        (DAY, 721, "tell_before_hours"),
    ],
)
def test_announcement_that_cannot_be_is_told(marketer: Someone, after: timedelta, hours: int, field: str) -> None:
    campaign = make_campaign(marketer.actor, State.CLOSED)

    with pytest.raises(InvalidInput) as refused:
        schedule_announcement(marketer.actor, campaign.id, database_now() + after, hours)
    assert list(refused.value.fields) == [field]


def test_moved_announcement_comes_at_its_new_instant(marketer: Someone, arranged: Arrange) -> None:
    campaign = arranged(database_now() + DAY, 5)
    later = database_now() + 2 * DAY

    with transaction():
        schedule_announcement(marketer.actor, campaign.id, later)

    assert (campaign.announces_at, campaign.tell_before_hours) == (later, 5)


def test_called_off_announcement_does_not_come(marketer: Someone, arranged: Arrange, told: Told) -> None:
    at = database_now() + DAY
    campaign = arranged(at)

    with transaction():
        cancel_announcement(marketer.actor, campaign.id)

    assert campaign.state_at(at + DAY) is State.CLOSED
    assert (record_announcement(campaign.id), told) == (False, [])


def test_who_was_told_ahead_hears_that_it_is_called_off(marketer: Someone, arranged: Arrange, told: Told) -> None:
    campaign = arranged(database_now() + DAY, 48)
    record_due_tellings()

    with transaction():
        cancel_announcement(marketer.actor, campaign.id)

    assert [kind for kind, _ in told] == ["campaign.announcement_near", "campaign.announcement_called_off"]


def test_nothing_to_call_off_is_told(marketer: Someone) -> None:
    campaign = make_campaign(marketer.actor, State.CLOSED)

    with pytest.raises(Conflict, match="none to call off"):
        cancel_announcement(marketer.actor, campaign.id)


def test_what_is_announced_is_neither_moved_nor_called_off(marketer: Someone, arranged: Arrange) -> None:
    campaign = arranged(database_now() - HOUR)

    with pytest.raises(Conflict, match="cannot be taken back"):
        cancel_announcement(marketer.actor, campaign.id)
    with pytest.raises(Conflict, match="is announced"):
        schedule_announcement(marketer.actor, campaign.id, database_now() + DAY)


def test_due_announcement_is_written_down_once_with_its_own_instant(arranged: Arrange, told: Told) -> None:
    at = database_now() - HOUR
    campaign = arranged(at)

    recorded = record_due_announcements()

    assert (recorded, campaign.stage, campaign.announced_at) == (1, Stage.ANNOUNCED, at)
    assert told == [("campaign.announced", {"campaign_id": str(campaign.id)})]
    assert (record_due_announcements(), len(told)) == (0, 1)


def test_announcement_to_come_is_not_written_down(arranged: Arrange, told: Told) -> None:
    arranged(database_now() + HOUR)

    assert (record_due_announcements(), told) == (0, [])


def test_announcing_by_hand_tells_it_once(marketer: Someone, arranged: Arrange, told: Told) -> None:
    campaign = arranged(database_now() + DAY, 48)

    with transaction():
        move_campaign(marketer.actor, campaign.id, State.ANNOUNCED)

    assert told == [("campaign.announced", {"campaign_id": str(campaign.id)})]
    assert (record_due_announcements(), record_due_tellings(), len(told)) == (0, 0, 1)


def test_view_says_when_it_was_announced_before_anybody_wrote_it_down(arranged: Arrange) -> None:
    at = database_now() - HOUR
    campaign = arranged(at)

    view = view_campaign(campaign)

    assert (view.state, view.announced_at) == (State.ANNOUNCED, at)


def test_view_does_not_say_announced_before_the_instant(arranged: Arrange) -> None:
    view = view_campaign(arranged(database_now() + HOUR))

    assert (view.state, view.announced_at) == (State.CLOSED, None)


def test_winners_are_told_when_the_announcement_is_near(arranged: Arrange, told: Told) -> None:
    campaign = arranged(database_now() + DAY, 25)

    assert record_due_tellings() == 1
    assert told == [("campaign.announcement_near", {"campaign_id": str(campaign.id)})]
    assert campaign.told_at is not None
    assert campaign.told_at <= database_now()


@pytest.mark.parametrize(("after", "hours"), [(DAY, 23), (DAY, 0), (-HOUR, 2)])
def test_nobody_is_told_too_early_too_late_or_when_nobody_asked(
    arranged: Arrange, told: Told, after: timedelta, hours: int
) -> None:
    campaign = arranged(database_now() + after, hours)

    assert (record_due_tellings(), record_telling(campaign.id), told) == (0, False, [])


def test_nobody_is_told_twice_when_the_announcement_moves(marketer: Someone, arranged: Arrange, told: Told) -> None:
    campaign = arranged(database_now() + DAY, 48)
    record_due_tellings()
    told_at = campaign.told_at

    with transaction():
        schedule_announcement(marketer.actor, campaign.id, database_now() + DAY / 2)

    assert (record_due_tellings(), campaign.told_at) == (0, told_at)
    assert [kind for kind, _ in told] == ["campaign.announcement_near", "campaign.announcement_moved"]


@pytest.mark.parametrize("name", ["fan", "cast_member", "staff", "anonymous"])
def test_only_marketers_arrange(request: pytest.FixtureRequest, arranged: Arrange, name: str) -> None:
    campaign = arranged(database_now() + DAY)
    somebody: Someone = request.getfixturevalue(name)
    expected = SignInNeeded if name == "anonymous" else NotPermitted

    with pytest.raises(expected):
        schedule_announcement(somebody.actor, campaign.id, database_now() + DAY)
    with pytest.raises(expected):
        cancel_announcement(somebody.actor, campaign.id)
