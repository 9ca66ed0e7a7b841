"""GET /api/v1/me"""

from __future__ import annotations

from campaign.accounts.models import Scope
from tests.people import Someone


def test_me_tells_a_fan_who_they_are(fan: Someone) -> None:
    answer = fan.browser.get("/api/v1/me")
    assert answer.status_code == 200
    assert answer.json == {
        "id": str(fan.person_id),
        "display_name": "Fan",
        "roles": [],
        "scopes": None,
        "affirmed_age": 21,
    }


def test_me_tells_roles_and_where_they_count(staff: Someone) -> None:
    assert staff.browser.get("/api/v1/me").json["roles"] == [{"role": "staff", "campaign_id": None}]


def test_me_tells_a_token_its_scopes(fan: Someone) -> None:
    answer = fan.app.test_client().get("/api/v1/me", headers=fan.bearer(Scope.SUBMIT, Scope.READ))
    assert answer.json["scopes"] == ["read", "submit"]


def test_me_refuses_the_anonymous(anonymous: Someone) -> None:
    answer = anonymous.browser.get("/api/v1/me")
    assert answer.status_code == 401
    assert answer.json["code"] == "sign_in_needed"
    assert answer.headers["WWW-Authenticate"] == "Bearer"
