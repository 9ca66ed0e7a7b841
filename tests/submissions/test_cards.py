"""The card of a photo: made once it is published, gone when the photo is."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from uuid import UUID

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from campaign.db import db, transaction
from campaign.jobs.models import Job, JobState
from campaign.submissions.moderation import decline_submission, publish_submission, undo_decision
from campaign.submissions.withdrawal import withdraw_submission
from tests.people import Someone
from tests.submissions.conftest import Send, WatchedStore, Work, stored
from uploads.objects import StorageUnavailable
from uploads.storage import Storage

Publish = Callable[[], UUID]


@pytest.fixture
def ready(fan: Someone, send: Send, work: Work) -> UUID:
    submission_id = send(fan.actor)
    work()
    return submission_id


@pytest.fixture
def published(ready: UUID, staff: Someone, work: Work) -> UUID:
    with transaction():
        publish_submission(staff.actor, ready)
    work("photo.card")
    return ready


def path_of(submission_id: UUID) -> str:
    return f"/media/{stored(submission_id).photo.card_key}"


def cards_in(store: Storage, submission_id: UUID) -> list[str]:
    found = store.list_prefix(f"photos/{stored(submission_id).photo.id}/")
    return [one.key for one in found if one.key.endswith("/card.jpg")]


def test_photo_has_no_card_before_it_is_published(ready: UUID, fan: Someone) -> None:
    assert stored(ready).photo.card_key is None
    assert fan.browser.get(f"/api/v1/submissions/{ready}").json["card"] is None


def test_card_is_served_to_everybody(anonymous: Someone, published: UUID) -> None:
    answer = anonymous.browser.get(path_of(published))

    assert (answer.status_code, answer.content_type) == (200, "image/jpeg")
    assert answer.headers["Cache-Control"] == "public, max-age=86400, s-maxage=300"
    with Image.open(BytesIO(answer.data)) as card:
        assert (card.format, card.size) == ("JPEG", (1200, 630))
    assert (
        anonymous.browser.get(path_of(published), headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    )


def test_api_names_the_card_with_its_host(anonymous: Someone, published: UUID) -> None:
    answer = anonymous.browser.get(f"/api/v1/submissions/{published}").json

    assert answer["card"] == f"http://localhost{path_of(published)}"


def test_media_host_is_named_for_cards(
    app: Flask, anonymous: Someone, published: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_host = app.extensions["flaunt_settings"].model_copy(update={"media_url": "https://cdn.example.test/media/"})
    monkeypatch.setitem(app.extensions, "flaunt_settings", with_host)

    card = anonymous.browser.get(f"/api/v1/submissions/{published}").json["card"]

    assert card == f"https://cdn.example.test/media/{stored(published).photo.card_key}"


def test_card_of_a_photo_taken_down_is_for_nobody(
    published: UUID, staff: Someone, fan: Someone, anonymous: Someone, work: Work
) -> None:
    path = path_of(published)
    with transaction():
        decline_submission(staff.actor, published, "Too dark to see.")

    assert [someone.browser.get(path).status_code for someone in (anonymous, fan, staff)] == [404, 404, 404]
    purge = db.session.scalars(select(Job).where(Job.kind == "photo.purge")).one()
    assert path in purge.payload["paths"]


def test_photo_published_again_keeps_its_card(
    published: UUID, staff: Someone, anonymous: Someone, store: Storage, work: Work
) -> None:
    path = path_of(published)
    with transaction():
        undo_decision(staff.actor, published)
    with transaction():
        publish_submission(staff.actor, published)
    work()

    assert path_of(published) == path
    assert anonymous.browser.get(path).status_code == 200
    assert len(cards_in(store, published)) == 1


def test_card_goes_when_the_photo_is_taken_back(
    published: UUID, fan: Someone, anonymous: Someone, store: Storage, work: Work
) -> None:
    path = path_of(published)
    assert len(cards_in(store, published)) == 1
    with transaction():
        withdraw_submission(fan.actor, published)
    assert anonymous.browser.get(path).status_code == 404
    work()

    assert cards_in(store, published) == []
    deletion = db.session.scalars(select(Job).where(Job.kind == "photo.delete")).one()
    assert path in deletion.payload["paths"]


def test_job_delivered_twice_makes_one_card(published: UUID, store: Storage, work: Work) -> None:
    path = path_of(published)
    job = db.session.scalars(select(Job).where(Job.kind == "photo.card")).one()
    with transaction():
        job.state, job.finished_at = JobState.DUE, None
    work()

    assert path_of(published) == path
    assert len(cards_in(store, published)) == 1


def test_photo_taken_down_before_its_card_is_drawn_gets_none(
    ready: UUID, staff: Someone, store: Storage, work: Work
) -> None:
    with transaction():
        publish_submission(staff.actor, ready)
    with transaction():
        undo_decision(staff.actor, ready)
    work()

    assert stored(ready).photo.card_key is None
    assert cards_in(store, ready) == []


def test_photo_taken_down_while_its_card_is_drawn_leaves_none(
    ready: UUID, staff: Someone, store: Storage, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction():
        publish_submission(staff.actor, ready)
    put_file = store.put_file

    def put_and_take_down(*given: object, **named: object) -> object:
        kept = put_file(*given, **named)  # type: ignore[arg-type]  # passed on as it came
        with transaction():
            undo_decision(staff.actor, ready)
        return kept

    monkeypatch.setattr(store, "put_file", put_and_take_down)
    work("photo.card")

    assert stored(ready).photo.card_key is None
    assert cards_in(store, ready) == []


def test_silent_store_is_tried_again(
    ready: UUID, staff: Someone, store: Storage, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(*_given: object, **_named: object) -> None:
        raise StorageUnavailable("gone")

    with transaction():
        publish_submission(staff.actor, ready)
    with monkeypatch.context() as fault:
        fault.setattr(store, "download", silent)
        work("photo.card")

    job = db.session.scalars(select(Job).where(Job.kind == "photo.card")).one()
    assert (job.state, job.strikes) == (JobState.DUE, 0)
    assert stored(ready).photo.card_key is None


def test_store_is_never_asked_within_a_transaction(
    ready: UUID, staff: Someone, watched: WatchedStore, work: Work
) -> None:
    with transaction():
        publish_submission(staff.actor, ready)
    work("photo.card")

    assert watched.calls >= 2
    assert watched.held == []
