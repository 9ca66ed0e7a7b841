"""The pictures: for everybody when published, for nobody else before."""

from __future__ import annotations

from uuid import UUID

import pytest
from flask import Flask

from campaign.db import transaction
from campaign.submissions.moderation import publish_submission
from tests.people import Someone
from tests.submissions.conftest import Send, Work, stored
from uploads.objects import StorageUnavailable
from uploads.storage import Storage


@pytest.fixture
def ready(fan: Someone, send: Send, work: Work) -> UUID:
    submission_id = send(fan.actor)
    work()
    return submission_id


@pytest.fixture
def published(ready: UUID, staff: Someone) -> UUID:
    with transaction():
        publish_submission(staff.actor, ready)
    return ready


def path_of(submission_id: UUID) -> str:
    return f"/media/{stored(submission_id).photo.renditions[0].key}"


def test_published_picture_may_be_kept_by_everybody(anonymous: Someone, published: UUID) -> None:
    answer = anonymous.browser.get(path_of(published))

    assert answer.status_code == 200
    assert answer.content_type == "image/webp"
    assert answer.data[:4] + answer.data[8:12] == b"RIFFWEBP"
    assert len(answer.data) == answer.content_length
    assert answer.headers["Cache-Control"] == "public, max-age=86400, s-maxage=300"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer.headers


def test_same_picture_is_not_sent_twice(anonymous: Someone, published: UUID) -> None:
    etag = anonymous.browser.get(path_of(published)).headers["ETag"]

    answer = anonymous.browser.get(path_of(published), headers={"If-None-Match": etag})

    assert (answer.status_code, answer.data) == (304, b"")
    assert answer.headers["Cache-Control"] == "public, max-age=86400, s-maxage=300"


def test_head_tells_the_length_and_no_more(anonymous: Someone, published: UUID) -> None:
    answer = anonymous.browser.head(path_of(published))

    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.content_length == stored(published).photo.renditions[0].bytes


def test_waiting_picture_is_for_its_owner_and_the_desk(
    fan: Someone, other_fan: Someone, staff: Someone, cast_member: Someone, anonymous: Someone, ready: UUID
) -> None:
    for someone in (fan, staff):
        answer = someone.browser.get(path_of(ready))
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "private, no-store"
    for stranger in (other_fan, cast_member, anonymous):
        assert stranger.browser.get(path_of(ready)).status_code == 404


@pytest.mark.parametrize("path", ["x/320.webp", "../320.webp", "x/1280.webp", "x/320.jpg", "%00/320.webp"])
def test_unknown_picture_is_not_found(anonymous: Someone, published: UUID, path: str) -> None:
    assert anonymous.browser.get(f"/media/photos/{stored(published).photo.id}/{path}").status_code == 404


def test_neither_originals_nor_arrivals_are_served(staff: Someone, published: UUID) -> None:
    photo = stored(published).photo

    assert staff.browser.get(f"/media/{photo.original_key}").status_code == 404
    assert staff.browser.get(f"/media/{photo.incoming_key}").status_code == 404


def test_picture_carries_no_metadata(anonymous: Someone, published: UUID) -> None:
    data = anonymous.browser.get(path_of(published)).data

    assert not any(chunk in data for chunk in (b"EXIF", b"XMP ", b"ICCP"))


def test_silent_store_is_said_kindly(
    anonymous: Someone, published: UUID, store: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(_key: str) -> None:
        raise StorageUnavailable("gone")

    monkeypatch.setattr(store, "open_stream", silent)
    answer = anonymous.browser.get(path_of(published))

    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_media_host_is_named_for_published_pictures_only(
    app: Flask, anonymous: Someone, fan: Someone, staff: Someone, ready: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_host = app.extensions["flaunt_settings"].model_copy(update={"media_url": "https://cdn.example.test/media"})
    monkeypatch.setitem(app.extensions, "flaunt_settings", with_host)
    before = fan.browser.get(f"/api/v1/submissions/{ready}").json["renditions"][0]["url"]
    with transaction():
        publish_submission(staff.actor, ready)
    after = anonymous.browser.get(f"/api/v1/submissions/{ready}").json["renditions"][0]["url"]

    key = stored(ready).photo.renditions[0].key
    assert before == f"http://localhost/media/{key}"
    assert after == f"https://cdn.example.test/media/{key}"
