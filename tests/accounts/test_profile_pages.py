"""/me/profile and the forms on it, as a browser without script sends them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from flask import Flask, render_template_string, request
from sqlalchemy import select

from campaign.accounts.authentication import ACTOR
from campaign.accounts.models import WebSession
from campaign.db import db
from campaign.pictures.addresses import picture_path
from campaign.submissions.models import SubmissionState
from tests.factories import add_photos, make_campaign
from tests.people import Someone
from tests.submissions.conftest import Work, jpeg, store, work
from uploads.storage import Storage

__all__ = ["jpeg", "store", "work"]

WRITES = [
    ("/me/profile", {"display_name": "Ada", "language": "en", "time_zone": ""}),
    ("/me/picture", {}),
    ("/me/picture/removal", {}),
    ("/me/devices/00000000-0000-0000-0000-000000000000/sign-out", {}),
    ("/me/devices/elsewhere/sign-out", {}),
]


def choose(someone: Someone, data: bytes, name: str = "me.jpg") -> Any:
    return someone.browser.post("/me/picture", data={"picture": (BytesIO(data), name)})


def test_page_shows_what_is_kept(fan: Someone) -> None:
    page = fan.browser.get("/me/profile")
    assert page.status_code == 200
    assert 'value="Fan"' in page.text
    assert "this one" in page.text
    assert 'aria-hidden="true">F</span>' in page.text


def test_page_asks_nobody_to_sign_in(anonymous: Someone) -> None:
    assert anonymous.browser.get("/me/profile").location == "/sign-in?next=%2Fme%2Fprofile"


@pytest.mark.parametrize(("path", "data"), WRITES)
def test_forms_refuse_the_anonymous_and_the_unintended(
    fan: Someone, anonymous: Someone, path: str, data: dict[str, str]
) -> None:
    assert anonymous.browser.post(path, data=data).status_code == 401
    fan.browser.intent = False
    assert fan.browser.post(path, data=data).status_code == 400


def test_saving_keeps_and_says_so(fan: Someone) -> None:
    data = {"display_name": "Ada Lovelace", "language": "de", "time_zone": "Asia/Tokyo"}
    assert fan.browser.post("/me/profile", data=data).location == "/me/profile"
    page = fan.browser.get("/me/profile")
    assert "Saved." in page.text
    assert (fan.actor.display_name, fan.actor.language, fan.actor.time_zone) == ("Ada Lovelace", "de", "Asia/Tokyo")


def test_saving_what_cannot_be_kept_leaves_the_words_standing(fan: Someone) -> None:
    data = {"display_name": " ", "language": "de", "time_zone": "Mars/Olympus"}
    page = fan.browser.post("/me/profile", data=data)
    assert page.status_code == 422
    assert "Say what we may call you." in page.text
    assert 'value="de" lang="de" selected' in page.text
    assert fan.actor.display_name == "Fan"


def test_new_name_stands_beside_photos_already_sent(fan: Someone, marketer: Someone, anonymous: Someone) -> None:
    campaign = make_campaign(marketer.actor)
    photo = add_photos(campaign, fan.actor.person_id, state=SubmissionState.PUBLISHED)[0]
    assert "Ada Lovelace" not in anonymous.browser.get(f"/photos/{photo.id}").text
    fan.browser.post("/me/profile", data={"display_name": "Ada Lovelace", "language": "en"})
    assert "Ada Lovelace" in anonymous.browser.get(f"/photos/{photo.id}").text


def test_language_writes_the_dates_and_leaves_the_page_english(fan: Someone) -> None:
    fan.browser.post("/me/profile", data={"display_name": "Ada", "language": "de", "time_zone": "Asia/Tokyo"})
    page = fan.browser.get("/me/profile")
    assert '<html lang="en"' in page.text
    assert re.search(r'<time datetime="[^"]+" lang="de">\w+\.?, \d+\. \w+, \d\d:\d\d</time>', page.text)


def test_chosen_clock_stands_beside_the_campaigns(app: Flask, fan: Someone) -> None:
    moment = datetime(2026, 11, 24, 20, 30, tzinfo=UTC)
    macro = '{% from "_time.html" import both %}{{ both(moment, "Europe/Lisbon") }}'
    for zone, beside in (
        ("Asia/Tokyo", "<small>Lisbon time; Wed 05:30 where you are</small>"),
        ("Europe/London", "<small>Lisbon time, and yours</small>"),
        ("", 'data-zone="Europe/Lisbon">Lisbon time</small>'),
    ):
        fan.browser.post("/me/profile", data={"display_name": "Ada", "language": "en", "time_zone": zone})
        with app.test_request_context("/"):
            request.environ[ACTOR] = fan.actor
            assert beside in render_template_string(macro, moment=moment)


def test_picture_is_our_own_copy(fan: Someone, anonymous: Someone, jpeg: bytes, store: Storage) -> None:
    assert choose(fan, jpeg).location == "/me/profile"
    picture_id = fan.actor.picture_id
    assert picture_id is not None
    assert picture_path(picture_id, 96) in fan.browser.get("/me/profile").text
    assert anonymous.browser.get(picture_path(picture_id, 96)).status_code == 200


def test_picture_before_it_is_deleted(fan: Someone, jpeg: bytes, store: Storage, work: Work) -> None:
    choose(fan, jpeg)
    first = fan.actor.picture_id
    choose(fan, jpeg)
    assert fan.actor.picture_id not in {None, first}
    work("picture.delete")
    assert store.list_prefix(f"pictures/{first}/") == []


def test_removing_brings_the_initials_back(fan: Someone, jpeg: bytes, store: Storage, work: Work) -> None:
    choose(fan, jpeg)
    picture_id = fan.actor.picture_id
    fan.browser.post("/me/picture/removal")
    assert fan.actor.picture_id is None
    work("picture.delete")
    assert store.list_prefix(f"pictures/{picture_id}/") == []
    assert fan.browser.post("/me/picture/removal").status_code == 302


@pytest.mark.parametrize(
    ("data", "sentence"),
    [(b"", "That file is empty."), (b"only words", "That file is not a picture"), (None, "Choose a picture first.")],
)
def test_file_that_is_no_picture_is_told(fan: Someone, data: bytes | None, sentence: str) -> None:
    page = fan.browser.post("/me/picture") if data is None else choose(fan, data)
    assert page.status_code == 422
    assert sentence in page.text
    assert 'value="Fan"' in page.text


def test_signing_out_elsewhere_keeps_this_browser(fan: Someone) -> None:
    fan.browser.get("/me/profile")
    first = db.session.scalars(select(WebSession).where(WebSession.person_id == fan.person_id)).one().id
    twin = Someone(fan.app, fan.name, fan.person_id)
    twin.browser.get("/me/profile")
    assert twin.browser.post("/me/devices/elsewhere/sign-out").status_code == 302
    assert twin.browser.get("/me/profile").status_code == 200
    assert fan.browser.get("/me/profile").status_code == 302
    assert twin.browser.post(f"/me/devices/{first}/sign-out").status_code == 302


def test_device_of_somebody_else_is_not_there(fan: Someone, other_fan: Someone) -> None:
    other_fan.browser.get("/me/profile")
    theirs = db.session.scalars(select(WebSession).where(WebSession.person_id == other_fan.person_id)).one().id
    assert fan.browser.post(f"/me/devices/{theirs}/sign-out").status_code == 404
    assert other_fan.browser.get("/me/profile").status_code == 200
