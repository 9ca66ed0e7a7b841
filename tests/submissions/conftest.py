"""An open campaign, the real store, and a hand that does what the workers would do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
import requests
from flask import Flask
from PIL import Image
from sqlalchemy import inspect, select

from campaign.accounts.actor import Actor
from campaign.campaigns.models import Campaign
from campaign.db import db, transaction
from campaign.jobs import runner
from campaign.jobs.models import Job, JobState
from campaign.submissions.arrival import complete_submission
from campaign.submissions.intake import Entry, Issued, issue_submission_ticket
from campaign.submissions.models import Submission
from campaign.submissions.queries import submission_of
from tests.factories import make_campaign
from tests.people import Someone
from uploads.limits import Limits
from uploads.storage import Storage

Issue = Callable[..., Issued]
Send = Callable[..., UUID]
Work = Callable[..., int]


@pytest.fixture
def campaign(marketer: Someone) -> Campaign:
    return make_campaign(marketer.actor)


@pytest.fixture
def store(app: Flask) -> Storage:
    store: Storage = app.extensions["flaunt_storage"]
    store.ensure_bucket()
    return store


@pytest.fixture(scope="session")
def jpeg() -> bytes:
    """A small photo of 900 x 600 with something in it."""
    picture = Image.linear_gradient("L").resize((900, 600)).convert("RGB")
    out = BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()


@pytest.fixture
def issue(store: Storage, campaign: Campaign, jpeg: bytes) -> Issue:
    """Take an entry and commit; whatever differs from a good entry is named."""

    def issue_one(actor: Actor, *, campaign: Campaign = campaign, **changes: object) -> Issued:
        with transaction():
            return issue_submission_ticket(
                actor,
                db.session.get_one(Campaign, inspect(campaign).identity),  # a job's session may have ended meanwhile
                entry(**{"bytes": len(jpeg), **changes}),
                storage=store,
                limits=Limits(),
                seconds=900,
            )

    return issue_one


@pytest.fixture
def send(store: Storage, issue: Issue, jpeg: bytes) -> Send:
    """Ticket, PUT to the real store as a phone does it, complete. Answers the submission's id."""

    def send_one(actor: Actor, data: bytes = jpeg, **changes: object) -> UUID:
        issued = issue(actor, bytes=len(data), **changes)
        submission_id = issued.submission.id
        put(issued, data).raise_for_status()
        complete_submission(actor, submission_id, storage=store)
        return submission_id

    return send_one


@pytest.fixture
def work() -> Work:
    """Do every due job once, as workers would; answers how many."""

    def do_all(kind: str | None = None) -> int:
        due = select(Job.id).where(Job.state == JobState.DUE).order_by(Job.run_at)
        if kind is not None:
            due = due.where(Job.kind == kind)
        jobs = list(db.session.scalars(due))
        db.session.commit()
        for job_id in jobs:
            runner.run(str(job_id))
        return len(jobs)

    return do_all


class WatchedStore:
    """The real store, which notes any call made while a transaction is open."""

    def __init__(self, store: Storage) -> None:
        self._store = store
        self.calls = 0
        self.held: list[str] = []

    def __getattr__(self, name: str) -> Any:
        self.calls += 1
        if db.session().in_transaction():
            self.held.append(name)
        return getattr(self._store, name)


@pytest.fixture
def watched(app: Flask, store: Storage, monkeypatch: pytest.MonkeyPatch) -> WatchedStore:
    watched = WatchedStore(store)
    monkeypatch.setitem(app.extensions, "flaunt_storage", watched)
    return watched


def entry(**changes: object) -> Entry:
    given: dict[str, object] = {
        "caption": "The ferry coming home",
        "place": "Lisbon",
        "rules_version": 1,
        "filename": "IMG_2041.jpg",
        "content_type": "image/jpeg",
        "bytes": 1000,
    }
    return Entry(**(given | changes))  # type: ignore[arg-type]  # the changes are the test's own


def put(issued: Issued, data: bytes) -> requests.Response:
    return requests.put(issued.put.url, data=data, headers=issued.put.headers, timeout=10)


def stored(submission_id: UUID) -> Submission:
    """The submission as it stands in the database now."""
    return submission_of(submission_id)


def age_ticket(submission_id: UUID) -> None:
    """Let the ticket's time be over."""
    with transaction():
        submission = stored(submission_id)
        submission.ticket_expires_at -= timedelta(hours=1)
