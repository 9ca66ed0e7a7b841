"""`Idempotency-Key`: done once, answered again, and never mistaken for something else."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from campaign.accounts.idempotency import Repetition, forget_old_keys
from campaign.campaigns.models import Campaign
from campaign.db import db, transaction
from campaign.submissions.models import Submission
from tests.factories import make_campaign
from tests.people import Someone, meet

CLAIM = {
    "caption": "The harbour before rain",
    "place": "Lisbon",
    "rules_version": 1,
    "photo": {"filename": "harbour.jpg", "content_type": "image/jpeg", "bytes": 4000},
}


def send(person: Someone, campaign: Campaign, key: str, **changes: object) -> object:
    return person.browser.post(
        f"/api/v1/campaigns/{campaign.slug}/submissions",
        json=CLAIM | changes,
        headers={**person.bearer(), "Idempotency-Key": key},
    )


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(Submission)) or 0


def test_request_sent_twice_happens_once_and_is_answered_twice(fan: Someone, marketer: Someone) -> None:
    campaign = make_campaign(marketer.actor)

    first, again = (send(fan, campaign, "thumb-1") for _ in range(2))

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json == again.json
    assert count() == 1
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers


def test_other_key_is_another_request(fan: Someone, marketer: Someone) -> None:
    campaign = make_campaign(marketer.actor)

    send(fan, campaign, "one")
    send(fan, campaign, "other")

    assert count() == 2


def test_key_belongs_to_one_person(fan: Someone, other_fan: Someone, marketer: Someone) -> None:
    campaign = make_campaign(marketer.actor)

    answers = [send(person, campaign, "same").json["id"] for person in (fan, other_fan)]

    assert len(set(answers)) == count() == 2


def test_key_for_another_body_is_refused(fan: Someone, marketer: Someone) -> None:
    campaign = make_campaign(marketer.actor)
    send(fan, campaign, "key")

    answer = send(fan, campaign, "key", caption="Another photo")

    assert (answer.status_code, answer.json["code"]) == (422, "idempotency_key_reused")
    assert count() == 1


def test_refused_request_may_be_mended_under_its_key(fan: Someone, marketer: Someone) -> None:
    campaign = make_campaign(marketer.actor)
    refused = send(fan, campaign, "key", caption=" ")

    answer = send(fan, campaign, "key")

    assert (refused.status_code, answer.status_code) == (422, 201)


@pytest.mark.parametrize("key", ["", "with space", "ä", "x" * 256])
def test_key_that_cannot_be_used_is_told(fan: Someone, marketer: Someone, key: str) -> None:
    campaign = make_campaign(marketer.actor)

    answer = send(fan, campaign, key.encode().decode("latin-1"))

    assert (answer.status_code, answer.json["code"]) == (422, "invalid_input")
    assert "Idempotency-Key" in answer.json["fields"]


def test_answer_lost_in_a_crash_is_not_done_again(fan: Someone, marketer: Someone) -> None:
    campaign = make_campaign(marketer.actor)
    send(fan, campaign, "key")
    with transaction():
        db.session.execute(update(Repetition).values(status=None))

    answer = send(fan, campaign, "key")

    assert (answer.status_code, answer.json["code"]) == (409, "done_already")
    assert count() == 1


def test_completing_may_be_repeated_after_a_refusal(fan: Someone, marketer: Someone) -> None:
    ticket = send(fan, make_campaign(marketer.actor), "key").json["id"]
    headers = {**fan.bearer(), "Idempotency-Key": "complete"}

    codes = {fan.browser.post(f"/api/v1/submissions/{ticket}/complete", headers=headers).json["code"] for _ in range(2)}

    assert codes == {"not_arrived"}


def test_old_keys_are_forgotten(fan: Someone, marketer: Someone) -> None:
    campaign = make_campaign(marketer.actor)
    send(fan, campaign, "old")
    send(fan, campaign, "new")
    with transaction():
        aged = Repetition.created_at - timedelta(hours=25)
        db.session.execute(update(Repetition).where(Repetition.key == "old").values(created_at=aged))

    assert forget_old_keys() == 1
    assert send(fan, campaign, "new").headers["Idempotency-Replayed"] == "true"


def test_twenty_at_once_are_one(app: Flask, committed: None) -> None:
    fan, marketer = meet(app, "fan"), meet(app, "marketer")
    campaign = make_campaign(marketer.actor)
    address, headers = f"/api/v1/campaigns/{campaign.slug}/submissions", fan.bearer()
    key, ready = uuid4().hex, Barrier(20)

    def one(_: int) -> str:
        with app.test_client() as client:
            ready.wait()
            return client.post(address, json=CLAIM, headers={**headers, "Idempotency-Key": key}).json["id"]

    with ThreadPoolExecutor(20) as threads:
        ids = set(threads.map(one, range(20)))

    assert len(ids) == count() == 1
