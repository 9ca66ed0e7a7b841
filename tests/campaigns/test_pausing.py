"""Holding a campaign back, and letting it go on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from campaign.accounts.audit import AuditEntry
from campaign.campaigns.lifecycle import move_campaign
from campaign.campaigns.models import Campaign, State
from campaign.campaigns.pausing import LONGEST_REASON, pause_campaign, resume_campaign
from campaign.clock import database_now
from campaign.db import db, transaction
from campaign.errors import Conflict, InvalidInput, NotPermitted, SignInNeeded
from tests.factories import make_campaign
from tests.people import Someone

REASON = "We need a day to look at everything."


def _paused(marketer: Someone, **changes: object) -> Campaign:
    campaign = make_campaign(marketer.actor, **changes)
    with transaction():
        return pause_campaign(marketer.actor, campaign.id, REASON)


def test_pause_holds_it_back_with_a_reason(marketer: Someone) -> None:
    campaign = _paused(marketer)

    assert campaign.state_at(database_now()) is State.PAUSED
    assert campaign.pause_reason == REASON


def test_pause_ends_with_the_window(marketer: Someone) -> None:
    campaign = _paused(marketer)

    assert campaign.state_at(campaign.closes_at) is State.CLOSED


def test_resume_goes_on_until_the_closing_that_was_said(marketer: Someone) -> None:
    campaign = _paused(marketer)
    closes_at = campaign.closes_at

    with transaction():
        resume_campaign(marketer.actor, campaign.id)

    assert campaign.state_at(database_now()) is State.OPEN
    assert (campaign.closes_at, campaign.paused_at, campaign.pause_reason) == (closes_at, None, "")


def test_closing_by_a_person_ends_the_pause(marketer: Someone) -> None:
    campaign = _paused(marketer)

    with transaction():
        move_campaign(marketer.actor, campaign.id, State.CLOSED)

    assert (campaign.paused_at, campaign.pause_reason) == (None, "")


@pytest.mark.parametrize("state", [State.DRAFT, State.CLOSED])
def test_only_an_open_campaign_is_paused(marketer: Someone, state: State) -> None:
    campaign = make_campaign(marketer.actor, state)

    with pytest.raises(Conflict, match="nothing to pause") as refused:
        pause_campaign(marketer.actor, campaign.id, REASON)
    assert refused.value.code == "illegal_transition"


def test_scheduled_campaign_is_not_paused(marketer: Someone) -> None:
    soon = database_now() + timedelta(hours=1)
    campaign = make_campaign(marketer.actor, opens_at=soon, closes_at=soon + timedelta(days=1))

    with pytest.raises(Conflict, match="opens by itself"):
        pause_campaign(marketer.actor, campaign.id, REASON)


def test_pausing_twice_is_refused(marketer: Someone) -> None:
    campaign = _paused(marketer)

    with pytest.raises(Conflict, match="is paused"):
        pause_campaign(marketer.actor, campaign.id, "Another reason")


def test_resume_of_what_is_not_paused_is_refused(marketer: Someone) -> None:
    campaign = make_campaign(marketer.actor)

    with pytest.raises(Conflict, match="nothing to resume"):
        resume_campaign(marketer.actor, campaign.id)


@pytest.mark.parametrize("reason", ["", "  \u200b ", "a" * (LONGEST_REASON + 1)])
def test_reason_that_fans_cannot_read_is_told(marketer: Someone, reason: str) -> None:
    campaign = make_campaign(marketer.actor)

    with pytest.raises(InvalidInput) as refused:
        pause_campaign(marketer.actor, campaign.id, reason)
    assert list(refused.value.fields) == ["reason"]


def test_reason_loses_what_cannot_be_kept(marketer: Someone) -> None:
    campaign = make_campaign(marketer.actor)

    with transaction():
        pause_campaign(marketer.actor, campaign.id, " Back\x00\n soon \ud800")

    assert campaign.pause_reason == "Back soon"


@pytest.mark.parametrize("name", ["fan", "cast_member", "staff", "anonymous"])
def test_only_marketers_pause_and_resume(request: pytest.FixtureRequest, marketer: Someone, name: str) -> None:
    campaign = make_campaign(marketer.actor)
    somebody: Someone = request.getfixturevalue(name)
    expected = SignInNeeded if name == "anonymous" else NotPermitted

    with pytest.raises(expected):
        pause_campaign(somebody.actor, campaign.id, REASON)
    with pytest.raises(expected):
        resume_campaign(somebody.actor, campaign.id)


def test_pause_and_resume_are_in_the_audit_log(marketer: Someone) -> None:
    campaign = _paused(marketer)
    with transaction():
        resume_campaign(marketer.actor, campaign.id)

    written = db.session.execute(
        select(AuditEntry.action, AuditEntry.why, AuditEntry.actor_id)
        .where(AuditEntry.campaign_id == campaign.id)
        .order_by(AuditEntry.created_at)
    ).all()
    assert written[-2:] == [
        ("campaign.paused", REASON, marketer.person_id),
        ("campaign.resumed", "", marketer.person_id),
    ]
