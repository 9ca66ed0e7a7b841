"""Signing in with the provider that `flaunt dev` runs, staying signed in, and signing out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from campaign.accounts.authentication import affirm_age, cookie_name
from campaign.accounts.models import Identity, Person, WebSession
from campaign.accounts.sessions import open_session
from campaign.config import Settings
from campaign.db import db, transaction
from tests.accounts.conftest import Journey
from tests.people import Browser, Someone

COOKIE = "flaunt_session"


def sessions() -> int:
    current = select(func.count()).select_from(WebSession).where(WebSession.revoked_at.is_(None))
    return db.session.scalar(current) or 0


def secret(journey: Journey) -> str:
    cookie = journey.browser.get_cookie(COOKIE)
    assert cookie is not None
    return cookie.value


def test_sign_in_page_offers_each_provider_and_remembers_the_way_back(app: Flask, friendly: Journey) -> None:
    page = friendly.browser.get("/sign-in?next=/me/photos")
    assert page.status_code == 200
    assert f'href="/sign-in/{friendly.provider}?next=/me/photos"' in page.text


def test_sign_in_returns_to_the_page_that_asked(friendly: Journey) -> None:
    assert friendly.sign_in("/me/photos?from=mail").location == "/me/photos?from=mail"
    assert friendly.me.status_code == 200


def test_sign_in_page_sends_somebody_signed_in_onward(friendly: Journey) -> None:
    friendly.sign_in()
    assert friendly.browser.get("/sign-in?next=/me/photos").location == "/me/photos"


def test_unknown_provider_is_told(friendly: Journey) -> None:
    assert friendly.browser.get("/sign-in/nowhere").status_code == 404
    assert friendly.browser.get("/sign-in/nowhere/callback").status_code == 404


def test_second_sign_in_finds_the_same_person_under_the_name_they_have_here(friendly: Journey) -> None:
    friendly.sign_in()
    person_id = friendly.me.json["id"]
    with transaction():
        db.session.execute(update(Person).values(display_name="Renamed", email="old@example.test"))
    friendly.sign_in()
    assert friendly.me.json["id"] == person_id
    assert friendly.me.json["display_name"] == "Renamed"
    person = db.session.scalars(select(Person).join(Identity).where(Identity.subject == friendly.person)).one()
    db.session.refresh(person)
    assert person.email == "ada@example.test"


def test_cookie_is_opaque_and_out_of_reach_of_scripts(friendly: Journey) -> None:
    answer = friendly.sign_in()
    (cookie,) = [header for header in answer.headers.getlist("Set-Cookie") if header.startswith(f"{COOKIE}=")]
    attributes = {part.strip().partition("=")[0] for part in cookie.split(";")}
    assert {"HttpOnly", "SameSite", "Path", "Max-Age"} <= attributes
    assert "SameSite=Lax" in cookie
    row = db.session.scalars(select(WebSession)).one()
    assert secret(friendly).encode() not in row.token_hash
    assert len(row.token_hash) == 32


def test_cookie_over_https_is_bound_to_this_host(settings: Settings) -> None:
    assert cookie_name(settings) == COOKIE
    safe = settings.model_copy(update={"base_url": "https://photos.example.test"})
    assert cookie_name(safe) == f"__Host-{COOKIE}"


def test_sign_in_renews_the_session_and_ends_the_one_before(friendly: Journey) -> None:
    friendly.sign_in()
    first = secret(friendly)
    friendly.sign_in()
    assert secret(friendly) != first
    assert sessions() == 1


def test_cookie_planted_before_sign_in_opens_nothing_after(friendly: Journey) -> None:
    friendly.browser.set_cookie(COOKIE, "planted")
    friendly.sign_in()
    thief = friendly.browser.application.test_client()
    thief.set_cookie(COOKIE, "planted")
    assert thief.get("/api/v1/me").status_code == 401


def test_sign_in_forgets_what_the_state_cookie_held(friendly: Journey) -> None:
    with friendly.browser.session_transaction() as state:
        state["csrf_token"] = "planted"
        state["affirmed_age"] = 16
    friendly.sign_in()
    with friendly.browser.session_transaction() as state:
        assert dict(state) == {}
    assert friendly.me.json["affirmed_age"] == 16


def test_lower_age_never_replaces_a_higher_one(friendly: Journey) -> None:
    for age in (18, 16):
        with friendly.browser.session_transaction() as state:
            state["affirmed_age"] = age
        friendly.sign_in()
    assert friendly.me.json["affirmed_age"] == 18


def test_affirmed_age_waits_in_the_browser_or_goes_to_the_person(app: Flask, fan: Someone, database: None) -> None:
    with app.test_request_context("/"):
        affirm_age(16)
        affirm_age(13)
        from flask import session  # noqa: PLC0415 -- the request's own

        assert session["affirmed_age"] == 16
    fan_secret = open_session(fan.person_id, lifetime=timedelta(days=1))
    with app.test_request_context("/", headers={"Cookie": f"{COOKIE}={fan_secret}"}), transaction():
        affirm_age(30)
    assert fan.actor.affirmed_age == 30


def test_sign_out_ends_the_session_everywhere(fan: Someone) -> None:
    cookie = fan.browser.get_cookie(COOKIE)
    assert cookie is not None
    answer = fan.browser.post("/sign-out")
    assert (answer.status_code, answer.location) == (302, "/")
    assert answer.headers["Clear-Site-Data"] == '"storage"'
    assert fan.browser.get_cookie(COOKIE) is None
    thief = fan.app.test_client()
    thief.set_cookie(COOKIE, cookie.value)
    assert thief.get("/api/v1/me").status_code == 401


def test_sign_out_needs_intent(fan: Someone) -> None:
    fan.browser.intent = False
    assert fan.browser.post("/sign-out").status_code == 400
    assert fan.browser.get("/sign-out").status_code == 405
    assert fan.browser.get("/api/v1/me").status_code == 200


def test_sign_out_of_nobody_leads_home(anonymous: Someone) -> None:
    assert anonymous.browser.post("/sign-out").location == "/"


@pytest.mark.parametrize("lifetime", [timedelta(days=-1), timedelta(0)])
def test_session_past_its_time_is_nobody(app: Flask, fan: Someone, lifetime: timedelta) -> None:
    with transaction():
        old = open_session(fan.person_id, lifetime=lifetime)
    browser = Browser(app, app.response_class, use_cookies=True)
    browser.set_cookie(COOKIE, old)
    assert browser.get("/api/v1/me").status_code == 401


def test_words_that_are_no_session_are_nobody(anonymous: Someone) -> None:
    for words in ("", "x", "\x00", "é" * 500, "' OR 1=1 --"):
        anonymous.browser.set_cookie(COOKIE, words)
        assert anonymous.browser.get("/api/v1/me").status_code == 401
