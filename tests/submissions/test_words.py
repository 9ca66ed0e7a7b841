"""Every refusal has words of its own, a next step and a stable code, on the pages and in the API."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image

from campaign.campaigns.models import Campaign
from campaign.db import transaction
from campaign.submissions.models import SubmissionState
from campaign.submissions.processing import record_refusal
from campaign.submissions.words import REFUSALS, STATES, refusal
from tests.factories import add_photos
from tests.people import Someone
from tests.submissions.conftest import Issue, Send, Work, age_ticket
from uploads.limits import Limits
from uploads.reasons import Reason

SUBMISSIONS = "/api/v1/campaigns/flaunt-your-city/submissions"
ENTER = "/c/flaunt-your-city/enter"
NEVER_SAID = ("error", "invalid", "user", "content")


def body(**photo: object) -> dict[str, object]:
    claim = {"filename": "a.jpg", "content_type": "image/jpeg", "bytes": 1000} | photo
    return {"caption": "Home", "place": "Lisbon", "rules_version": 1, "photo": claim}


def posted(data: bytes = b"photo", filename: str = "a.jpg", content_type: str = "image/jpeg") -> dict[str, object]:
    words = {"caption": "Home", "place": "Lisbon", "rules_version": "1", "consent": "yes"}
    return {**words, "photo": (BytesIO(data), filename, content_type)}


def animation() -> bytes:
    frames = [Image.new("RGB", (60, 40), colour) for colour in ("red", "blue")]
    out = BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])
    return out.getvalue()


@pytest.mark.parametrize("reason", Reason)
def test_each_reason_has_words_and_a_next_step(reason: Reason, app: Flask) -> None:
    words = refusal(reason, Limits())

    assert "{" not in words.sentence
    assert words.title
    assert words.next_step.endswith(".")
    assert not [word for word in NEVER_SAID if word in f"{words.title}. {words.sentence} {words.next_step}".lower()]


def test_no_two_reasons_say_the_same() -> None:
    assert len({words.sentence for words in REFUSALS.values()}) == len(Reason)
    assert len({words.sentence for words in STATES.values()}) == len(STATES)


def test_limits_are_said_as_they_are_set() -> None:
    small = replace(Limits(), max_bytes=5 * 2**20, max_pixels=12 * 2**20)

    assert "the 5 MB" in refusal(Reason.TOO_MANY_BYTES, small).sentence
    assert "12 megapixels" in refusal(Reason.TOO_MANY_PIXELS, small).sentence


@pytest.mark.parametrize("reason", Reason)
def test_photo_refused_after_arrival_tells_why_on_the_page_and_in_the_api(
    reason: Reason, campaign: Campaign, fan: Someone
) -> None:
    assert fan.person_id is not None
    sent = add_photos(campaign, fan.person_id, state=SubmissionState.RECEIVED)[0].id
    with transaction():
        record_refusal(sent, reason)
    words = refusal(reason)

    answer = fan.browser.get(f"/api/v1/me/submissions/{sent}").json
    page = fan.browser.get("/me/photos").text

    assert (answer["state"], answer["reason_code"], answer["reason"]) == ("rejected", reason.value, words.sentence)
    assert answer["words"]["next_step"] == f"Your entry is yours again. {words.next_step}"
    assert [step["step"] for step in answer["timeline"]] == ["received", "another_try"]
    assert answer["timeline"][-1]["at"] is not None
    for said in (words.title, words.sentence, words.next_step):
        assert said.replace("'", "&#39;") in page


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda _: b"MZ, no photo at all", "not_an_image"),
        (lambda jpeg: jpeg[: len(jpeg) // 2], "truncated"),
        (lambda _: animation(), "animated"),
    ],
    ids=["not an image", "truncated", "animated"],
)
def test_bytes_that_are_no_photo_are_told_apart(
    spoil: Callable[[bytes], bytes], code: str, fan: Someone, send: Send, work: Work, jpeg: bytes
) -> None:
    submission_id = send(fan.actor, data=spoil(jpeg), content_type="image/webp" if code == "animated" else "image/jpeg")
    work()

    assert fan.browser.get(f"/api/v1/me/submissions/{submission_id}").json["reason_code"] == code


def test_photo_with_too_many_pixels_is_told_so(
    app: Flask, fan: Someone, send: Send, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    fewer = app.extensions["flaunt_settings"].model_copy(update={"max_photo_pixels": 1000})
    monkeypatch.setitem(app.extensions, "flaunt_settings", fewer)
    submission_id = send(fan.actor)
    work()

    answer = fan.browser.get(f"/api/v1/me/submissions/{submission_id}").json

    assert answer["reason_code"] == "too_many_pixels"


@pytest.mark.parametrize(
    ("photo", "code"),
    [
        ({"filename": "a.pdf", "content_type": "application/pdf"}, "unsupported_format"),
        ({"bytes": 31 * 2**20}, "too_many_bytes"),
        ({"bytes": 0}, "empty"),
    ],
)
def test_claim_is_refused_with_a_code(campaign: Campaign, fan: Someone, photo: dict[str, object], code: str) -> None:
    answer = fan.browser.post(SUBMISSIONS, json=body(**photo))

    words = refusal(code)
    assert (answer.status_code, answer.json["code"]) == (422, code)
    assert answer.json["fields"]["photo"] == f"{words.title}. {words.sentence} {words.next_step}"


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (posted(b"%PDF", "a.pdf", "application/pdf"), Reason.UNSUPPORTED_FORMAT),
        (posted(b""), Reason.EMPTY),
    ],
)
def test_page_refuses_the_file_beside_its_field(
    campaign: Campaign, fan: Someone, given: dict[str, object], reason: Reason
) -> None:
    answer = fan.browser.post(ENTER, data=given, content_type="multipart/form-data")

    assert answer.status_code == 422
    assert refusal(reason).sentence in answer.text
    assert 'value="Home"' in answer.text


def close(campaign: Campaign) -> None:
    campaign.closes_at = datetime.now(UTC) - timedelta(minutes=1)


def pause(campaign: Campaign) -> None:
    campaign.paused_at, campaign.pause_reason = datetime.now(UTC), "A storm is over the harbour."


def postpone(campaign: Campaign) -> None:
    campaign.opens_at = datetime.now(UTC) + timedelta(hours=1)


@pytest.mark.parametrize(
    ("spoil", "code", "said"),
    [
        (close, "closed", "closed on"),
        (pause, "paused", "A storm is over the harbour."),
        (postpone, "not_open_yet", "opens on"),
    ],
)
def test_campaign_that_takes_nothing_says_why(
    campaign: Campaign, fan: Someone, spoil: Callable[[Campaign], None], code: str, said: str
) -> None:
    with transaction():
        spoil(campaign)

    refused = fan.browser.post(SUBMISSIONS, json=body())
    led_away = fan.browser.get(ENTER, follow_redirects=True)
    shown_again = fan.browser.post(ENTER, data=posted(), content_type="multipart/form-data")

    assert (refused.status_code, refused.json["code"]) == (409, code)
    assert said in refused.json["detail"]
    assert said in led_away.text
    assert shown_again.status_code == 409
    assert said in shown_again.text
    assert 'value="Home"' in shown_again.text


def test_over_the_limit_is_told_with_the_way_on(campaign: Campaign, fan: Someone) -> None:
    assert fan.person_id is not None
    add_photos(campaign, fan.person_id, 3)

    refused = fan.browser.post(SUBMISSIONS, json=body())
    shown = fan.browser.post(ENTER, data=posted(), content_type="multipart/form-data")

    assert (refused.status_code, refused.json["code"]) == (409, "entry_limit")
    assert "take one back first" in refused.json["detail"]
    assert shown.status_code == 409
    assert "take one back first" in shown.text


def test_too_young_is_turned_away_kindly(campaign: Campaign, fan: Someone, anonymous: Someone) -> None:
    with transaction():
        campaign.minimum_age = 99

    refused = fan.browser.post(SUBMISSIONS, json=body())
    led = fan.browser.get(ENTER)
    said = anonymous.browser.post("/c/flaunt-your-city/age", data={"old_enough": "no"})

    assert (refused.status_code, refused.json["code"]) == (403, "age_needed")
    assert led.location.startswith("/c/flaunt-your-city/age")
    assert "We have kept nothing about you" in said.text


def test_ticket_that_ran_out_gives_the_entry_back(fan: Someone, issue: Issue) -> None:
    submission_id = issue(fan.actor).submission.id
    age_ticket(submission_id)

    for call in ("complete", "ticket"):
        answer = fan.browser.post(f"/api/v1/submissions/{submission_id}/{call}")
        assert (answer.status_code, answer.json["code"]) == (409, "ticket_expired")
        assert "its entry is yours again" in answer.json["detail"]
