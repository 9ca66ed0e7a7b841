"""Photos that we failed to open get another chance; what the fan sent stays for a week."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import click
import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select

from campaign.accounts.audit import AuditEntry
from campaign.campaigns.models import Campaign, Stage
from campaign.db import db, transaction
from campaign.errors import Conflict, NotFound, NotPermitted, SignInNeeded
from campaign.jobs.commands import add_commands
from campaign.jobs.models import Job, JobState
from campaign.submissions.leftovers import sweep_incoming
from campaign.submissions.mending import mendable, try_photo_again
from campaign.submissions.models import SubmissionState
from campaign.submissions.processing import record_refusal, reject_failed_photo
from campaign.submissions.withdrawal import withdraw_submission
from tests.factories import add_photos
from tests.people import Someone
from tests.submissions.conftest import Send, Work, stored
from uploads.reasons import Reason
from uploads.storage import Storage


@pytest.fixture
def failed(fan: Someone, send: Send) -> UUID:
    """A sound photo that was rejected because its job failed."""
    submission_id = send(fan.actor)
    photo_id = stored(submission_id).photo.id
    with transaction():
        job = db.session.scalars(select(Job).where(Job.kind == "photo.process")).one()
        job.state, job.finished_at = JobState.FAILED, job.created_at
        reject_failed_photo({"photo_id": str(photo_id)}, "It crashed three workers.")
    return submission_id


def again(someone: Someone, submission_id: UUID) -> None:
    with transaction():
        try_photo_again(someone.actor, submission_id)


def test_failed_photo_becomes_ready_when_it_is_tried_again(staff: Someone, failed: UUID, work: Work) -> None:
    work()
    again(staff, failed)

    assert stored(failed).state is SubmissionState.RECEIVED
    assert stored(failed).entry_number == 1
    work("photo.process")
    assert stored(failed).state is SubmissionState.READY
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "submission.tried_again")).one()
    assert (entry.actor_id, entry.subject_id) == (staff.person_id, failed)


def test_photo_whose_job_ended_gets_a_new_one(fan: Someone, staff: Someone, send: Send, work: Work) -> None:
    submission_id = send(fan.actor)
    with transaction():
        job = db.session.scalars(select(Job).where(Job.kind == "photo.process")).one()
        job.state, job.finished_at = JobState.DONE, job.created_at
        record_refusal(submission_id, Reason.DECODER_TIMEOUT)

    again(staff, submission_id)
    work("photo.process")

    assert stored(submission_id).state is SubmissionState.READY


def test_trying_again_twice_is_once(staff: Someone, failed: UUID) -> None:
    again(staff, failed)
    again(staff, failed)

    due = select(Job).where(Job.kind == "photo.process", Job.state == JobState.DUE)
    assert len(db.session.scalars(due).all()) == 1


def retry_by_hand(app: Flask) -> Result:
    """What the operator types: `flaunt jobs retry ID`, with the id of the photo's failed job."""
    job_id = db.session.scalars(select(Job.id).where(Job.kind == "photo.process", Job.state == JobState.FAILED)).one()
    db.session.commit()

    @click.group()
    def flaunt() -> None:
        """The command line."""

    add_commands(flaunt, lambda: app)
    return CliRunner().invoke(flaunt, ["jobs", "retry", str(job_id)])


def test_retrying_the_job_receives_the_photo_again(app: Flask, failed: UUID, work: Work) -> None:
    assert retry_by_hand(app).exit_code == 0

    assert (stored(failed).state, stored(failed).entry_number) == (SubmissionState.RECEIVED, 1)
    assert work("photo.process") == 1
    assert stored(failed).state is SubmissionState.READY


def test_retrying_the_job_of_a_photo_that_was_taken_back_leaves_it(
    app: Flask, fan: Someone, failed: UUID, work: Work
) -> None:
    with transaction():
        withdraw_submission(fan.actor, failed)

    assert retry_by_hand(app).exit_code == 0

    assert work("photo.process") == 1
    assert stored(failed).state is SubmissionState.WITHDRAWN


def test_retrying_the_job_of_a_photo_whose_entry_was_used_says_so(
    app: Flask, fan: Someone, campaign: Campaign, failed: UUID
) -> None:
    assert fan.person_id is not None
    add_photos(campaign, fan.person_id, campaign.entry_limit)

    told = retry_by_hand(app)

    assert told.exit_code == 1
    assert "The fan has sent another photo in its place: each may send 3" in told.output
    assert stored(failed).state is SubmissionState.REJECTED
    assert db.session.scalars(select(Job.state).where(Job.kind == "photo.process")).one() is JobState.FAILED


def test_operator_needs_no_role(failed: UUID) -> None:
    with transaction():
        try_photo_again(None, failed)

    assert stored(failed).state is SubmissionState.RECEIVED
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "submission.tried_again")).one()
    assert entry.actor_id is None


def test_bytes_are_kept_a_week_and_then_swept(staff: Someone, failed: UUID, store: Storage) -> None:
    key = stored(failed).photo.incoming_key
    sweep_incoming()
    assert store.head(key).bytes > 0

    with transaction():
        submission = stored(failed)
        assert submission.received_at is not None
        submission.received_at -= timedelta(days=8)
    sweep_incoming()

    assert [one.key for one in store.list_prefix(key)] == []
    with pytest.raises(Conflict) as refused:
        again(staff, failed)
    assert refused.value.code == "cannot_be_mended"


def test_photo_refused_for_what_it_is_stays_refused(fan: Someone, staff: Someone, send: Send) -> None:
    submission_id = send(fan.actor)
    with transaction():
        record_refusal(submission_id, Reason.NOT_AN_IMAGE)

    assert mendable([submission_id]) == set()
    with pytest.raises(Conflict):
        again(staff, submission_id)


def test_fan_who_used_the_entry_keeps_what_they_sent(
    fan: Someone, staff: Someone, campaign: Campaign, failed: UUID
) -> None:
    assert fan.person_id is not None
    add_photos(campaign, fan.person_id, campaign.entry_limit)

    with pytest.raises(Conflict) as refused:
        again(staff, failed)

    assert refused.value.code == "entry_limit"
    assert stored(failed).state is SubmissionState.REJECTED


def test_announced_campaign_takes_nothing_more(staff: Someone, failed: UUID) -> None:
    with transaction():
        campaign = stored(failed).campaign
        campaign.stage, campaign.closed_at = Stage.ANNOUNCED, campaign.closes_at
        campaign.announced_at = campaign.closes_at

    with pytest.raises(Conflict) as refused:
        again(staff, failed)

    assert refused.value.code == "announced"


def test_mended_photo_that_is_taken_back_is_deleted(
    fan: Someone, staff: Someone, failed: UUID, work: Work, store: Storage
) -> None:
    work()
    again(staff, failed)
    work()
    photo_id = stored(failed).photo.id

    with transaction():
        withdraw_submission(fan.actor, failed)
    work()

    kinds = ("photos", "originals", "incoming")
    assert [one.key for kind in kinds for one in store.list_prefix(f"{kind}/{photo_id}/")] == []


def test_fan_can_have_the_kept_file_deleted(fan: Someone, failed: UUID, work: Work, store: Storage) -> None:
    work()
    key = stored(failed).photo.incoming_key
    assert store.head(key).bytes > 0

    with transaction():
        withdraw_submission(fan.actor, failed)
    work()

    assert [one.key for one in store.list_prefix(key)] == []
    assert mendable([failed]) == set()


def test_only_the_crew_may(fan: Someone, cast_member: Someone, anonymous: Someone, failed: UUID) -> None:
    for stranger in (fan, cast_member):
        with pytest.raises(NotPermitted):
            again(stranger, failed)
    with pytest.raises(SignInNeeded):
        again(anonymous, failed)
    with pytest.raises(NotFound):
        again(anonymous, uuid4())
