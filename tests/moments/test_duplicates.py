"""What a fan is told of a photo that was put aside as sent before: kinder words than of a file that did not open."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from campaign.campaigns.models import Campaign
from campaign.db import db, transaction
from campaign.moments.models import Kind
from campaign.submissions.models import DUPLICATE, SubmissionState
from campaign.submissions.words import ONE_PHOTO, TWO_PHOTOS
from tests.factories import add_photos
from tests.moments.conftest import Work, happen, told
from tests.people import Someone


@pytest.mark.parametrize(("same_file", "next_step"), [(False, TWO_PHOTOS), (True, ONE_PHOTO)])
def test_a_copy_is_told_with_the_day_of_the_first(
    campaign: Campaign, fan: Someone, work: Work, *, same_file: bool, next_step: str
) -> None:
    assert fan.person_id is not None
    first, copy = add_photos(campaign, fan.person_id, 2, state=SubmissionState.READY)
    with transaction(), db.session.no_autoflush:
        first.created_at = datetime(2026, 5, 3, 9, 12, tzinfo=UTC)
        copy.state, copy.reason, copy.duplicate_of_id, copy.entry_number = (
            SubmissionState.REJECTED, DUPLICATE, first.id, None,
        )  # fmt: skip
        copy.photo.sha256 = first.photo.sha256 if same_file else copy.photo.sha256

    happen("submission.rejected", submission_id=copy.id)
    work()

    (moment,) = told(fan)
    assert (moment.kind, moment.title) == (Kind.REJECTED, "We have this photo already")
    assert "the same photo that you sent us on Sunday 3 May, 10:12 (Lisbon)" in moment.body
    assert moment.body.endswith(next_step)
