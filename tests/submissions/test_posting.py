"""The form without script: several photos at once, what stays after a refusal, and a store that does not answer."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from campaign.campaigns.models import Campaign
from campaign.db import db, transaction
from campaign.submissions.entering import CAME_TWICE
from campaign.submissions.models import Submission, SubmissionState
from campaign.submissions.posting import CHOOSE_AGAIN
from tests.factories import add_photos
from tests.people import Someone
from tests.submissions.conftest import Issue, Work, put, stored
from uploads.objects import StorageSettings
from uploads.storage import Storage

ENTER = "/c/flaunt-your-city/enter"


def post(fan: Someone, *photos: tuple[str, bytes], **changes: str) -> TestResponse:
    """Post the form with these photos; a field given as "" is left out."""
    words = {"caption": "Home", "place": "Lisbon", "rules_version": "1", "consent": "yes"} | changes
    data = MultiDict[str, object]((name, value) for name, value in words.items() if value)
    for name, photo in photos:
        data.add(name, (BytesIO(photo), f"{name}.jpg", "image/jpeg"))
    return fan.browser.post(ENTER, data=data, content_type="multipart/form-data")


def states() -> list[SubmissionState]:
    return list(db.session.scalars(select(Submission.state).order_by(Submission.created_at)))


@pytest.fixture
def away(app: Flask, store: Storage, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A store at an address where nobody answers; `undo` brings it back."""
    given = store.settings
    nowhere = StorageSettings(
        region=given.region,
        bucket=given.bucket,
        access_key_id=given.access_key_id,
        secret_access_key=given.secret_access_key,
        endpoint_url="http://127.0.0.1:9",
        connect_seconds=0.2,
        attempts=1,
    )
    monkeypatch.setitem(app.extensions, "flaunt_storage", Storage(nowhere))
    return monkeypatch


def test_page_offers_the_camera_and_several_at_once(campaign: Campaign, fan: Someone) -> None:
    page = fan.browser.get(ENTER).text

    assert '<input type="file" name="camera" capture="environment"' in page
    assert '<input type="file" name="photo" multiple' in page
    assert "you can still send 3 photos" in page
    assert 'name="category"' not in page


def test_last_entry_is_for_one_photo(campaign: Campaign, fan: Someone) -> None:
    assert fan.person_id is not None
    add_photos(campaign, fan.person_id, 2)

    page = fan.browser.get(ENTER).text

    assert '<input type="file" name="photo" accept' in page
    assert 'data-left="1"' in page


@pytest.mark.parametrize("field", ["camera", "photo"])
def test_photo_comes_from_the_camera_or_the_gallery(
    campaign: Campaign, fan: Someone, store: Storage, work: Work, jpeg: bytes, field: str
) -> None:
    answer = post(fan, (field, jpeg))
    work()

    assert (answer.status_code, answer.location) == (302, "/me/photos")
    assert states() == [SubmissionState.READY]


def test_several_photos_are_taken_in_at_once(campaign: Campaign, fan: Someone, store: Storage, jpeg: bytes) -> None:
    answer = post(fan, ("camera", jpeg), ("photo", jpeg), ("photo", jpeg))

    assert answer.status_code == 302
    assert states() == [SubmissionState.RECEIVED] * 3
    assert "Your 3 photos reached us" in fan.browser.get("/me/photos").text


def test_more_photos_than_entries_are_refused_whole(campaign: Campaign, fan: Someone, jpeg: bytes) -> None:
    assert fan.person_id is not None
    add_photos(campaign, fan.person_id, 2)

    answer = post(fan, ("photo", jpeg), ("photo", jpeg))

    assert answer.status_code == 422
    assert "You can still send 1 photo, and these are 2." in answer.text
    assert states() == [SubmissionState.PUBLISHED] * 2


def test_each_file_that_is_no_photo_is_named(campaign: Campaign, fan: Someone, jpeg: bytes) -> None:
    answer = post(fan, ("photo", jpeg), ("camera", b""))

    assert answer.status_code == 422
    assert "camera.jpg: That file is empty. There is nothing inside it." in answer.text
    assert states() == []


def test_nobody_is_asked_for_a_photo_that_cannot_be_taken(campaign: Campaign, fan: Someone, jpeg: bytes) -> None:
    assert fan.person_id is not None
    add_photos(campaign, fan.person_id, campaign.entry_limit)

    answer = post(fan, ("photo", jpeg))

    assert answer.status_code == 409
    assert "You have sent all" in answer.text
    assert CHOOSE_AGAIN not in answer.text


def test_everything_typed_stays_and_the_photo_is_asked_for_again(campaign: Campaign, fan: Someone, jpeg: bytes) -> None:
    with transaction():
        campaign.categories = ["Streets", "Water"]

    answer = post(fan, ("photo", jpeg), caption="", category="Water")

    assert answer.status_code == 422
    assert CHOOSE_AGAIN in answer.text
    assert 'value="Lisbon"' in answer.text
    assert "<option selected>Water</option>" in answer.text
    assert 'name="consent" value="yes" required checked' in answer.text


@pytest.mark.parametrize("category", ["", "Cats"])
def test_category_is_asked_for_where_there_are_some(
    campaign: Campaign, fan: Someone, jpeg: bytes, category: str
) -> None:
    with transaction():
        campaign.categories = ["Streets", "Water"]
    claim = {"filename": "a.jpg", "content_type": "image/jpeg", "bytes": 1000}
    body = {"caption": "Home", "place": "Lisbon", "category": category, "rules_version": 1, "photo": claim}

    shown = post(fan, ("photo", jpeg), category=category)
    refused = fan.browser.post("/api/v1/campaigns/flaunt-your-city/submissions", json=body)

    assert shown.status_code == 422
    assert 'id="category-mend" data-mend="category">' in shown.text
    assert (refused.status_code, list(refused.json["fields"])) == (422, ["category"])


def test_category_is_kept_and_shown_in_documents(campaign: Campaign, fan: Someone, store: Storage, jpeg: bytes) -> None:
    with transaction():
        campaign.categories = ["Streets", "Water"]

    assert post(fan, ("photo", jpeg), category="Water").status_code == 302
    assert [item["category"] for item in fan.browser.get("/api/v1/me/submissions").json["data"]] == ["Water"]


def test_category_where_there_are_none_is_refused(campaign: Campaign, fan: Someone, jpeg: bytes) -> None:
    assert post(fan, ("photo", jpeg), category="Water").status_code == 422


def test_pages_answer_with_the_store_away_and_sending_says_so(
    campaign: Campaign, fan: Someone, away: pytest.MonkeyPatch, jpeg: bytes
) -> None:
    shown = fan.browser.get(ENTER)
    answer = post(fan, ("photo", jpeg))

    assert shown.status_code == 200
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "Our photo store does not answer just now" in answer.text
    assert 'value="Home"' in answer.text
    assert states() == [SubmissionState.EXPIRED]
    assert fan.browser.get("/me/photos").status_code == 200


def test_completing_with_the_store_away_is_finished_when_it_returns(
    fan: Someone, issue: Issue, work: Work, jpeg: bytes, away: pytest.MonkeyPatch
) -> None:
    issued = issue(fan.actor)
    submission_id = issued.submission.id
    put(issued, jpeg).raise_for_status()
    complete = f"/api/v1/submissions/{submission_id}/complete"

    silent = fan.browser.post(complete)
    away.undo()
    heard = fan.browser.post(complete)
    work()

    assert (silent.status_code, silent.json["code"]) == (503, "store_silent")
    assert silent.headers["Retry-After"] == "5"
    assert "Your entry is kept for you" in silent.json["detail"]
    assert heard.status_code == 202
    assert stored(submission_id).state is SubmissionState.READY


def test_the_same_post_of_an_impatient_thumb_counts_once(
    campaign: Campaign, fan: Someone, store: Storage, jpeg: bytes
) -> None:
    key = key_in(fan.browser.get(ENTER).text)

    first, again = (post(fan, ("photo", jpeg), once=key) for _ in range(2))

    assert (first.location, again.location) == ("/me/photos", "/me/photos")
    assert states() == [SubmissionState.RECEIVED]
    assert CAME_TWICE in fan.browser.get("/me/photos").text


def test_the_same_form_with_another_photo_is_another_post(
    campaign: Campaign, fan: Someone, store: Storage, jpeg: bytes
) -> None:
    key = key_in(fan.browser.get(ENTER).text)

    post(fan, ("photo", jpeg), once=key)
    post(fan, ("photo", jpeg + b"\n"), once=key)

    assert states() == [SubmissionState.RECEIVED] * 2


def test_post_that_was_refused_may_be_sent_again(
    campaign: Campaign, fan: Someone, store: Storage, jpeg: bytes, away: pytest.MonkeyPatch
) -> None:
    key = key_in(fan.browser.get(ENTER).text)
    refused = [post(fan, ("photo", jpeg), once=key, consent="").status_code]
    refused.append(post(fan, ("photo", jpeg), once=key).status_code)
    away.undo()

    taken = post(fan, ("photo", jpeg), once=key)

    assert (refused, taken.location) == ([422, 503], "/me/photos")
    assert SubmissionState.RECEIVED in states()


def key_in(page: str) -> str:
    found = re.search(r'name="once" value="([\w-]{22})"', page)
    assert found
    return found[1]
