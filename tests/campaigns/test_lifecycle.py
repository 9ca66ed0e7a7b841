"""What can happen to a campaign, and what cannot."""

from __future__ import annotations

from datetime import timedelta

import pytest

from campaign.campaigns.lifecycle import MOVES, edit_campaign, move_campaign, slug_from
from campaign.campaigns.models import Campaign, Stage, State
from campaign.campaigns.tasks import record_due_closings
from campaign.clock import database_now
from campaign.db import db, transaction
from campaign.errors import Conflict, InvalidInput, NotPermitted, SignInNeeded
from tests.factories import make_campaign, particulars
from tests.people import Someone


def test_launch_of_draft_opens_it(marketer: Someone) -> None:
    campaign = make_campaign(marketer.actor, State.DRAFT)

    with transaction():
        move_campaign(marketer.actor, campaign.id, State.OPEN)

    assert campaign.state_at(database_now()) is State.OPEN


def test_launch_before_opening_time_is_scheduled(marketer: Someone) -> None:
    opens_at = database_now() + timedelta(hours=2)
    campaign = make_campaign(marketer.actor, State.OPEN, opens_at=opens_at, closes_at=opens_at + timedelta(days=1))

    assert campaign.state_at(database_now()) is State.SCHEDULED
    assert campaign.state_at(opens_at) is State.OPEN


def test_launch_with_closing_in_the_past_is_refused(marketer: Someone) -> None:
    now = database_now()
    campaign = make_campaign(
        marketer.actor, State.DRAFT, opens_at=now - timedelta(days=2), closes_at=now - timedelta(days=1)
    )

    with pytest.raises(Conflict, match="lies in the past"):
        move_campaign(marketer.actor, campaign.id, State.OPEN)


@pytest.mark.parametrize("state", [State.DRAFT, State.OPEN, State.CLOSED])
def test_every_illegal_move_is_explained(marketer: Someone, state: State) -> None:
    campaign = make_campaign(marketer.actor, state)

    for to in set(State) - set(MOVES[state]):
        with pytest.raises(Conflict, match=r"cannot become") as refusal:
            move_campaign(marketer.actor, campaign.id, to)
        assert refusal.value.code == "illegal_transition"


def test_closing_time_closes_without_anybody(marketer: Someone) -> None:
    campaign = make_campaign(marketer.actor)
    moment = campaign.closes_at

    assert campaign.state_at(moment - timedelta(microseconds=1)) is State.OPEN
    assert campaign.state_at(moment) is State.CLOSED


def test_due_closing_is_recorded_with_its_own_instant(marketer: Someone) -> None:
    campaign = make_campaign(marketer.actor)
    past = database_now() - timedelta(minutes=5)
    with transaction():
        campaign.closes_at = past

    recorded = record_due_closings()

    assert recorded == 1
    assert campaign.stage is Stage.CLOSED
    assert campaign.closed_at == past
    assert record_due_closings() == 0


@pytest.mark.parametrize("name", ["fan", "cast_member", "staff", "anonymous"])
def test_only_marketers_move_campaigns(request: pytest.FixtureRequest, marketer: Someone, name: str) -> None:
    campaign = make_campaign(marketer.actor)
    somebody: Someone = request.getfixturevalue(name)
    expected = SignInNeeded if name == "anonymous" else NotPermitted

    with pytest.raises(expected):
        move_campaign(somebody.actor, campaign.id, State.CLOSED)


def test_new_words_of_the_rules_become_the_next_version(marketer: Someone) -> None:
    campaign = make_campaign(marketer.actor)

    with transaction():
        edit_campaign(marketer.actor, campaign.id, _same(campaign, rules_text="Other words."))
        edit_campaign(marketer.actor, campaign.id, _same(campaign, rules_text="Other words."))

    assert [(rules.version, rules.text) for rules in campaign.rules][-1] == (2, "Other words.")
    assert len(campaign.rules) == 2


def test_rules_stay_after_closing(marketer: Someone) -> None:
    campaign = make_campaign(marketer.actor, State.CLOSED)

    with pytest.raises(Conflict, match="stay as they were agreed to"):
        edit_campaign(marketer.actor, campaign.id, _same(campaign, rules_text="Other words."))


def test_opening_cannot_move_once_open(marketer: Someone) -> None:
    campaign = make_campaign(marketer.actor)

    with pytest.raises(Conflict, match="open already"):
        edit_campaign(marketer.actor, campaign.id, _same(campaign, opens_at=campaign.opens_at - timedelta(hours=1)))


def test_closing_cannot_move_into_the_past(marketer: Someone) -> None:
    soon = database_now() + timedelta(hours=1)
    campaign = make_campaign(marketer.actor, opens_at=soon, closes_at=soon + timedelta(days=1))
    gone = database_now() - timedelta(hours=1)

    with pytest.raises(InvalidInput) as refused:
        edit_campaign(marketer.actor, campaign.id, _same(campaign, opens_at=gone - timedelta(days=1), closes_at=gone))

    assert list(refused.value.fields) == ["closes_at"]


def test_taken_address_is_told(marketer: Someone) -> None:
    make_campaign(marketer.actor)

    with pytest.raises(InvalidInput) as refusal:
        make_campaign(marketer.actor)
    assert "taken" in refusal.value.fields["slug"]


def test_every_bad_field_is_told_at_once(marketer: Someone) -> None:
    now = database_now()

    with pytest.raises(InvalidInput) as refusal:
        make_campaign(
            marketer.actor, title=" ", accent="orange", time_zone="Mars/Base", opens_at=now, closes_at=now,
            entry_limit=0, minimum_age=-1, rules_text="", slug="Not A Slug",
        )  # fmt: skip

    assert set(refusal.value.fields) == {
        "title", "accent", "time_zone", "closes_at", "entry_limit", "minimum_age", "rules_text", "slug",
    }  # fmt: skip


def test_slug_comes_from_the_title() -> None:
    assert slug_from("Flaunt Your City!") == "flaunt-your-city"


def test_title_without_letters_needs_an_address() -> None:
    with pytest.raises(InvalidInput):
        slug_from("東京")


def _same(campaign: Campaign, **changes: object) -> object:
    db.session.refresh(campaign)
    kept = {name: getattr(campaign, name) for name in particulars().columns()}
    return particulars(**(kept | {"rules_text": campaign.current_rules.text} | changes))
