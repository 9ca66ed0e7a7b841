"""An open campaign, and rows of it at instants that a test chooses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from campaign.campaigns.models import Campaign
from campaign.db import db, transaction
from campaign.insight.models import Kind, Traffic
from campaign.submissions.models import SubmissionState
from tests.factories import add_photos, make_campaign
from tests.people import Someone

Send = Callable[..., None]


@pytest.fixture
def campaign(marketer: Someone) -> Campaign:
    return make_campaign(marketer.actor)


@pytest.fixture
def sent(campaign: Campaign, fan: Someone) -> Send:
    """Let photos have reached us at these instants, from a place."""
    taken = 0

    def send(*moments: datetime, place: str = "Lisbon", state: SubmissionState = SubmissionState.PUBLISHED) -> None:
        nonlocal taken
        assert fan.person_id is not None
        made = add_photos(campaign, fan.person_id, len(moments), state, first_entry=taken + 1)
        taken += len(moments)
        with transaction():
            for submission, moment in zip(made, moments, strict=True):
                submission.place, submission.received_at, submission.ready_at = place, moment, moment

    return send


@pytest.fixture
def seen(campaign: Campaign) -> Callable[[Kind, datetime, int], None]:
    def see(kind: Kind, hour: datetime, count: int) -> None:
        with transaction():
            db.session.add(Traffic(campaign_id=campaign.id, hour=hour, kind=kind, count=count))

    return see
