"""/api/v1/me and what belongs to it"""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest

from campaign.accounts.models import Scope
from tests.people import Someone
from tests.submissions.conftest import jpeg, store
from uploads.storage import Storage

__all__ = ["jpeg", "store"]


def test_me_tells_a_fan_who_they_are(fan: Someone) -> None:
    answer = fan.browser.get("/api/v1/me")
    assert answer.status_code == 200
    assert answer.json == {
        "id": str(fan.person_id),
        "display_name": "Fan",
        "roles": [],
        "scopes": None,
        "affirmed_age": 21,
        "language": "en",
        "time_zone": None,
        "picture": None,
    }


def test_me_tells_roles_and_where_they_count(staff: Someone) -> None:
    assert staff.browser.get("/api/v1/me").json["roles"] == [{"role": "staff", "campaign_id": None}]


def test_me_tells_a_token_its_scopes(fan: Someone) -> None:
    answer = fan.app.test_client().get("/api/v1/me", headers=fan.bearer(Scope.SUBMIT, Scope.READ))
    assert answer.json["scopes"] == ["read", "submit"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/me"),
        ("PATCH", "/me"),
        ("PUT", "/me/picture"),
        ("DELETE", "/me/picture"),
        ("GET", "/me/devices"),
        ("DELETE", "/me/devices"),
        ("DELETE", "/me/devices/00000000-0000-0000-0000-000000000000"),
    ],
)
def test_anonymous_is_refused(anonymous: Someone, method: str, path: str) -> None:
    body: dict[str, Any] = {"json": {}} if method == "PATCH" else {}
    if method == "PUT":
        body = {"data": {"picture": (BytesIO(b"x"), "me.jpg")}}
    answer = anonymous.browser.open(f"/api/v1{path}", method=method, **body)
    assert answer.status_code == 401
    assert answer.json["code"] == "sign_in_needed"
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_patch_changes_only_what_is_sent(fan: Someone) -> None:
    answer = fan.browser.patch("/api/v1/me", json={"language": "pt-BR"})
    assert (answer.status_code, answer.json["language"], answer.json["display_name"]) == (200, "pt-BR", "Fan")
    answer = fan.browser.patch("/api/v1/me", json={"display_name": "Ada", "time_zone": "Asia/Tokyo"})
    assert (answer.json["display_name"], answer.json["time_zone"]) == ("Ada", "Asia/Tokyo")
    answer = fan.browser.patch("/api/v1/me", json={"time_zone": None})
    assert (answer.json["display_name"], answer.json["time_zone"]) == ("Ada", None)


def test_patch_tells_what_cannot_be_kept(fan: Someone) -> None:
    answer = fan.browser.patch("/api/v1/me", json={"display_name": "\x00", "language": "xx"})
    assert answer.status_code == 422
    assert set(answer.json["fields"]) == {"display_name", "language"}


def test_patch_with_a_token_needs_the_scope(fan: Someone) -> None:
    client = fan.app.test_client()
    refused = client.patch("/api/v1/me", json={"language": "de"}, headers=fan.bearer(Scope.READ))
    assert (refused.status_code, refused.json["code"]) == (403, "scope_missing")
    assert client.patch("/api/v1/me", json={"language": "de"}, headers=fan.bearer(Scope.SUBMIT)).status_code == 200


def test_picture_is_chosen_and_deleted(fan: Someone, jpeg: bytes, store: Storage) -> None:
    chosen = fan.browser.put("/api/v1/me/picture", data={"picture": (BytesIO(jpeg), "me.jpg")})
    assert chosen.status_code == 200
    assert chosen.json["picture"] == f"http://localhost/media/pictures/{fan.actor.picture_id}/256.webp"
    assert fan.browser.delete("/api/v1/me/picture").json["picture"] is None


@pytest.mark.parametrize("data", [{}, {"picture": "words"}])
def test_picture_that_is_no_file_is_told(fan: Someone, data: dict[str, str]) -> None:
    answer = fan.browser.put("/api/v1/me/picture", data=data)
    assert (answer.status_code, answer.json["code"]) == (422, "invalid_input")


def test_picture_that_is_none_is_told(fan: Someone) -> None:
    answer = fan.browser.put("/api/v1/me/picture", data={"picture": (BytesIO(b"words"), "me.jpg")})
    assert (answer.status_code, answer.json["code"]) == (422, "not_an_image")


def test_devices_are_listed_and_ended(fan: Someone, other_fan: Someone) -> None:
    other_fan.browser.get("/api/v1/me")
    twin = Someone(fan.app, fan.name, fan.person_id)
    there = twin.browser.get("/api/v1/me/devices").json["data"]
    assert [one["is_here"] for one in there] == [True]
    here = fan.browser.get("/api/v1/me/devices").json["data"]
    assert [one["is_here"] for one in here] == [True, False]
    assert fan.browser.delete(f"/api/v1/me/devices/{here[1]['id']}").status_code == 204
    assert twin.browser.get("/api/v1/me").status_code == 401
    assert other_fan.browser.delete(f"/api/v1/me/devices/{here[0]['id']}").status_code == 404
    assert fan.browser.delete("/api/v1/me/devices").status_code == 204
    assert fan.browser.get("/api/v1/me").status_code == 200
