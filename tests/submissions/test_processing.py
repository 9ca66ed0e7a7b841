"""From the bytes in the store to a photo that is ready, or rejected with a reason."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest
from sqlalchemy import select

from campaign.db import db, transaction
from campaign.jobs import Retry, Superseded, leases
from campaign.jobs.models import Job
from campaign.jobs.timing import Timing
from campaign.submissions import processing
from campaign.submissions.arrival import complete_submission
from campaign.submissions.leftovers import sweep_incoming
from campaign.submissions.models import SubmissionState
from campaign.submissions.processing import process_arrived_photo, reject_failed_photo
from campaign.submissions.withdrawal import withdraw_submission
from tests.people import Someone
from tests.submissions.conftest import Issue, Send, WatchedStore, Work, put, stored
from uploads.objects import StorageUnavailable
from uploads.reasons import PhotoRefused, Reason
from uploads.storage import Storage


def keys(store: Storage, photo_id: UUID) -> set[str]:
    found = [store.list_prefix(f"{kind}/{photo_id}/") for kind in ("photos", "originals", "incoming")]
    return {stored_object.key for objects in found for stored_object in objects}


def named(submission_id: UUID) -> set[str]:
    photo = stored(submission_id).photo
    return {rendition.key for rendition in photo.renditions} | {photo.original_key or ""}


@contextmanager
def claimed(kind: str = "photo.process") -> Iterator[leases.Claim]:
    """One attempt of the only job of this kind."""
    job_id = db.session.scalars(select(Job.id).where(Job.kind == kind)).one()
    with transaction():
        claim = leases.claim(job_id, Timing())
    assert claim is not None
    yield claim


def test_photo_becomes_ready(fan: Someone, send: Send, work: Work, store: Storage, jpeg: bytes) -> None:
    submission_id = send(fan.actor)

    work()

    submission = stored(submission_id)
    photo = submission.photo
    assert submission.state is SubmissionState.READY
    assert (photo.width, photo.height, photo.format, photo.bytes) == (900, 600, "jpeg", len(jpeg))
    assert [(one.name, one.width, one.height) for one in photo.renditions] == [
        ("320", 320, 213),
        ("640", 640, 427),
        ("1280", 900, 600),
    ]
    assert photo.thumbhash
    assert keys(store, photo.id) == named(submission_id)


def test_no_transaction_is_open_while_the_store_is_asked(
    fan: Someone, issue: Issue, work: Work, jpeg: bytes, watched: WatchedStore
) -> None:
    issued = issue(fan.actor)
    path = f"/api/v1/submissions/{issued.submission.id}/complete"
    put(issued, jpeg)

    assert fan.browser.post(path).status_code == 202
    work()
    sweep_incoming()

    assert watched.calls > 8
    assert watched.held == []


def test_job_delivered_five_times_has_one_effect(fan: Someone, send: Send, work: Work, store: Storage) -> None:
    submission_id = send(fan.actor)
    work()
    before = named(submission_id)

    with transaction():
        job = db.session.scalars(select(Job).where(Job.kind == "photo.process")).one()
        job.state, job.finished_at = job.state.DUE, None
    for _ in range(4):
        work("photo.process")

    assert named(submission_id) == before
    assert keys(store, stored(submission_id).photo.id) == before


def test_second_put_changes_nothing_anyone_sees(
    fan: Someone, issue: Issue, work: Work, store: Storage, jpeg: bytes
) -> None:
    issued = issue(fan.actor)
    submission_id, key = issued.submission.id, issued.submission.photo.incoming_key
    put(issued, jpeg)
    complete_submission(fan.actor, submission_id, storage=store)
    work()
    before = {one.key: one.etag for one in stored(submission_id).photo.renditions}

    assert put(issued, secrets.token_bytes(len(jpeg))).ok
    assert sweep_incoming() >= 1

    assert {one: store.head(one).etag for one in before} == before
    assert store.list_prefix(key) == []


def test_file_that_is_no_photo_is_rejected_and_the_entry_returns(
    fan: Someone, send: Send, work: Work, store: Storage
) -> None:
    submission_id = send(fan.actor, data=b"just words, many of them" * 10)

    work()

    submission = stored(submission_id)
    assert submission.state is SubmissionState.REJECTED
    assert submission.reason == Reason.NOT_AN_IMAGE
    assert submission.entry_number is None
    assert keys(store, submission.photo.id) == set()


def test_photo_cut_short_is_rejected_for_that(fan: Someone, send: Send, work: Work, jpeg: bytes) -> None:
    submission_id = send(fan.actor, data=jpeg[: len(jpeg) // 2])

    work()

    assert stored(submission_id).reason == Reason.TRUNCATED


def test_photo_lost_on_the_way_is_rejected_for_that(fan: Someone, send: Send, work: Work, store: Storage) -> None:
    submission_id = send(fan.actor)
    store.delete(stored(submission_id).photo.incoming_key)

    work()

    assert stored(submission_id).reason == Reason.MISSING


def test_photo_taken_back_meanwhile_leaves_nothing(fan: Someone, send: Send, work: Work, store: Storage) -> None:
    submission_id = send(fan.actor)
    with transaction():
        withdraw_submission(fan.actor, submission_id)

    work()

    assert stored(submission_id).state is SubmissionState.WITHDRAWN
    assert keys(store, stored(submission_id).photo.id) == set()


def test_lost_attempt_writes_nothing_and_takes_its_objects_along(
    fan: Someone, send: Send, store: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    submission_id = send(fan.actor)
    photo_id = stored(submission_id).photo.id
    work_done = processing.process_photo

    def overtaken(*given: object, **named_: object) -> object:
        made = work_done(*given, **named_)  # type: ignore[arg-type]  # passed on as it came
        with transaction():
            db.session.execute(Job.__table__.update().values(attempt=99))
        return made

    monkeypatch.setattr(processing, "process_photo", overtaken)
    with claimed() as claim, pytest.raises(Superseded):
        process_arrived_photo(claim.payload, attempt=claim.attempt)

    assert stored(submission_id).state is SubmissionState.RECEIVED
    assert keys(store, photo_id) == {stored(submission_id).photo.incoming_key}


def test_crashed_attempts_leftovers_go_with_the_next_one(fan: Someone, send: Send, work: Work, store: Storage) -> None:
    submission_id = send(fan.actor)
    photo_id = stored(submission_id).photo.id
    store.put_bytes(f"photos/{photo_id}/crashed/320.webp", b"half", content_type="image/webp")

    work()

    assert keys(store, photo_id) == named(submission_id)


def test_silent_store_is_waited_for(fan: Someone, send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    submission_id = send(fan.actor)

    def silent(*_given: object, **_named: object) -> object:
        raise StorageUnavailable("gone")

    monkeypatch.setattr(processing, "process_photo", silent)
    with claimed() as claim, pytest.raises(Retry):
        process_arrived_photo(claim.payload, attempt=claim.attempt)

    assert stored(submission_id).state is SubmissionState.RECEIVED


def test_decoder_that_failed_is_tried_again_before_the_fan_hears_no(
    fan: Someone, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    submission_id = send(fan.actor)

    def fails(*_given: object, **_named: object) -> object:
        raise PhotoRefused(Reason.DECODER_FAILED, "signal 9")

    monkeypatch.setattr(processing, "process_photo", fails)
    with claimed() as claim:
        with pytest.raises(PhotoRefused):
            process_arrived_photo(claim.payload, attempt=claim.attempt)
        assert stored(submission_id).state is SubmissionState.RECEIVED
        last = type(claim.attempt)(claim.attempt.job_id, claim.attempt.kind, claim.attempt.number, strikes=2)
        process_arrived_photo(claim.payload, attempt=last)

    assert stored(submission_id).state is SubmissionState.REJECTED
    assert stored(submission_id).reason == Reason.DECODER_FAILED


def test_job_that_failed_for_good_rejects_the_photo(fan: Someone, send: Send, work: Work, store: Storage) -> None:
    submission_id = send(fan.actor)
    photo_id = stored(submission_id).photo.id
    incoming_key = stored(submission_id).photo.incoming_key
    with transaction():
        reject_failed_photo({"photo_id": str(photo_id)}, "It crashed three workers.")

    work()

    assert stored(submission_id).state is SubmissionState.REJECTED
    assert stored(submission_id).entry_number is None
    assert keys(store, photo_id) == {incoming_key}  # so that the desk can let us try again
