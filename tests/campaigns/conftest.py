"""What the tests of campaigns share: nothing in the way of an announcement, and what this slice told the others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from flask import Flask

from campaign.campaigns.hooks import KEY
from campaign.campaigns.models import Campaign, Stage, State
from campaign.db import transaction
from tests.factories import make_campaign
from tests.people import Someone

Told = list[tuple[str, dict[str, Any]]]


@pytest.fixture
def nothing_in_the_way(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if winners were chosen: whether they are is judging's question, asked in tests of its own."""
    monkeypatch.setattr(app.extensions[KEY], "announcement_guards", [])


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """The events of this slice, in order."""
    events: Told = []
    for module in ("announcement", "lifecycle", "duplication"):
        monkeypatch.setattr(f"campaign.campaigns.{module}.record", lambda kind, payload: events.append((kind, payload)))
    return events


@pytest.fixture
def arranged(marketer: Someone, nothing_in_the_way: None) -> Callable[..., Campaign]:
    """A closed campaign whose announcement was arranged for an instant, whichever side of now that is on."""

    def arrange(announces_at: datetime, hours: int = 0, **changes: object) -> Campaign:
        campaign = make_campaign(marketer.actor, State.CLOSED, **changes)
        with transaction():
            campaign.announces_at, campaign.tell_before_hours = announces_at, hours
        assert campaign.stage is Stage.CLOSED
        return campaign

    return arrange
