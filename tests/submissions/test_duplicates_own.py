"""A fan's own photo, sent twice, collapses into the first; nothing is lost, and the fan has the last word."""

from __future__ import annotations

import random
from io import BytesIO
from uuid import UUID

import pytest
from PIL import Image
from sqlalchemy import select

from campaign.db import db, transaction
from campaign.errors import Conflict, NotFound, NotPermitted
from campaign.jobs.models import Job
from campaign.submissions.duplicates import keep_as_distinct, keepable, near_duplicates
from campaign.submissions.leftovers import KEPT_FOR, sweep_incoming
from campaign.submissions.models import DUPLICATE, SubmissionState
from campaign.submissions.moderation import decline_submission
from campaign.submissions.withdrawal import withdraw_submission
from tests.people import Someone
from tests.submissions.conftest import Send, Work, stored
from uploads.storage import Storage


def picture(seed: int) -> Image.Image:
    """Soft shapes in colour, other ones for each seed."""
    colours = random.Random(seed).randbytes(7 * 5 * 3)
    return Image.frombytes("RGB", (7, 5), colours).resize((700, 500), Image.Resampling.BICUBIC)


def jpeg_of(image: Image.Image, quality: int = 90) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


FIRST = jpeg_of(picture(1))
COPY = jpeg_of(picture(1).crop((7, 0, 700, 495)).resize((346, 248)), quality=60)
OTHER = jpeg_of(picture(2))


@pytest.fixture
def first(fan: Someone, send: Send, work: Work) -> UUID:
    sent = send(fan.actor, FIRST)
    work()
    return sent


@pytest.fixture
def copy(fan: Someone, first: UUID, send: Send, work: Work) -> UUID:
    assert stored(first).state is SubmissionState.READY
    sent = send(fan.actor, COPY)
    work()
    return sent


def keys(store: Storage, submission_id: UUID) -> list[str]:
    photo_id = stored(submission_id).photo.id
    return [one.key for kind in ("photos", "originals", "incoming") for one in store.list_prefix(f"{kind}/{photo_id}/")]


def test_smaller_copy_collapses_into_the_first(first: UUID, copy: UUID, store: Storage) -> None:
    collapsed = stored(copy)

    assert (collapsed.state, collapsed.reason) == (SubmissionState.REJECTED, DUPLICATE)
    assert (collapsed.duplicate_of_id, collapsed.entry_number) == (first, None)
    assert keys(store, copy) == [collapsed.photo.incoming_key]
    assert stored(first).state is SubmissionState.READY


def test_its_fan_hears_it(copy: UUID) -> None:
    told = select(Job.payload).where(Job.payload["submission_id"].astext == str(copy))

    assert {"submission_id": str(copy), "reason": DUPLICATE} in db.session.scalars(told).all()


def test_another_picture_and_another_fans_copy_stay(
    fan: Someone, other_fan: Someone, first: UUID, send: Send, work: Work
) -> None:
    other, theirs = send(fan.actor, OTHER), send(other_fan.actor, COPY)
    work()

    assert {stored(one).state for one in (other, theirs)} == {SubmissionState.READY}
    assert [near.submission.id for near in near_duplicates(stored(theirs))] == [first]


def test_two_photos_kept_as_such_are_both_looked_at(fan: Someone, copy: UUID, first: UUID, work: Work) -> None:
    with transaction():
        keep_as_distinct(fan.actor, copy)
        keep_as_distinct(fan.actor, copy)
    work()
    with transaction():
        keep_as_distinct(fan.actor, copy)

    kept = stored(copy)
    assert (kept.state, kept.reason, kept.duplicate_of_id) == (SubmissionState.READY, "", None)
    assert kept.entry_number == 2
    assert [near.submission.id for near in near_duplicates(kept)] == [first]


def test_same_file_cannot_be_two_photos_while_the_first_is_with_us(
    fan: Someone, first: UUID, send: Send, work: Work
) -> None:
    again = send(fan.actor, FIRST)
    work()

    assert keepable([again]) == set()
    with transaction(), pytest.raises(Conflict) as refused:
        keep_as_distinct(fan.actor, again)
    assert refused.value.code == "same_file"

    with transaction():
        withdraw_submission(fan.actor, first)
    with transaction():
        keep_as_distinct(fan.actor, again)
    work()
    assert stored(again).state is SubmissionState.READY


def test_declined_photo_sent_again_collapses_only_as_the_same_file(
    fan: Someone, staff: Someone, first: UUID, send: Send, work: Work
) -> None:
    with transaction():
        decline_submission(staff.actor, first, "Please straighten the horizon.")
    same, mended = send(fan.actor, FIRST), send(fan.actor, COPY)
    work()

    assert (stored(same).reason, stored(same).duplicate_of_id) == (DUPLICATE, first)
    assert stored(mended).state is SubmissionState.READY


def test_only_its_fan_may_keep_it(other_fan: Someone, staff: Someone, copy: UUID) -> None:
    with transaction(), pytest.raises(NotFound):
        keep_as_distinct(other_fan.actor, copy)
    with transaction(), pytest.raises(NotPermitted):
        keep_as_distinct(staff.actor, copy)


def test_nothing_is_kept_without_a_free_entry(fan: Someone, copy: UUID, send: Send) -> None:
    send(fan.actor, OTHER)
    send(fan.actor, jpeg_of(picture(3)))

    with transaction(), pytest.raises(Conflict) as refused:
        keep_as_distinct(fan.actor, copy)

    assert refused.value.code == "entry_limit"
    assert stored(copy).state is SubmissionState.REJECTED


def test_bytes_are_kept_for_a_week_and_then_gone(fan: Someone, copy: UUID, store: Storage) -> None:
    sweep_incoming()
    assert keys(store, copy) == [stored(copy).photo.incoming_key]

    with transaction():
        stored(copy).received_at -= KEPT_FOR
    sweep_incoming()

    assert keys(store, copy) == []
    with transaction(), pytest.raises(Conflict) as refused:
        keep_as_distinct(fan.actor, copy)
    assert refused.value.code == "cannot_be_kept"


def test_copy_can_be_taken_back_at_once(fan: Someone, copy: UUID, work: Work, store: Storage) -> None:
    with transaction():
        withdraw_submission(fan.actor, copy)
    work()

    assert stored(copy).state is SubmissionState.WITHDRAWN
    assert keys(store, copy) == []


def test_photo_that_was_never_a_copy_is_left_as_it_is(fan: Someone, first: UUID) -> None:
    with transaction(), pytest.raises(Conflict):
        keep_as_distinct(fan.actor, first)

    assert stored(first).is_distinct is False
