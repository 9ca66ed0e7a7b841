"""A provider, or somebody between us and it, that lies: nobody is signed in."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from joserfc.jwk import RSAKey
from sqlalchemy import func, select

from campaign.accounts.discovery import FRESH_SECONDS
from campaign.accounts.models import Identity, Person
from campaign.accounts.people import ensure_person
from campaign.db import db
from tests.accounts.conftest import Journey
from tests.accounts.hostile import CLIENT_ID, HostileProvider

ELSEWHERE = "https://elsewhere.test"


def people() -> int:
    return db.session.scalar(select(func.count()).select_from(Person)) or 0


def assert_refused(journey: Journey) -> None:
    before = people()
    answer = journey.sign_in()
    assert answer.status_code == 403
    assert "nobody was signed in" in answer.text
    assert journey.me.status_code == 401
    assert people() == before


def test_honest_answer_signs_in_with_pkce_state_and_nonce(journey: Journey, hostile: HostileProvider) -> None:
    assert journey.sign_in("/c/somewhere").location == "/c/somewhere"
    assert journey.me.json["display_name"] == "Some Body"
    asked = hostile.seen[0]
    assert asked["code_challenge_method"] == "S256"
    assert asked["response_type"] == "code"
    assert len(asked["code_challenge"]) == 43
    assert len(asked["state"]) >= 20
    assert len(asked["nonce"]) >= 20
    assert asked["redirect_uri"] == "http://localhost/sign-in/hostile/callback"


@pytest.mark.parametrize(
    "claims",
    [
        pytest.param({"nonce": "of another sign-in"}, id="nonce"),
        pytest.param({"nonce": None}, id="nonce missing"),
        pytest.param({"iss": ELSEWHERE}, id="issuer"),
        pytest.param({"iss": None}, id="issuer missing"),
        pytest.param({"aud": "another client"}, id="audience"),
        pytest.param({"aud": "another client", "azp": CLIENT_ID}, id="audience with our azp"),
        pytest.param({"aud": ["another client"], "azp": CLIENT_ID}, id="audience list with our azp"),
        pytest.param({"aud": None}, id="audience missing"),
        pytest.param({"aud": []}, id="audience empty"),
        pytest.param({"aud": [CLIENT_ID, "another client"]}, id="two audiences without azp"),
        pytest.param({"aud": [CLIENT_ID, "another client"], "azp": "another client"}, id="issued to another client"),
        pytest.param({"exp": int(time.time()) - 3600}, id="run out"),
        pytest.param({"exp": None}, id="expiry missing"),
        pytest.param({"exp": "never"}, id="expiry is a word"),
        pytest.param({"iat": int(time.time()) + 3600}, id="from the future"),
        pytest.param({"sub": None}, id="subject missing"),
        pytest.param({"sub": ""}, id="subject empty"),
        pytest.param({"sub": 7}, id="subject is a number"),
        pytest.param({"sub": "some\x00body"}, id="subject with NUL"),
        pytest.param({"sub": "s" * 300}, id="subject too long"),
        pytest.param({"at_hash": "of another access token"}, id="at_hash"),
    ],
)
def test_claim_that_does_not_fit_is_refused(journey: Journey, hostile: HostileProvider, claims: dict[str, Any]) -> None:
    hostile.claims = claims
    assert_refused(journey)


@pytest.mark.parametrize("signature", ["none", "HS256", "stranger"])
def test_forged_signature_is_refused(journey: Journey, hostile: HostileProvider, signature: str) -> None:
    hostile.signature = signature
    assert_refused(journey)


def test_forged_signature_is_refused_when_only_symmetric_ones_are_offered(
    journey: Journey, hostile: HostileProvider
) -> None:
    hostile.metadata = {"id_token_signing_alg_values_supported": ["HS256", "none"]}
    hostile.signature = "HS256"
    assert_refused(journey)


@pytest.mark.parametrize("words", [None, "", "not.a.token", "a.b", 7, {"alg": "none"}])
def test_answer_without_a_sound_id_token_is_refused(journey: Journey, hostile: HostileProvider, words: object) -> None:
    hostile.token_fields = {"id_token": words}
    assert_refused(journey)


def test_state_of_nobody_is_refused(journey: Journey) -> None:
    back = journey.come_back(journey.leave())
    answer = journey.browser.get(f"{back}x")
    assert answer.status_code == 403
    assert journey.me.status_code == 401


def test_state_missing_is_refused(journey: Journey) -> None:
    journey.leave()
    assert journey.browser.get("/sign-in/hostile/callback?code=abc").status_code == 403


def test_answer_to_another_browser_is_refused(journey: Journey) -> None:
    """Login CSRF: the attacker's own callback address, opened by somebody else."""
    back = journey.come_back(journey.leave())
    victim = journey.browser.application.test_client()
    assert victim.get(back).status_code == 403
    assert victim.get("/api/v1/me").status_code == 401


def test_answer_used_twice_signs_in_once(journey: Journey) -> None:
    back = journey.come_back(journey.leave())
    assert journey.browser.get(back).status_code == 302
    assert journey.browser.get(back).status_code == 403


def test_replayed_code_is_refused_though_the_cookie_is_put_back(journey: Journey) -> None:
    back = journey.come_back(journey.leave())
    state = journey.browser.get_cookie("flaunt_state")
    assert state is not None
    journey.browser.get(back)
    thief = journey.browser.application.test_client()
    thief.set_cookie("flaunt_state", state.value)
    assert thief.get(back).status_code == 403
    assert thief.get("/api/v1/me").status_code == 401


def test_code_of_another_sign_in_is_refused(journey: Journey) -> None:
    """PKCE: a stolen code does not fit the verifier of this browser."""
    other = Journey(journey.browser.application.test_client(), "hostile")
    stolen = other.come_back(other.leave()).partition("code=")[2].partition("&")[0]
    back = journey.come_back(journey.leave())
    own = back.partition("code=")[2].partition("&")[0]
    assert journey.browser.get(back.replace(own, stolen)).status_code == 403
    assert journey.me.status_code == 401


def test_callback_from_another_issuer_is_refused(journey: Journey, hostile: HostileProvider) -> None:
    hostile.callback = {"iss": ELSEWHERE}
    assert_refused(journey)


def test_callback_without_the_issuer_it_promised_is_refused(journey: Journey, hostile: HostileProvider) -> None:
    hostile.metadata = {"authorization_response_iss_parameter_supported": True}
    assert_refused(journey)


def test_callback_with_the_issuer_it_promised_signs_in(journey: Journey, hostile: HostileProvider) -> None:
    hostile.metadata = {"authorization_response_iss_parameter_supported": True}
    hostile.callback = {"iss": hostile.issuer}
    assert journey.sign_in().status_code == 302
    assert journey.me.status_code == 200


def test_callback_at_another_provider_is_refused(journey: Journey, friendly: Journey) -> None:
    back = journey.come_back(journey.leave())
    assert journey.browser.get(back.replace("/hostile/", f"/{friendly.provider}/")).status_code == 403
    assert journey.browser.get(back).status_code == 302, "the other one's answer was never asked about"


def test_callback_without_code_is_refused(journey: Journey) -> None:
    back = journey.come_back(journey.leave())
    assert journey.browser.get(back.replace("code=", "cod=")).status_code == 403


@pytest.mark.parametrize("destination", ["https://evil.test", "//evil.test", "/\\evil.test", "/\t/evil.test"])
def test_open_redirect_leads_home(journey: Journey, destination: str) -> None:
    assert journey.sign_in(destination).location == "/"


def test_email_of_somebody_else_makes_another_person(journey: Journey, hostile: HostileProvider) -> None:
    owner = ensure_person(ELSEWHERE, "owner", "Owner", "owner@example.test")
    hostile.claims = {"email": "owner@example.test", "email_verified": True, "name": "Owner"}
    assert journey.sign_in().status_code == 302
    assert journey.me.json["id"] != str(owner.id)


def test_subject_of_another_issuer_makes_another_person(journey: Journey) -> None:
    owner = ensure_person(ELSEWHERE, "somebody", "Owner")
    journey.sign_in()
    assert journey.me.json["id"] != str(owner.id)


def test_unverified_email_is_not_kept(journey: Journey, hostile: HostileProvider) -> None:
    hostile.claims = {"email": "owner@example.test", "email_verified": False}
    journey.sign_in()
    person = db.session.scalars(select(Person).join(Identity).where(Identity.issuer == hostile.issuer)).one()
    assert person.email is None


def test_name_from_outside_is_one_printable_line(journey: Journey, hostile: HostileProvider) -> None:
    hostile.claims = {"name": "  Ada\x00\n\u202eevil   Lovelace " + "x" * 500}
    journey.sign_in()
    name = journey.me.json["display_name"]
    assert name.startswith("Ada evil Lovelace xxx")
    assert len(name) == 80


def test_userinfo_names_who_the_id_token_does_not(journey: Journey, hostile: HostileProvider) -> None:
    hostile.claims = {"name": None}
    hostile.userinfo = {"sub": "somebody", "name": "Told Later"}
    journey.sign_in()
    assert journey.me.json["display_name"] == "Told Later"


def test_userinfo_about_somebody_else_is_refused(journey: Journey, hostile: HostileProvider) -> None:
    hostile.claims = {"name": None}
    hostile.userinfo = {"sub": "somebody else", "name": "Told Later"}
    assert_refused(journey)


def test_new_key_of_the_provider_is_fetched(journey: Journey, hostile: HostileProvider) -> None:
    journey.sign_in()
    hostile.key = RSAKey.generate_key(2048, {"kid": "second", "use": "sig"})
    other = Journey(journey.browser.application.test_client(), "hostile")
    assert other.sign_in().status_code == 302
    assert other.me.status_code == 200


@pytest.mark.parametrize("flaw", ["issuer", "down", "not a document"])
def test_discovery_that_cannot_be_used_is_told_and_tried_again(
    journey: Journey, hostile: HostileProvider, flaw: str
) -> None:
    if flaw == "issuer":
        hostile.metadata = {"issuer": ELSEWHERE}
    elif flaw == "down":
        hostile.broken = frozenset({"discovery"})
    else:
        hostile.metadata = {"authorization_endpoint": None}
    answer = journey.browser.get("/sign-in/hostile")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    hostile.metadata, hostile.broken = {}, frozenset()
    if flaw != "not a document":
        assert journey.sign_in().status_code == 302


def test_provider_that_went_down_since_is_told_before_the_browser_is_sent_there(
    monkeypatch: pytest.MonkeyPatch, journey: Journey, hostile: HostileProvider
) -> None:
    assert journey.sign_in().status_code == 302
    hostile.broken = frozenset({"discovery"})
    client = journey.browser.application.extensions["flaunt_providers"]["hostile"]._client
    monkeypatch.setattr(client, "read_at", client.read_at - FRESH_SECONDS - 1)
    answer = Journey(journey.browser.application.test_client(), "hostile").browser.get("/sign-in/hostile")
    assert answer.status_code == 503
    assert "does not answer just now" in answer.text
    assert ">Try again</a>" in answer.text


def test_discovery_may_not_change_our_settings(journey: Journey, hostile: HostileProvider) -> None:
    hostile.metadata = {"scope": "everything", "code_challenge_method": "plain", "client_id": "x", "verify": False}
    assert journey.sign_in().status_code == 302
    assert hostile.seen[0]["scope"] == "openid profile email"
    assert hostile.seen[0]["code_challenge_method"] == "S256"


def test_token_endpoint_down_is_told(journey: Journey, hostile: HostileProvider) -> None:
    hostile.broken = frozenset({"token"})
    answer = journey.sign_in()
    assert answer.status_code == 503
    assert journey.me.status_code == 401


def test_provider_that_stalls_is_given_up(
    monkeypatch: pytest.MonkeyPatch, journey: Journey, hostile: HostileProvider
) -> None:
    client = journey.browser.application.extensions["flaunt_providers"]["hostile"]._client
    monkeypatch.setitem(client.client_kwargs, "default_timeout", 0.2)
    hostile.stall_seconds = 1
    began = time.monotonic()
    assert journey.sign_in().status_code == 503
    assert time.monotonic() - began < 1


def test_person_who_turns_back_is_told_and_not_signed_in(journey: Journey, hostile: HostileProvider) -> None:
    hostile.callback = {"error": "access_denied"}
    answer = journey.sign_in("/c/somewhere")
    assert answer.location == "/c/somewhere"
    assert journey.me.status_code == 401


def test_cookie_stays_small_however_often_somebody_starts(journey: Journey) -> None:
    for _ in range(12):
        address = journey.leave("/c/" + "a" * 150)
    cookie = journey.browser.get_cookie("flaunt_state")
    assert cookie is not None
    assert len(json.dumps(cookie.value)) < 3000
    assert journey.browser.get(journey.come_back(address)).status_code == 302
