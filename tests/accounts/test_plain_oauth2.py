"""Sign-in where there is no discovery and no id_token, and where the answer comes by a form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from flask import Flask
from pydantic import SecretStr, ValidationError
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from campaign.accounts import discovery
from campaign.accounts.models import Identity, Person
from campaign.accounts.people import ensure_person
from campaign.accounts.providers import EXTENSION, provider_of
from campaign.config import Provider
from campaign.db import db, transaction
from tests.accounts.conftest import Journey
from tests.accounts.plain_oauth2 import CLIENT_ID, CLIENT_SECRET, PlainSite, plain_site

ISSUER = "https://plain.example.test"


@pytest.fixture
def site() -> Iterator[PlainSite]:
    with plain_site() as site:
        yield site


@pytest.fixture
def journey(app: Flask, database: None, site: PlainSite, monkeypatch: pytest.MonkeyPatch) -> Journey:
    return with_settings(app, site, monkeypatch)


def with_settings(app: Flask, site: PlainSite, monkeypatch: pytest.MonkeyPatch, **changes: Any) -> Journey:
    given: dict[str, Any] = {
        "name": "plain",
        "label": "Plain",
        "kind": "oauth2",
        "issuer": ISSUER,
        "client_id": CLIENT_ID,
        "client_secret": SecretStr(CLIENT_SECRET),
        "scope": "read:user",
        "authorize_url": f"{site.address}/authorize",
        "token_url": f"{site.address}/token",
        "profile_url": f"{site.address}/me",
    }
    monkeypatch.setitem(app.extensions[EXTENSION], "plain", provider_of(Provider(**(given | changes))))
    return Journey(app.test_client(), "plain")


def people() -> int:
    return db.session.scalar(select(func.count()).select_from(Person)) or 0


def assert_refused(answer: TestResponse, journey: Journey) -> None:
    assert answer.status_code == 403
    assert "nobody was signed in" in answer.text
    assert journey.me.status_code == 401


def post_form(journey: Journey, address: str) -> TestResponse:
    """Be at the site, which answers with a form; the browser posts it to us, without our Lax cookies."""
    page = requests.get(address, timeout=5).text
    fields = dict(re.findall(r'<input name="([^"]+)" value="([^"]*)">', page))
    action = re.search(r'action="([^"]+)"', page)
    assert action is not None
    stranger = journey.browser.application.test_client()
    return stranger.post(urlsplit(action[1]).path, data={name: unescape(value) for name, value in fields.items()})


def unescape(value: str) -> str:
    return value.replace("&quot;", '"').replace("&amp;", "&")


def test_profile_signs_in_with_pkce_and_state(journey: Journey, site: PlainSite) -> None:
    assert journey.sign_in("/c/somewhere").location == "/c/somewhere"
    assert journey.me.json["display_name"] == "Ada Lovelace"
    asked = site.seen[0]
    assert (asked["code_challenge_method"], asked["response_type"], asked["scope"]) == ("S256", "code", "read:user")
    assert len(asked["state"]) >= 20
    identity = db.session.scalars(select(Identity)).one()
    assert (identity.issuer, identity.subject) == (ISSUER, "4711")


def test_second_sign_in_is_the_same_person(journey: Journey) -> None:
    journey.sign_in()
    journey.sign_in()
    assert people() == 1


def test_secret_travels_in_the_body_where_the_site_wants_it(
    app: Flask, database: None, site: PlainSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    journey = with_settings(app, site, monkeypatch, client_auth="post")
    assert journey.sign_in().status_code == 302
    assert journey.me.status_code == 200


def test_fields_may_lie_inside_others(
    app: Flask, database: None, site: PlainSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.profile = {"data": {"user": {"key": "u-1", "called": "Ada"}}}
    fields = {"subject_field": "data.user.key", "name_field": "data.user.called", "email_field": "data.user.mail"}
    journey = with_settings(app, site, monkeypatch, **fields)
    journey.sign_in()
    assert journey.me.json["display_name"] == "Ada"
    assert db.session.scalars(select(Identity.subject)).one() == "u-1"
    assert db.session.scalars(select(Person.email)).one() is None


def test_mail_address_of_somebody_else_opens_nothing(journey: Journey) -> None:
    with transaction():
        known = ensure_person("https://another.example.test", "ada", "Ada", "ada@example.test").id
    journey.sign_in()
    assert journey.me.json["id"] != str(known)


@pytest.mark.parametrize(
    "profile",
    [
        {},
        {"id": None},
        {"id": ""},
        {"id": True},
        {"id": ["4711"]},
        {"id": "x" * 256},
        {"id": "a\nb"},
        [],
        None,
    ],
)
def test_profile_that_names_nobody_is_refused(journey: Journey, site: PlainSite, profile: object) -> None:
    site.profile = profile
    assert_refused(journey.sign_in(), journey)
    assert people() == 0


def test_profile_without_end_is_refused(journey: Journey, site: PlainSite) -> None:
    site.profile = {"id": 1, "name": "x" * 300_000}
    assert_refused(journey.sign_in(), journey)


@pytest.mark.parametrize("fields", [{"access_token": None}, {"error": "access_denied"}])
def test_token_that_is_none_is_refused(journey: Journey, site: PlainSite, fields: dict[str, Any]) -> None:
    site.token_fields = fields
    assert_refused(journey.sign_in(), journey)


@pytest.mark.parametrize("callback", [{"state": "another"}, {"iss": "https://elsewhere.test"}, {"code": "guessed"}])
def test_callback_that_does_not_fit_is_refused(journey: Journey, site: PlainSite, callback: dict[str, str]) -> None:
    site.callback = callback
    assert_refused(journey.sign_in(), journey)


def test_code_brought_back_twice_is_refused(journey: Journey) -> None:
    back = journey.come_back(journey.leave())
    journey.browser.get(back)
    journey.browser.post("/sign-out")
    fresh = Journey(journey.browser.application.test_client(), "plain")
    assert_refused(fresh.browser.get(back), fresh)


def test_site_in_trouble_is_told_as_such(journey: Journey, site: PlainSite) -> None:
    site.profile_status = 503
    answer = journey.sign_in()
    assert (answer.status_code, "Plain does not answer just now" in answer.text) == (503, True)


def test_answer_that_is_no_json_is_the_sites_trouble(journey: Journey, site: PlainSite) -> None:
    site.profile = "words"
    assert journey.sign_in().status_code == 503
    assert journey.me.status_code == 401


def test_site_that_stalls_is_not_waited_for(
    app: Flask, database: None, site: PlainSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("campaign.accounts.oauth2.CALL_SECONDS", 0.3)
    site.stall_seconds = 1.5
    answer = with_settings(app, site, monkeypatch).sign_in()
    assert answer.status_code == 503
    assert discovery.CALL_SECONDS == 5


def test_settings_name_every_address() -> None:
    with pytest.raises(ValidationError, match="authorize_url, token_url and profile_url"):
        Provider(name="plain", label="Plain", issuer=ISSUER, client_id="x", kind="oauth2")


@pytest.fixture
def by_form(app: Flask, database: None, site: PlainSite, monkeypatch: pytest.MonkeyPatch) -> Journey:
    return with_settings(app, site, monkeypatch, response_mode="form_post")


def test_form_from_elsewhere_signs_in(by_form: Journey, site: PlainSite) -> None:
    back = post_form(by_form, by_form.leave("/c/somewhere"))
    assert site.seen[0]["response_mode"] == "form_post"
    assert back.status_code == 303
    assert "Set-Cookie" not in back.headers
    assert by_form.browser.get(back.location).location == "/c/somewhere"
    assert by_form.me.json["display_name"] == "Ada Lovelace"


def test_form_of_another_browser_signs_nobody_in(by_form: Journey) -> None:
    victim = Journey(by_form.browser.application.test_client(), "plain")
    back = post_form(by_form, by_form.leave())
    assert_refused(victim.browser.get(back.location), victim)


@pytest.mark.parametrize(
    ("user", "name"),
    [
        ('{"name":{"firstName":"Ada","lastName":"Lovelace"},"email":"ada@example.test"}', "Ada Lovelace"),
        ('{"name":{"firstName":"Ada"}}', "Ada"),
        ('{"name":"Ada"}', "A fan"),
        ("[[[", "A fan"),
        ("", "A fan"),
    ],
)
def test_name_beside_the_code_is_taken_where_there_is_no_other(
    by_form: Journey, site: PlainSite, user: str, name: str
) -> None:
    site.profile, site.callback = {"id": 1}, {"user": user}
    by_form.browser.get(post_form(by_form, by_form.leave()).location)
    assert by_form.me.json["display_name"] == name


def test_form_passes_nothing_else_on(by_form: Journey) -> None:
    sent = {"state": "s", "code": "c" * 2001, "iss": "", "next": "//elsewhere.test", "called": "Mallory"}
    answer = by_form.browser.application.test_client().post("/sign-in/plain/callback", data=sent)
    parts = urlsplit(answer.location)
    assert (parts.netloc, parts.path, parse_qs(parts.query)) == ("", "/sign-in/plain/callback", {"state": ["s"]})


def test_form_for_a_provider_that_answers_otherwise_is_not_taken(journey: Journey) -> None:
    answer = journey.browser.application.test_client().post("/sign-in/plain/callback", data={"state": "s"})
    assert answer.status_code == 404


def test_turning_back_is_no_trouble(by_form: Journey, site: PlainSite) -> None:
    site.callback = {"error": "access_denied"}
    answer = by_form.browser.get(post_form(by_form, by_form.leave("/c/somewhere")).location)
    assert answer.location == "/c/somewhere"
    assert by_form.me.status_code == 401
