"""A later closing time, and a closed campaign that opens again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from campaign.accounts.audit import AuditEntry
from campaign.campaigns.extending import extend_campaign, reopen_campaign
from campaign.campaigns.models import State
from campaign.campaigns.pausing import pause_campaign
from campaign.clock import database_now
from campaign.db import db, transaction
from campaign.errors import Conflict, InvalidInput, NotPermitted, SignInNeeded
from campaign.judging.life.rounds import Plan, create_round, open_round
from tests.factories import add_photos, make_campaign
from tests.people import Someone

WEEK = timedelta(weeks=1)
WHY = "The trains stood still on the last day."


def test_extend_moves_the_closing(marketer: Someone) -> None:
    campaign = make_campaign(marketer.actor)
    later = campaign.closes_at + WEEK

    with transaction():
        extend_campaign(marketer.actor, campaign.id, later)

    assert campaign.state_at(later - timedelta(microseconds=1)) is State.OPEN
    assert campaign.state_at(later) is State.CLOSED


def test_extended_while_paused_stays_paused(marketer: Someone) -> None:
    campaign = make_campaign(marketer.actor)
    with transaction():
        pause_campaign(marketer.actor, campaign.id, "A day off")
        extend_campaign(marketer.actor, campaign.id, campaign.closes_at + WEEK)

    assert campaign.state_at(database_now()) is State.PAUSED


@pytest.mark.parametrize("by", [timedelta(0), -timedelta(hours=1), timedelta(days=366 * 300)])
def test_extend_to_no_later_time_is_told(marketer: Someone, by: timedelta) -> None:
    campaign = make_campaign(marketer.actor)

    with pytest.raises(InvalidInput) as refused:
        extend_campaign(marketer.actor, campaign.id, campaign.closes_at + by)
    assert list(refused.value.fields) == ["closes_at"]


@pytest.mark.parametrize("state", [State.DRAFT, State.CLOSED])
def test_extend_in_another_state_is_refused(marketer: Someone, state: State) -> None:
    campaign = make_campaign(marketer.actor, state)

    with pytest.raises(Conflict, match="cannot be extended"):
        extend_campaign(marketer.actor, campaign.id, campaign.closes_at + WEEK)


def test_reopen_takes_photos_again(marketer: Someone) -> None:
    campaign = make_campaign(marketer.actor, State.CLOSED)
    until = database_now() + WEEK

    with transaction():
        reopen_campaign(marketer.actor, campaign.id, closes_at=until, reason=WHY)

    assert campaign.state_at(database_now()) is State.OPEN
    assert (campaign.closes_at, campaign.closed_at) == (until, None)


def test_reopen_after_time_closed_it_and_nobody_wrote_it_down(marketer: Someone) -> None:
    campaign = make_campaign(marketer.actor)
    with transaction():
        pause_campaign(marketer.actor, campaign.id, "A day off")
        campaign.closes_at = database_now() - timedelta(minutes=1)

    with transaction():
        reopen_campaign(marketer.actor, campaign.id, closes_at=database_now() + WEEK, reason=WHY)

    assert campaign.state_at(database_now()) is State.OPEN


def test_reopen_keeps_its_reason_in_the_audit_log(marketer: Someone) -> None:
    campaign = make_campaign(marketer.actor, State.CLOSED)
    with transaction():
        reopen_campaign(marketer.actor, campaign.id, closes_at=database_now() + WEEK, reason=WHY)

    why = select(AuditEntry.why).where(AuditEntry.action == "campaign.reopened", AuditEntry.subject_id == campaign.id)
    assert db.session.scalars(why).one() == WHY


@pytest.mark.parametrize("state", [State.DRAFT, State.OPEN])
def test_reopen_of_what_never_closed_is_refused(marketer: Someone, state: State) -> None:
    campaign = make_campaign(marketer.actor, state)

    with pytest.raises(Conflict, match="Only a campaign that has closed"):
        reopen_campaign(marketer.actor, campaign.id, closes_at=database_now() + WEEK, reason=WHY)


def test_reopen_after_the_jury_began_is_refused(marketer: Someone, fan: Someone, cast_member: Someone) -> None:
    campaign = make_campaign(marketer.actor, State.CLOSED)
    assert fan.person_id is not None
    add_photos(campaign, fan.person_id)
    with transaction():
        first = create_round(marketer.actor, campaign.id, Plan(title="First look", quorum=1))
        open_round(marketer.actor, first.id)

    with pytest.raises(Conflict, match="jury has begun with “First look”"):
        reopen_campaign(marketer.actor, campaign.id, closes_at=database_now() + WEEK, reason=WHY)


def test_reopen_with_a_round_that_is_only_prepared_works(marketer: Someone, cast_member: Someone) -> None:
    campaign = make_campaign(marketer.actor, State.CLOSED)
    with transaction():
        create_round(marketer.actor, campaign.id, Plan(title="First look", quorum=1))
        reopen_campaign(marketer.actor, campaign.id, closes_at=database_now() + WEEK, reason=WHY)

    assert campaign.state_at(database_now()) is State.OPEN


def test_reopen_with_an_announcement_arranged_is_refused(marketer: Someone) -> None:
    campaign = make_campaign(marketer.actor, State.CLOSED)
    with transaction():
        campaign.announces_at = database_now() + WEEK

    with pytest.raises(Conflict, match="Cancel that first"):
        reopen_campaign(marketer.actor, campaign.id, closes_at=database_now() + WEEK, reason=WHY)


@pytest.mark.parametrize(("hours", "reason", "field"), [(-1, WHY, "closes_at"), (24, " ", "reason")])
def test_reopen_tells_what_cannot_be_used(marketer: Someone, hours: int, reason: str, field: str) -> None:
    campaign = make_campaign(marketer.actor, State.CLOSED)

    with pytest.raises(InvalidInput) as refused:
        reopen_campaign(marketer.actor, campaign.id, closes_at=database_now() + timedelta(hours=hours), reason=reason)
    assert list(refused.value.fields) == [field]


@pytest.mark.parametrize("name", ["fan", "cast_member", "staff", "anonymous"])
def test_only_marketers_extend_and_reopen(request: pytest.FixtureRequest, marketer: Someone, name: str) -> None:
    campaign = make_campaign(marketer.actor)
    somebody: Someone = request.getfixturevalue(name)
    expected = SignInNeeded if name == "anonymous" else NotPermitted

    with pytest.raises(expected):
        extend_campaign(somebody.actor, campaign.id, campaign.closes_at + WEEK)
    with pytest.raises(expected):
        reopen_campaign(somebody.actor, campaign.id, closes_at=campaign.closes_at + WEEK, reason=WHY)
