"""A closed campaign with two photos of each of two fans, and a closed round of all four."""

from __future__ import annotations

from datetime import timedelta

import pytest

from campaign.awards.models import Release
from campaign.awards.releases import ask_for_release
from campaign.awards.words import write_words
from campaign.campaigns.models import Campaign, State
from campaign.db import transaction
from campaign.judging.models import Round
from campaign.submissions.models import Submission
from tests.awards.chosen import announce_at, choose_photos, close_a_round
from tests.factories import add_photos, make_campaign
from tests.people import Someone

WORDS = "I allow the show to put this photo on screen."


@pytest.fixture
def campaign(marketer: Someone) -> Campaign:
    return make_campaign(marketer.actor, State.CLOSED)


@pytest.fixture
def photos(campaign: Campaign, fan: Someone, other_fan: Someone) -> list[Submission]:
    """0 and 1 are the fan's, 2 and 3 the other fan's."""
    assert fan.person_id is not None
    assert other_fan.person_id is not None
    return [*add_photos(campaign, fan.person_id, 2), *add_photos(campaign, other_fan.person_id, 2)]


@pytest.fixture
def judged(campaign: Campaign, photos: list[Submission]) -> Round:
    return close_a_round(campaign, photos)


@pytest.fixture
def chosen(judged: Round, photos: list[Submission], marketer: Someone) -> list[Submission]:
    """The fan's first photo won; the other fan's first is a finalist."""
    choose_photos(marketer.actor, judged, [photos[0]], [photos[2]])
    return [photos[0], photos[2]]


@pytest.fixture
def embargo(campaign: Campaign, chosen: list[Submission]) -> Campaign:
    announce_at(campaign.id, timedelta(hours=2))
    return campaign


@pytest.fixture
def asked(campaign: Campaign, chosen: list[Submission], marketer: Someone) -> list[Release]:
    """Both fans are asked, the winner's first."""
    with transaction():
        write_words(marketer.actor, campaign.id, WORDS)
        return ask_for_release(marketer.actor, campaign.id).made
