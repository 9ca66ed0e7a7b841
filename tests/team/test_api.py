"""/api/v1/team…"""

from __future__ import annotations

import pytest
from sqlalchemy import select

from campaign.accounts.models import RoleGrant, Scope
from campaign.campaigns.models import Campaign
from campaign.db import db
from tests.counting import statements
from tests.people import Someone
from tests.team.conftest import invited, many_people

NOWHERE = "00000000-0000-0000-0000-000000000000"
CALLS = [
    ("GET", "/team", None),
    ("POST", f"/team/roles/{NOWHERE}/revocation", {}),
    ("GET", "/team/invitations", None),
    ("POST", "/team/invitations", {"role": "cast", "campaign": None}),
    ("POST", f"/team/invitations/{NOWHERE}/renewal", None),
    ("DELETE", f"/team/invitations/{NOWHERE}", None),
    ("GET", "/audit", None),
]


@pytest.mark.parametrize(("method", "path", "body"), CALLS)
def test_others_are_refused(
    fan: Someone, cast_member: Someone, anonymous: Someone, method: str, path: str, body: dict[str, object] | None
) -> None:
    for somebody, status in ((fan, 403), (cast_member, 403), (anonymous, 401)):
        answer = somebody.browser.open(f"/api/v1{path}", method=method, json=body)
        assert answer.status_code == status, somebody.name


def test_team_of_a_campaign(own_marketer: Someone, own_staff: Someone, campaign: Campaign, elsewhere: Campaign) -> None:
    answer = own_marketer.browser.get(f"/api/v1/team?campaign={campaign.slug}")
    assert answer.status_code == 200
    mine = {one["display_name"]: (one["role"], one["campaign"]) for one in answer.json["data"]}
    assert mine["Own staff"] == ("staff", campaign.slug)
    assert mine["Marketer"] == ("marketer", None)
    assert own_marketer.browser.get(f"/api/v1/team?campaign={elsewhere.slug}").status_code == 403
    assert own_marketer.browser.get("/api/v1/team?campaign=nowhere").status_code == 404


def test_invitation_by_link(own_marketer: Someone, campaign: Campaign, fan: Someone) -> None:
    body = {"role": "cast", "campaign": campaign.slug, "note": "Hello"}
    made = own_marketer.browser.post("/api/v1/team/invitations", json=body)
    assert made.status_code == 201
    assert made.json["link"].startswith("http://localhost/invitations/")
    listed = own_marketer.browser.get(f"/api/v1/team/invitations?campaign={campaign.slug}").json["data"]
    assert [(one["id"], one["link"], one["state"]) for one in listed] == [(made.json["id"], None, "open")]
    again = own_marketer.browser.post(f"/api/v1/team/invitations/{made.json['id']}/renewal")
    assert again.json["link"] not in {None, made.json["link"]}
    assert own_marketer.browser.delete(f"/api/v1/team/invitations/{made.json['id']}").status_code == 204
    assert own_marketer.browser.delete(f"/api/v1/team/invitations/{made.json['id']}").status_code == 204
    assert fan.browser.post(again.json["link"].removeprefix("http://localhost")).status_code == 409


def test_answer_with_a_link_is_not_kept_for_a_repetition(admin: Someone) -> None:
    asked = {"json": {"role": "cast", "campaign": None}, "headers": {**admin.bearer(), "Idempotency-Key": "once"}}
    client = admin.app.test_client()
    assert client.post("/api/v1/team/invitations", **asked).status_code == 201
    assert client.post("/api/v1/team/invitations", **asked).json["code"] == "done_already"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"role": "king", "campaign": None}, "role"),
        ({"role": "cast"}, "campaign"),
        ({"role": "cast", "campaign": None, "email": "nonsense"}, "email"),
        ({"role": "cast", "campaign": None, "note": "x" * 301}, "note"),
    ],
)
def test_what_cannot_be_used_is_told(admin: Someone, body: dict[str, object], field: str) -> None:
    answer = admin.browser.post("/api/v1/team/invitations", json=body)
    assert (answer.status_code, field in answer.json["fields"]) == (422, True)


def test_admin_of_one_campaign_does_not_exist(admin: Someone, campaign: Campaign) -> None:
    answer = admin.browser.post("/api/v1/team/invitations", json={"role": "admin", "campaign": campaign.slug})
    assert answer.status_code == 409


def test_role_is_taken_back(admin: Someone, staff: Someone) -> None:
    grant_id = db.session.scalars(select(RoleGrant.id).where(RoleGrant.person_id == staff.person_id)).one()
    answer = admin.browser.post(f"/api/v1/team/roles/{grant_id}/revocation", json={"why": "Left"})
    assert (answer.status_code, answer.json["person_id"]) == (200, str(staff.person_id))
    assert staff.actor.grants == frozenset()
    mine = db.session.scalars(select(RoleGrant.id).where(RoleGrant.person_id == admin.person_id)).one()
    last = admin.browser.post(f"/api/v1/team/roles/{mine}/revocation", json={})
    assert (last.status_code, last.json["code"]) == (409, "last_admin")


def test_token_needs_its_scope(admin: Someone) -> None:
    client = admin.app.test_client()
    body = {"role": "cast", "campaign": None}
    refused = client.post("/api/v1/team/invitations", json=body, headers=admin.bearer(Scope.READ))
    assert (refused.status_code, refused.json["code"]) == (403, "scope_missing")
    assert client.post("/api/v1/team/invitations", json=body, headers=admin.bearer(Scope.MANAGE)).status_code == 201


def test_equally_many_statements_for_1_and_30(marketer: Someone, campaign: Campaign, admin: Someone) -> None:
    counts: list[list[int]] = []
    campaign_id = campaign.id
    for more in (1, 29):
        many_people(campaign_id, more, admin.person_id)
        for _ in range(more):
            invited(campaign_id)
        counts.append([sent_for(marketer, path) for path in ("team", "team/invitations", "audit")])
    assert counts[0] == counts[1]


def sent_for(someone: Someone, path: str) -> int:
    someone.browser.get("/api/v1/me")
    db.session.expunge_all()
    with statements() as sent:
        assert someone.browser.get(f"/api/v1/{path}?limit=50").status_code == 200
    return len(sent)


@pytest.mark.parametrize("path", ["team?campaign=%00", "team/invitations?campaign=a%00b", "audit?campaign=%ED%A0%80"])
def test_names_that_no_campaign_has_are_not_found(admin: Someone, path: str) -> None:
    assert admin.browser.get(f"/api/v1/{path}").status_code == 404
    answer = admin.browser.post("/api/v1/team/invitations", json={"role": "cast", "campaign": "\x00"})
    assert answer.status_code == 404


@pytest.mark.parametrize("path", ["team", "team/invitations", "audit"])
def test_who_has_no_part_in_it_learns_of_no_campaign(
    anonymous: Someone, fan: Someone, campaign: Campaign, path: str
) -> None:
    for slug in (campaign.slug, "nowhere"):
        answers = [somebody.browser.get(f"/api/v1/{path}?campaign={slug}") for somebody in (anonymous, fan)]
        assert [answer.status_code for answer in answers] == [401, 403]
