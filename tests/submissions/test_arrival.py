"""“The photo is there now.”"""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from campaign.campaigns.lifecycle import move_campaign
from campaign.campaigns.models import Campaign, State
from campaign.db import db, transaction
from campaign.errors import Conflict, NotFound
from campaign.jobs.models import Job
from campaign.submissions.arrival import complete_submission
from campaign.submissions.models import SubmissionState
from tests.people import Someone
from tests.submissions.conftest import Issue, Send, age_ticket, put, stored
from uploads.storage import Storage


def queued() -> int:
    return db.session.scalars(select(func.count()).select_from(Job).where(Job.kind == "photo.process")).one()


def test_photo_that_arrived_is_queued_once(fan: Someone, send: Send, store: Storage) -> None:
    submission_id = send(fan.actor)
    complete_submission(fan.actor, submission_id, storage=store)

    assert stored(submission_id).state is SubmissionState.RECEIVED
    assert stored(submission_id).received_at is not None
    assert queued() == 1


def test_photo_that_is_not_there_can_still_be_sent(fan: Someone, issue: Issue, store: Storage, jpeg: bytes) -> None:
    issued = issue(fan.actor)
    submission_id = issued.submission.id

    with pytest.raises(Conflict) as refused:
        complete_submission(fan.actor, submission_id, storage=store)
    put(issued, jpeg)
    complete_submission(fan.actor, submission_id, storage=store)

    assert refused.value.code == "not_arrived"
    assert queued() == 1


def test_store_refuses_another_length_than_signed(fan: Someone, issue: Issue, jpeg: bytes) -> None:
    issued = issue(fan.actor)
    issued.put.headers.pop("Content-Length")

    assert put(issued, jpeg + b"more").status_code == 403


def test_object_of_another_length_is_not_taken(fan: Someone, issue: Issue, store: Storage, jpeg: bytes) -> None:
    issued = issue(fan.actor)
    submission_id = issued.submission.id
    store.put_bytes(issued.submission.photo.incoming_key, jpeg[:100], content_type="image/jpeg")

    with pytest.raises(Conflict) as refused:
        complete_submission(fan.actor, submission_id, storage=store)

    assert refused.value.code == "size_mismatch"
    assert stored(submission_id).state is SubmissionState.TICKETED


def test_late_photo_is_told_so(fan: Someone, issue: Issue, store: Storage, jpeg: bytes) -> None:
    issued = issue(fan.actor)
    submission_id = issued.submission.id
    put(issued, jpeg)
    age_ticket(submission_id)

    with pytest.raises(Conflict) as refused:
        complete_submission(fan.actor, submission_id, storage=store)

    assert refused.value.code == "ticket_expired"


def test_ticket_from_before_the_closing_is_honoured(
    fan: Someone, marketer: Someone, campaign: Campaign, issue: Issue, store: Storage, jpeg: bytes
) -> None:
    issued = issue(fan.actor)
    submission_id = issued.submission.id
    with transaction():
        move_campaign(marketer.actor, campaign.id, State.CLOSED)

    put(issued, jpeg)
    complete_submission(fan.actor, submission_id, storage=store)

    assert stored(submission_id).state is SubmissionState.RECEIVED


def test_stranger_cannot_complete(fan: Someone, other_fan: Someone, issue: Issue, store: Storage) -> None:
    submission_id = issue(fan.actor).submission.id

    with pytest.raises(NotFound):
        complete_submission(other_fan.actor, submission_id, storage=store)


def test_arrival_is_an_event_told_once(
    app: Flask, fan: Someone, send: Send, store: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, dict[str, str]]] = []
    monkeypatch.setattr("campaign.submissions.arrival.record", lambda kind, payload: told.append((kind, payload)))

    submission_id = send(fan.actor)
    complete_submission(fan.actor, submission_id, storage=store)

    assert told == [("submission.received", {"submission_id": str(submission_id)})]
