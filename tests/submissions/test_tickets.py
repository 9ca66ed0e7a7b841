"""A ticket's life after it was issued."""

from __future__ import annotations

import pytest

from campaign.db import transaction
from campaign.errors import Conflict, NotFound
from campaign.submissions.arrival import complete_submission
from campaign.submissions.models import SubmissionState
from campaign.submissions.tickets import expire_unused_tickets, give_back, refresh_ticket
from tests.people import Someone
from tests.submissions.conftest import Issue, Send, Work, age_ticket, put, stored
from uploads.storage import Storage


def test_fresh_signature_brings_the_same_photo(fan: Someone, issue: Issue, store: Storage, jpeg: bytes) -> None:
    issued = issue(fan.actor)
    submission_id = issued.submission.id

    fresh = refresh_ticket(fan.actor, submission_id, storage=store)

    assert fresh.expires_at <= issued.put.expires_at
    assert put(type(issued)(issued.submission, fresh), jpeg).ok
    assert store.head(stored(submission_id).photo.incoming_key).bytes == len(jpeg)


def test_signature_is_refused_when_the_photo_is_here(fan: Someone, send: Send, store: Storage) -> None:
    submission_id = send(fan.actor)

    with pytest.raises(Conflict) as refused:
        refresh_ticket(fan.actor, submission_id, storage=store)

    assert refused.value.code == "not_waiting"


def test_dead_ticket_is_not_revived(fan: Someone, issue: Issue, store: Storage) -> None:
    submission_id = issue(fan.actor).submission.id
    age_ticket(submission_id)

    with pytest.raises(Conflict) as refused:
        refresh_ticket(fan.actor, submission_id, storage=store)

    assert refused.value.code == "ticket_expired"


def test_somebody_elses_ticket_is_not_known(
    fan: Someone, other_fan: Someone, staff: Someone, issue: Issue, store: Storage
) -> None:
    submission_id = issue(fan.actor).submission.id

    for stranger in (other_fan, staff):
        with pytest.raises(NotFound):
            refresh_ticket(stranger.actor, submission_id, storage=store)


def test_unused_tickets_expire_and_their_half_arrived_bytes_go(
    fan: Someone, issue: Issue, store: Storage, jpeg: bytes, work: Work
) -> None:
    unused, living = issue(fan.actor), issue(fan.actor)
    put(unused, jpeg)
    key, unused_id, living_id = unused.submission.photo.incoming_key, unused.submission.id, living.submission.id
    age_ticket(unused_id)

    assert expire_unused_tickets() == 1
    work()

    assert stored(unused_id).state is SubmissionState.EXPIRED
    assert stored(unused_id).entry_number is None
    assert stored(living_id).state is SubmissionState.TICKETED
    assert store.list_prefix(key) == []
    assert expire_unused_tickets() == 0


def test_completed_ticket_never_expires(fan: Someone, send: Send) -> None:
    submission_id = send(fan.actor)
    age_ticket(submission_id)

    assert expire_unused_tickets() == 0


def test_entry_is_given_back_when_the_bytes_could_not_come(fan: Someone, issue: Issue, store: Storage) -> None:
    submission_id = issue(fan.actor).submission.id

    with transaction():
        give_back(submission_id)

    assert stored(submission_id).state is SubmissionState.EXPIRED
    with pytest.raises(Conflict):
        complete_submission(fan.actor, submission_id, storage=store)
