"""The whole application: workers killed in the middle of photos, and Redis emptied with photos waiting."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import IO
from uuid import UUID

import psutil
import pytest
import requests
from flask import Flask
from PIL import Image
from sqlalchemy import func, select

from campaign.accounts.actor import Actor
from campaign.campaigns.models import Campaign
from campaign.config import Settings
from campaign.db import db, transaction
from campaign.jobs.models import Job, JobState
from campaign.submissions.arrival import complete_submission
from campaign.submissions.intake import Entry, issue_submission_ticket
from campaign.submissions.models import Submission, SubmissionState
from campaign.submissions.queries import submission_of
from tests.factories import make_campaign
from tests.jobs.processes import RedisServer, eventually
from tests.people import meet
from uploads.limits import Limits
from uploads.storage import Storage

PHOTOS = 12
PROMISED = 60.0
"""Seconds after the last fault within which everything is done."""
SECRETS = ("secret_key", "s3_access_key_id", "s3_secret_access_key")
PLAIN = ("environment", "base_url", "database_url", "s3_endpoint_url", "s3_bucket", "log_format")


@pytest.fixture
def environment(settings: Settings, house_redis: RedisServer) -> dict[str, str]:
    """The environment of `flaunt` processes that share this test's database and store, with a Redis to spoil."""
    given = {name.upper(): str(getattr(settings, name)) for name in PLAIN}
    given |= {name.upper(): getattr(settings, name).get_secret_value() for name in SECRETS}
    provider = '[{"name": "local", "label": "Local", "issuer": "http://localhost", "client_id": "flaunt"}]'
    return {**os.environ, **given, "REDIS_URL": house_redis.url, "OIDC_PROVIDERS": provider}


@pytest.fixture
def store(app: Flask) -> Storage:
    store: Storage = app.extensions["flaunt_storage"]
    store.ensure_bucket()
    return store


@pytest.fixture
def received(app: Flask, committed: None, store: Storage) -> list[UUID]:
    """Submissions whose photos have arrived and wait for a worker."""
    campaign = make_campaign(meet(app, "marketer").actor, entry_limit=PHOTOS)
    fan = meet(app, "fan").actor
    picture = Image.effect_noise((3000, 2000), 40).convert("RGB")
    out = BytesIO()
    picture.save(out, "JPEG", quality=80)
    return [send(fan, campaign.id, out.getvalue(), store) for _ in range(PHOTOS)]


def send(fan: Actor, campaign_id: UUID, data: bytes, store: Storage) -> UUID:
    entry = Entry(
        caption="The ferry", place="Lisbon", rules_version=1,
        filename="ferry.jpg", content_type="image/jpeg", bytes=len(data),
    )  # fmt: skip
    with transaction():
        campaign = db.session.get_one(Campaign, campaign_id)
        issued = issue_submission_ticket(fan, campaign, entry, storage=store, limits=Limits(), seconds=900)
        submission_id = issued.submission.id
    requests.put(issued.put.url, data=data, headers=issued.put.headers, timeout=30).raise_for_status()
    complete_submission(fan, submission_id, storage=store)
    return submission_id


@contextmanager
def flaunt(role: str, environment: dict[str, str], log: IO[str]) -> Iterator[psutil.Popen]:
    process = psutil.Popen([Path(sys.executable).with_name("flaunt"), role], env=environment, stderr=log)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(40)


def count(state: SubmissionState) -> int:
    db.session.rollback()
    return db.session.scalars(select(func.count()).select_from(Submission).where(Submission.state == state)).one()


def is_one_in_work() -> bool:
    db.session.rollback()
    running = select(Job.id).where(Job.kind == "photo.process", Job.state == JobState.RUNNING)
    return db.session.scalars(running.limit(1)).first() is not None


def has_ready(least: int) -> bool:
    return count(SubmissionState.READY) >= least


def is_all_done() -> bool:
    db.session.rollback()
    unfinished = select(func.count()).select_from(Job).where(Job.state != JobState.DONE)
    return has_ready(PHOTOS) and db.session.scalars(unfinished).one() == 0


def kill_workers(supervisor: psutil.Popen) -> None:
    """`kill -9` every worker process in the middle of a photo; what they had started dies with them."""
    eventually(is_one_in_work, within=60)
    family = supervisor.children(recursive=True)
    for child in supervisor.children():
        child.kill()
    _, alive = psutil.wait_procs(family, timeout=15)
    assert alive == []


def test_killed_workers_and_an_emptied_redis_lose_no_photo(
    received: list[UUID], environment: dict[str, str], house_redis: RedisServer, store: Storage, tmp_path: Path
) -> None:
    path = tmp_path / "processes.log"
    with path.open("w") as log, flaunt("clock", environment, log), flaunt("worker", environment, log) as supervisor:
        kill_workers(supervisor)
        eventually(partial(has_ready, 1), within=60)
        house_redis.client.flushall()
        eventually(partial(has_ready, 3), within=60)
        kill_workers(supervisor)
        house_redis.client.flushall()
        spoiled = time.monotonic()
        eventually(is_all_done, within=60)
        caught_up = time.monotonic() - spoiled
        assert caught_up < PROMISED

    for submission_id in received:
        photo = submission_of(submission_id).photo
        named = {rendition.key for rendition in photo.renditions}
        assert {stored.key for stored in store.list_prefix(f"photos/{photo.id}/")} == named
        assert len(named) == 4
    assert "Traceback" not in path.read_text()
    print(f"{PHOTOS} photos ready, once each, {caught_up:.1f} s after the last of 4 faults")  # noqa: T201 -- the figure
