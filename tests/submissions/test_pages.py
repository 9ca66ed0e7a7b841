"""The pages a fan goes through, without a line of script."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from campaign.campaigns.models import Campaign
from campaign.db import db, transaction
from campaign.submissions.models import Submission, SubmissionState
from campaign.submissions.withdrawal import withdraw_submission
from tests.factories import add_photos
from tests.people import Someone
from tests.submissions.conftest import Issue, Work, stored
from uploads.objects import StorageUnavailable
from uploads.storage import Storage

ENTER = "/c/flaunt-your-city/enter"


def form(data: bytes | None, **changes: str) -> dict[str, object]:
    fields: dict[str, object] = {"caption": "Home", "place": "Lisbon", "rules_version": "1", "consent": "yes"}
    if data is not None:
        fields["photo"] = (BytesIO(data), "IMG_1.jpg", "image/jpeg")
    return {name: value for name, value in (fields | changes).items() if value != ""}


def the_only() -> Submission:
    return stored(db.session.scalars(select(Submission.id)).one())


def how_many() -> int:
    return db.session.scalars(select(func.count()).select_from(Submission)).one()


def test_form_shows_the_rules_version(campaign: Campaign, fan: Someone) -> None:
    answer = fan.browser.get(ENTER)

    assert answer.status_code == 200
    assert 'name="rules_version" value="1"' in answer.text


def test_plain_form_brings_a_photo_all_the_way(
    campaign: Campaign, fan: Someone, store: Storage, work: Work, jpeg: bytes
) -> None:
    answer = fan.browser.post(ENTER, data=form(jpeg), content_type="multipart/form-data")
    work()

    assert (answer.status_code, answer.location) == (302, "/me/photos")
    assert the_only().state is SubmissionState.READY
    assert "Waiting for a person" in fan.browser.get("/me/photos").text


def test_form_without_consent_photo_or_words_is_shown_again(campaign: Campaign, fan: Someone) -> None:
    answer = fan.browser.post(ENTER, data=form(None, consent="", caption=""), content_type="multipart/form-data")

    assert answer.status_code == 422
    assert "Choose a photo first, or take one." in answer.text
    assert "Please read the rules" in answer.text
    assert "Say in a few words" in answer.text
    assert 'value="Lisbon"' in answer.text
    assert how_many() == 0


@pytest.mark.parametrize("version", ["2", "0", "x", "9" * 30, "²"])
def test_form_with_other_rules_is_shown_again(
    campaign: Campaign, fan: Someone, store: Storage, jpeg: bytes, version: str
) -> None:
    answer = fan.browser.post(ENTER, data=form(jpeg, rules_version=version), content_type="multipart/form-data")

    assert answer.status_code == 409
    assert "The rules have changed" in answer.text
    assert how_many() == 0


def test_photo_that_is_too_large_is_told_kindly(campaign: Campaign, fan: Someone) -> None:
    answer = fan.browser.post(
        ENTER,
        input_stream=BytesIO(b"never read"),
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": str(31 * 2**20 + 1)},
    )

    assert answer.status_code == 413
    assert "larger than the 30 MB" in answer.text


def test_file_that_cannot_be_a_photo_is_told_beside_the_field(campaign: Campaign, fan: Someone) -> None:
    data = form(None) | {"photo": (BytesIO(b"MZ"), "a.exe", "application/x-msdownload")}
    answer = fan.browser.post(ENTER, data=data, content_type="multipart/form-data")

    assert answer.status_code == 422
    assert "JPEG, PNG, WebP, HEIC and AVIF" in answer.text


def test_silent_store_gives_the_entry_back(
    campaign: Campaign, fan: Someone, store: Storage, jpeg: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(*_given: object, **_named: object) -> None:
        raise StorageUnavailable("gone")

    monkeypatch.setattr(store, "put_file", silent)
    answer = fan.browser.post(ENTER, data=form(jpeg), content_type="multipart/form-data")

    assert answer.status_code == 503
    assert "Your entry is still yours" in answer.text
    assert the_only().state is SubmissionState.EXPIRED


def test_age_comes_before_sign_in(campaign: Campaign, anonymous: Someone) -> None:
    answer = anonymous.browser.get(ENTER)

    assert answer.status_code == 302
    assert answer.location.startswith("/c/flaunt-your-city/age")


def test_anonymous_of_age_signs_in(campaign: Campaign, anonymous: Someone) -> None:
    anonymous.browser.post("/c/flaunt-your-city/age", data={"old_enough": "yes"})

    answer = anonymous.browser.get(ENTER)

    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in")
    assert anonymous.browser.post(ENTER, data={}).status_code == 401


def test_form_needs_intent(campaign: Campaign, fan: Someone, jpeg: bytes) -> None:
    fan.browser.intent = False

    assert fan.browser.post(ENTER, data=form(jpeg), content_type="multipart/form-data").status_code == 400
    assert how_many() == 0


def test_closed_campaign_leads_back_to_its_page(campaign: Campaign, fan: Someone) -> None:
    with transaction():
        campaign.closes_at = datetime.now(UTC) - timedelta(minutes=1)

    answer = fan.browser.get(ENTER)

    assert (answer.status_code, answer.location) == (302, "/c/flaunt-your-city")


def test_fan_with_no_entry_left_is_led_to_their_photos(campaign: Campaign, fan: Someone) -> None:
    assert fan.person_id is not None
    add_photos(campaign, fan.person_id, 3)

    answer = fan.browser.get(ENTER)

    assert (answer.status_code, answer.location) == (302, "/me/photos")


def test_published_photo_has_a_page_with_neighbours(campaign: Campaign, fan: Someone, anonymous: Someone) -> None:
    assert fan.person_id is not None
    first, second = (one.id for one in add_photos(campaign, fan.person_id, 2))

    page = anonymous.browser.get(f"/photos/{first}")

    assert page.status_code == 200
    assert "Photo 1" in page.text
    assert f"/photos/{second}" in page.text


def test_waiting_photo_has_a_page_for_its_owner_only(
    campaign: Campaign, fan: Someone, other_fan: Someone, anonymous: Someone, staff: Someone
) -> None:
    assert fan.person_id is not None
    waiting = add_photos(campaign, fan.person_id, state=SubmissionState.READY)[0].id
    visitors = (fan, staff, other_fan, anonymous)

    answers = [someone.browser.get(f"/photos/{waiting}").status_code for someone in visitors]

    assert answers == [200, 200, 404, 404]
    assert fan.browser.get(f"/photos/{uuid4()}").status_code == 404


def test_my_photos_tell_every_state(campaign: Campaign, fan: Someone, issue: Issue) -> None:
    assert fan.person_id is not None
    with transaction():
        withdraw_submission(fan.actor, issue(fan.actor).submission.id)
    for number, state in enumerate((SubmissionState.RECEIVED, SubmissionState.DECLINED, SubmissionState.PUBLISHED), 1):
        add_photos(campaign, fan.person_id, state=state, first_entry=number)

    page = fan.browser.get("/me/photos").text

    told = ("Taken back", "Your photo reached us", "We did not hang this one", "Too dark to see", "In the gallery")
    for words in told:
        assert words in page


def test_my_photos_ask_the_anonymous_to_sign_in(campaign: Campaign, anonymous: Someone) -> None:
    answer = anonymous.browser.get("/me/photos")

    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in")


def test_taking_back_asks_once_more_and_then_does_it(campaign: Campaign, fan: Someone) -> None:
    assert fan.person_id is not None
    waiting = add_photos(campaign, fan.person_id, state=SubmissionState.READY)[0].id
    path = f"/me/photos/{waiting}/withdraw"

    assert fan.browser.get(path).status_code == 200
    assert stored(waiting).state is SubmissionState.READY
    answer = fan.browser.post(path)

    assert (answer.status_code, answer.location) == (302, "/me/photos")
    assert stored(waiting).state is SubmissionState.WITHDRAWN


def test_nobody_takes_back_what_is_not_theirs(
    campaign: Campaign, fan: Someone, other_fan: Someone, staff: Someone, anonymous: Someone
) -> None:
    assert fan.person_id is not None
    published: UUID = add_photos(campaign, fan.person_id)[0].id
    path = f"/me/photos/{published}/withdraw"

    for stranger, expected in ((other_fan, 403), (staff, 403), (anonymous, 401)):
        assert stranger.browser.post(path).status_code == expected
    assert other_fan.browser.get(path).status_code == 403
    assert stored(published).state is SubmissionState.PUBLISHED
