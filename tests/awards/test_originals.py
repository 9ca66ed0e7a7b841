"""Originals leave with their rights file and never unseen; a store that fails is told before the archive begins."""

from __future__ import annotations

import csv
import hashlib
import io
import random
import zipfile
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from campaign.accounts.audit import AuditEntry
from campaign.awards.models import Answer, OriginalsDownload, Release
from campaign.awards.releases import answer_release
from campaign.campaigns.models import Campaign
from campaign.db import db, transaction
from campaign.extensions import storage
from campaign.judging.models import Round
from campaign.submissions.models import Submission
from tests.awards.chosen import choose_nobody, choose_photos
from tests.awards.conftest import WORDS
from tests.people import Someone
from uploads.objects import StorageUnavailable
from uploads.storage import Storage

DESK = "/desk/c/flaunt-your-city/originals"
API = "/api/v1/campaigns/flaunt-your-city"


@pytest.fixture
def originals(chosen: list[Submission]) -> Iterator[dict[str, bytes]]:
    """Bytes in the store for the chosen photos, by submission: one of several pieces, one small."""
    kept = {}
    with transaction():
        for submission, length in zip(chosen, (600_000, 1_000), strict=True):
            data = random.Random(length).randbytes(length)
            photo = submission.photo
            photo.bytes, photo.sha256 = length, hashlib.sha256(data).hexdigest()
            storage().put_bytes(str(photo.original_key), data, content_type="image/jpeg")
            kept[str(submission.id)] = data
    yield kept
    for submission in chosen:
        storage().delete(str(submission.photo.original_key))


def opened(answer: Any) -> zipfile.ZipFile:
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    data = answer.get_data()
    assert len(data) == int(answer.headers["Content-Length"])
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert archive.testzip() is None
    return archive


def rights_in(archive: zipfile.ZipFile) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(archive.read("rights.csv").decode("utf-8-sig"))))


def test_originals_come_byte_for_byte_with_their_rights(
    originals: dict[str, bytes], chosen: list[Submission], asked: list[Release], marketer: Someone, fan: Someone
) -> None:
    with transaction():
        answer_release(fan.actor, asked[0].id, Answer.ACCEPTED)

    answer = marketer.browser.post(DESK, data={"submission": [str(one.id) for one in chosen]})

    assert answer.headers["Content-Disposition"] == "attachment; filename=flaunt-your-city-originals.zip"
    archive = opened(answer)
    names = ["01-winner-photo-1.jpg", "02-finalist-photo-1.jpg"]
    assert archive.namelist() == ["RIGHTS.txt", "rights.csv", *names]
    assert [archive.read(name) for name in names] == [originals[str(one.id)] for one in chosen]
    rows = rights_in(archive)
    assert [(row["file"], row["may_be_broadcast"], row["release"]) for row in rows] == [
        (names[0], "YES", "accepted"),
        (names[1], "NO", "NO CONSENT: asked, not answered"),
    ]
    assert rows[0]["rules_sha256"] == hashlib.sha256(chosen[0].rules.text.encode()).hexdigest()
    assert rows[0]["release_sha256"] == hashlib.sha256(WORDS.encode()).hexdigest()
    assert (rows[0]["fan"], rows[0]["release_version"], rows[0]["rules_version"]) == ("Fan", "1", "1")
    assert rows[0]["photo_sha256"] == hashlib.sha256(originals[str(chosen[0].id)]).hexdigest()
    told = archive.read("RIGHTS.txt").decode()
    assert "NOT FOR BROADCAST: 1 of 2\n  02-finalist-photo-1.jpg: NO CONSENT: asked, not answered" in told
    assert WORDS in told
    assert "example.test" not in told + archive.read("rights.csv").decode()


def test_each_download_is_written_down(
    originals: dict[str, bytes], chosen: list[Submission], asked: list[Release], marketer: Someone
) -> None:
    archive = opened(marketer.browser.post(f"{API}/originals", json={"submissions": [str(chosen[1].id)]}))

    kept = db.session.scalars(select(OriginalsDownload)).one()
    assert kept.person_id == marketer.person_id
    assert kept.rights_sha256 == hashlib.sha256(archive.read("rights.csv")).hexdigest()
    assert [(one["submission"], one["file"], one["release"], one["release_version"]) for one in kept.photos] == [
        (str(chosen[1].id), "01-finalist-photo-1.jpg", "waiting", 1)
    ]
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "originals.downloaded")).one()
    assert (entry.actor_id, entry.subject_id) == (marketer.person_id, kept.id)
    listed = marketer.browser.get(f"{API}/downloads").json["data"]
    assert [(one["by"], one["photos"][0]["submission"]) for one in listed] == [("Marketer", str(chosen[1].id))]
    page = marketer.browser.get(DESK).get_data(as_text=True)
    assert kept.rights_sha256[:12] in page
    assert "<b>no consent</b>" in page


def test_all_are_taken_where_none_is_named(
    originals: dict[str, bytes], chosen: list[Submission], marketer: Someone
) -> None:
    archive = opened(marketer.browser.post(f"{API}/originals", json={}))

    assert [row["submission"] for row in rights_in(archive)] == [str(one.id) for one in chosen]
    assert [row["release"] for row in rights_in(archive)] == ["NO CONSENT: never asked"] * 2


def test_a_store_that_is_away_is_told_before_anything_is_sent(
    originals: dict[str, bytes], marketer: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_store: Storage, key: str) -> None:
        raise StorageUnavailable(key)

    monkeypatch.setattr(Storage, "head", away)

    answers = [marketer.browser.post(f"{API}/originals", json={}), marketer.browser.post(DESK, data=picked(originals))]

    assert [(one.status_code, one.headers["Retry-After"]) for one in answers] == [(503, "5")] * 2
    assert answers[0].json["code"] == "unavailable"
    assert db.session.scalars(select(OriginalsDownload)).all() == []


def picked(originals: dict[str, bytes]) -> dict[str, list[str]]:
    return {"submission": list(originals)}


def test_an_original_that_is_not_in_the_store_stands_out(
    originals: dict[str, bytes], chosen: list[Submission], marketer: Someone
) -> None:
    storage().delete(str(chosen[0].photo.original_key))

    archive = opened(marketer.browser.post(f"{API}/originals", json={}))

    assert [row["file"] for row in rights_in(archive)] == ["NOT IN THE STORE", "02-finalist-photo-1.jpg"]
    assert archive.namelist() == ["RIGHTS.txt", "rights.csv", "02-finalist-photo-1.jpg"]


def test_an_original_that_changed_ends_the_archive_short(
    originals: dict[str, bytes], chosen: list[Submission], marketer: Someone
) -> None:
    storage().put_bytes(str(chosen[1].photo.original_key), b"x" * 1_000, content_type="image/jpeg")

    answer = marketer.browser.post(f"{API}/originals", json={}, buffered=False)

    with pytest.raises(StorageUnavailable):
        b"".join(answer.iter_encoded())


def test_the_archive_is_read_as_it_is_sent(
    originals: dict[str, bytes], chosen: list[Submission], marketer: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked_for: list[str] = []
    whole = Storage.open_stream

    def noted(store: Storage, key: str) -> Any:
        asked_for.append(key)
        return whole(store, key)

    monkeypatch.setattr(Storage, "open_stream", noted)
    answer = marketer.browser.post(f"{API}/originals", json={}, buffered=False)
    chunks = answer.iter_encoded()
    while not asked_for:
        next(chunks)

    assert asked_for == [chosen[0].photo.original_key]
    assert max(len(chunk) for chunk in chunks) <= 256 * 1024


def test_words_of_fans_are_no_formulas_and_no_paths(
    originals: dict[str, bytes], chosen: list[Submission], marketer: Someone
) -> None:
    with transaction():
        chosen[0].caption = '=HYPERLINK("http://example.test")'
        chosen[1].caption = "../../Ärger mit anna@example.test"

    archive = opened(marketer.browser.post(f"{API}/originals", json={}))

    assert archive.namelist()[2:] == ["01-winner-hyperlink-http-example-test.jpg", "02-finalist-arger-mit.jpg"]
    assert rights_in(archive)[0]["caption"].startswith("'=HYPERLINK")


def test_only_chosen_originals_leave(originals: dict[str, bytes], photos: list[Submission], marketer: Someone) -> None:
    other = marketer.browser.post(f"{API}/originals", json={"submissions": [str(photos[3].id)]})
    strange = marketer.browser.post(f"{API}/originals", json={"submissions": [str(uuid4())]})
    nothing = marketer.browser.post(f"{API}/originals", json={"submissions": []})
    unticked = marketer.browser.post(DESK)
    broken = marketer.browser.post(DESK, data={"submission": "x"})

    assert [one.status_code for one in (other, strange, nothing)] == [422, 422, 409]
    assert set(other.json["fields"]) == {"submissions"}
    assert [one.status_code for one in (unticked, broken)] == [302, 302]
    assert "Tick at least one photo" in marketer.browser.get(DESK).get_data(as_text=True)
    assert db.session.scalars(select(OriginalsDownload)).all() == []


def test_before_the_choice_there_is_nothing_to_take(campaign: Campaign, marketer: Someone) -> None:
    assert marketer.browser.post(f"{API}/originals", json={}).status_code == 409
    assert "Nothing to download yet" in marketer.browser.get(DESK).get_data(as_text=True)


@pytest.mark.parametrize(("name", "status"), [("anonymous", 401), ("fan", 403), ("cast_member", 403), ("staff", 403)])
def test_others_take_no_originals(
    request: pytest.FixtureRequest, originals: dict[str, bytes], name: str, status: int
) -> None:
    browser = request.getfixturevalue(name).browser

    assert browser.post(f"{API}/originals", json={}).status_code == status
    assert browser.get(f"{API}/downloads").status_code == status
    assert browser.post(DESK).status_code == status
    assert browser.get(DESK).status_code == (302 if name == "anonymous" else 403)
    assert db.session.scalars(select(OriginalsDownload)).all() == []


def test_a_form_without_intent_takes_nothing(originals: dict[str, bytes], marketer: Someone) -> None:
    marketer.browser.intent = False

    assert marketer.browser.post(DESK, data=picked(originals)).status_code in (400, 403)


def test_another_choice_takes_other_originals(
    originals: dict[str, bytes], campaign: Campaign, judged: Round, photos: list[Submission], marketer: Someone
) -> None:
    choose_nobody(campaign.id)
    choose_photos(marketer.actor, judged, [photos[2]])

    archive = opened(marketer.browser.post(f"{API}/originals", json={}))

    assert archive.namelist()[2:] == ["01-winner-photo-1.jpg"]


def test_the_description_says_what_comes(app: Flask, marketer: Someone) -> None:
    paths = marketer.browser.get("/api/openapi.json").json["paths"]

    answers = paths["/api/v1/campaigns/{slug}/originals"]["post"]["responses"]
    assert list(answers["200"]["content"]) == ["application/zip"]
