"""Who a request speaks for, and whether a write was meant."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import BadRequest

from campaign.accounts import authentication
from campaign.accounts.actor import Actor
from campaign.accounts.authentication import current_actor, protect_writes, shown_actor
from campaign.accounts.models import Scope
from campaign.accounts.tokens import create_token, find_token, revoke_token
from campaign.clock import database_now
from campaign.db import transaction
from campaign.errors import SignInNeeded
from tests.people import Someone

WRITE = "/api/v1/campaigns"


def as_bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_token_speaks_for_its_person_within_its_scopes(app: Flask, fan: Someone) -> None:
    with app.test_request_context("/", headers=fan.bearer(Scope.READ)):
        actor = current_actor()
    assert actor.person_id == fan.person_id
    assert actor.scopes == {Scope.READ}


def test_token_goes_before_the_cookie(fan: Someone, other_fan: Someone) -> None:
    answer = fan.browser.get("/api/v1/me", headers=other_fan.bearer())
    assert answer.json["id"] == str(other_fan.person_id)


def refused_tokens(fan: Someone) -> dict[str, str]:
    with transaction():
        past = create_token(fan.person_id, [Scope.READ], database_now() - timedelta(seconds=1))
        revoked = create_token(fan.person_id, [Scope.READ])
        revoke_token(find_token(revoked).id)
    return {"past": past, "revoked": revoked, "unknown": "flaunt_unknown", "empty": ""}


@pytest.mark.parametrize("kind", ["past", "revoked", "unknown", "empty"])
@pytest.mark.parametrize("path", ["/api/v1/me", "/", "/sign-in"])
def test_token_that_is_no_good_is_never_taken_for_nobody(fan: Someone, kind: str, path: str) -> None:
    answer = fan.app.test_client().get(path, headers=as_bearer(refused_tokens(fan)[kind]))
    if path.startswith("/api/"):
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        assert answer.json["code"] == "token_refused"
        assert answer.content_type == "application/problem+json"
    else:
        assert answer.status_code in {302, 401}
        assert answer.status_code == 401 or answer.location.startswith("/sign-in")


def test_other_kinds_of_authorization_are_not_ours(fan: Someone) -> None:
    assert fan.browser.get("/api/v1/me", headers={"Authorization": "Basic Zm9vOmJhcg=="}).status_code == 200


def test_page_about_trouble_still_knows_nobody(app: Flask, database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def down(secret: str) -> Actor:
        asked.append(secret)
        raise OperationalError("SELECT", {}, Exception("gone"))

    monkeypatch.setattr(authentication, "actor_by_session", down)
    with app.test_request_context("/", headers={"Cookie": "flaunt_session=x"}):
        assert shown_actor() == Actor.anonymous()
        assert shown_actor() == Actor.anonymous()
    assert asked == ["x"]


@pytest.mark.parametrize("method", ["POST"])
def test_cookie_write_without_intent_is_refused(app: Flask, fan: Someone, method: str) -> None:
    cookie = fan.browser.get_cookie("flaunt_session")
    assert cookie is not None
    headers = {"Cookie": f"flaunt_session={cookie.value}"}
    with app.test_request_context(WRITE, method=method, headers=headers), pytest.raises(BadRequest):
        protect_writes()


def test_cookie_write_with_the_token_of_another_browser_is_refused(fan: Someone, other_fan: Someone) -> None:
    other_fan.browser.get("/")
    fan.browser.intent = False
    answer = fan.browser.post("/sign-out", headers={"X-CSRFToken": "of another browser"})
    assert answer.status_code == 400


def test_anonymous_api_write_is_asked_to_sign_in(app: Flask, database: None) -> None:
    with app.test_request_context(WRITE, method="POST"), pytest.raises(SignInNeeded):
        protect_writes()


def test_bearer_write_needs_no_csrf_token(app: Flask, fan: Someone) -> None:
    with app.test_request_context(WRITE, method="POST", headers=fan.bearer()):
        protect_writes()


def test_bearer_does_not_open_the_pages_forms(app: Flask, fan: Someone) -> None:
    with app.test_request_context("/sign-out", method="POST", headers=fan.bearer()), pytest.raises(BadRequest):
        protect_writes()


def test_reading_needs_no_intent(app: Flask, database: None) -> None:
    with app.test_request_context("/sign-in"):
        protect_writes()


def test_address_that_does_not_exist_is_not_about_intent(anonymous: Someone) -> None:
    anonymous.browser.intent = False
    assert anonymous.browser.post("/nowhere").status_code == 404


@pytest.mark.parametrize("path", ["/me/picture", "/api/v1/me/picture", "/sign-out"])
def test_form_with_a_part_without_a_name_is_told(app: Flask, database: None, path: str) -> None:
    part = b'--x\r\nContent-Disposition: form-data; name*0="a\r\n\r\nsaid\r\n--x--\r\n'
    method = "PUT" if path.startswith("/api/") else "POST"

    answer = app.test_client().open(path, method=method, data=part, content_type="multipart/form-data; boundary=x")

    assert answer.status_code == 400
