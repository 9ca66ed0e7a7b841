"""Photos that look like others of their campaign: which are found, how near, and for how many queries."""

from __future__ import annotations

from uuid import UUID

import pytest

from campaign.campaigns.models import Campaign
from campaign.db import db, transaction
from campaign.submissions.duplicates import count_near_duplicates, near_duplicates
from campaign.submissions.models import Submission, SubmissionState
from tests.counting import statements
from tests.factories import add_photos, make_campaign
from tests.people import Someone
from uploads.likeness.dhash import NEAR, to_signed

FERRY = "f0e1d2c3b4a59687"
"""The dHash of some picture."""
SKY = "0000000000000003"
OTHER_TONE = "8gcSHQRnh493V4dIh4eXh1h4kJUI"


def shown(
    campaign: Campaign,
    fan: Someone,
    dhash: str = FERRY,
    state: SubmissionState = SubmissionState.READY,
    **changes: object,
) -> Submission:
    """A photo with this hash; `changes` are the photo's columns."""
    taken = len(db.session.query(Submission).filter_by(person_id=fan.person_id).all())
    (sent,) = add_photos(campaign, fan.person_id, state=state, first_entry=taken + 1)
    with transaction():
        sent.photo.dhash = to_signed(dhash)
        for name, value in changes.items():
            setattr(sent.photo, name, value)
    return sent


def turned(dhash: str, *bits: int) -> str:
    """The hash with these bits changed, 0 for the last."""
    return f"{int(dhash, 16) ^ sum(1 << bit for bit in bits):016x}"


def found(submission: Submission) -> list[tuple[UUID, int]]:
    return [(near.submission.id, near.distance) for near in near_duplicates(submission)]


def test_others_that_look_alike_are_found_nearest_first(campaign: Campaign, fan: Someone, other_fan: Someone) -> None:
    ours = shown(campaign, fan)
    far = shown(campaign, other_fan, turned(FERRY, 0, 9, 17, 30, 31, 44, 50, 51, 62, 63))
    near = shown(campaign, other_fan, turned(FERRY, 3))
    shown(campaign, other_fan, turned(FERRY, *range(0, 44, 4)))

    assert found(ours) == [(near.id, 1), (far.id, NEAR)]


@pytest.mark.parametrize("state", list(SubmissionState))
def test_only_photos_that_are_with_us_are_found(
    campaign: Campaign, fan: Someone, other_fan: Someone, state: SubmissionState
) -> None:
    ours = shown(campaign, fan)
    theirs = shown(campaign, other_fan)
    now = theirs.created_at
    with transaction():
        theirs.state, theirs.reason = state, "so"
        theirs.published_at = now if state is SubmissionState.PUBLISHED else None
        if state in (SubmissionState.REJECTED, SubmissionState.WITHDRAWN, SubmissionState.EXPIRED):
            theirs.entry_number = None
    with_us = (SubmissionState.READY, SubmissionState.PUBLISHED, SubmissionState.DECLINED)

    assert found(ours) == ([(theirs.id, 0)] if state in with_us else [])
    assert found(theirs) == ([(ours.id, 0)] if state in with_us else [])


def test_photos_of_another_campaign_are_not_found(
    campaign: Campaign, fan: Someone, other_fan: Someone, marketer: Someone
) -> None:
    ours = shown(campaign, fan)
    shown(make_campaign(marketer.actor, title="Another"), other_fan)

    assert found(ours) == []


def test_own_photos_are_found_too(campaign: Campaign, fan: Someone) -> None:
    ours, own = shown(campaign, fan), shown(campaign, fan)

    assert found(ours) == [(own.id, 0)]


def test_other_shape_or_tone_is_another_picture_unless_very_near(
    campaign: Campaign, fan: Someone, other_fan: Someone
) -> None:
    ours = shown(campaign, fan)
    shown(campaign, other_fan, turned(FERRY, *range(8)), width=1200, height=1600)
    shown(campaign, other_fan, turned(FERRY, *range(8)), thumbhash=OTHER_TONE)
    grey_copy = shown(campaign, other_fan, turned(FERRY, 5), thumbhash=OTHER_TONE)

    assert found(ours) == [(grey_copy.id, 1)]


def test_plain_pictures_are_found_by_their_bytes_alone(campaign: Campaign, fan: Someone, other_fan: Someone) -> None:
    ours = shown(campaign, fan, SKY, sha256="5" * 64)
    shown(campaign, other_fan, SKY)
    same = shown(campaign, other_fan, SKY, sha256="5" * 64)

    (near,) = near_duplicates(ours)

    assert (near.submission.id, near.is_same_file) == (same.id, True)


def test_photos_from_before_there_were_hashes_are_left_alone(campaign: Campaign, fan: Someone) -> None:
    ours = shown(campaign, fan)
    (old,) = add_photos(campaign, fan.person_id, state=SubmissionState.READY, first_entry=2)

    assert found(ours) == []
    assert found(old) == []


def test_page_of_thirty_takes_as_many_queries_as_one(campaign: Campaign, fan: Someone, other_fan: Someone) -> None:
    theirs = shown(campaign, other_fan)
    ours = [shown(campaign, fan, turned(FERRY, number % 8)).id for number in range(30)]
    theirs_id = theirs.id

    with statements() as one:
        assert count_near_duplicates([theirs_id]) == {theirs_id: 24}
    with statements() as thirty:
        assert set(count_near_duplicates(ours).values()) == {24}

    assert (len(one), len(thirty)) == (2, 2)
