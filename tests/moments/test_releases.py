"""A finalist hears that a release is asked of them, once for each version of its words."""

from __future__ import annotations

from uuid import UUID

import pytest

from campaign.awards.models import Answer, Release, ReleaseAnswer, ReleaseWords
from campaign.campaigns.models import Campaign
from campaign.db import db, transaction
from campaign.moments.models import Kind
from tests.factories import add_photos
from tests.moments.conftest import Postbox, Work, happen, told
from tests.people import Someone


@pytest.fixture
def asked(campaign: Campaign, fan: Someone) -> UUID:
    """The id of a release that is asked of the fan."""
    assert fan.person_id is not None
    photo = add_photos(campaign, fan.person_id, 1)[0]
    with transaction():
        words = ReleaseWords(campaign_id=campaign.id, version=1, text="We may show your photo on screen.")
        db.session.add(words)
        db.session.flush()
        release = Release(campaign_id=campaign.id, submission_id=photo.id, words_id=words.id)
        db.session.add(release)
        db.session.flush()
        return release.id


def test_fan_is_told_once_and_led_to_the_question(
    fan: Someone, asked: UUID, smtp: None, postbox: Postbox, work: Work
) -> None:
    for _ in range(2):
        happen("release.asked", release_id=asked)
        work()

    (message,) = told(fan)
    assert (message.kind, message.path) == (Kind.RELEASE_ASKED, f"/me/releases/{asked}")
    assert "Please keep this to yourself until the winners are announced." in message.body
    assert [mail["subject"] for mail in postbox.mails] == ["May we show your photo?"]


def test_who_has_answered_by_then_is_not_asked_again(fan: Someone, asked: UUID, work: Work) -> None:
    with transaction():
        db.session.add(ReleaseAnswer(release_id=asked, answer=Answer.REFUSED))
    happen("release.asked", release_id=asked)
    work()

    assert told(fan) == []


def test_release_that_is_gone_is_no_stumbling_block(campaign: Campaign, work: Work) -> None:
    happen("release.asked", release_id=UUID(int=1))
    work()

    assert told() == []
