"""/desk/team, /desk/c/<slug>/team and the forms on them."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from campaign.accounts.models import Invitation, RoleGrant
from campaign.campaigns.models import Campaign
from campaign.db import db
from tests.counting import statements
from tests.people import Someone
from tests.team.conftest import invited, many_people

NOWHERE = "00000000-0000-0000-0000-000000000000"
WRITES = (
    "/desk/team/invitations",
    f"/desk/team/invitations/{NOWHERE}/renewal",
    f"/desk/team/invitations/{NOWHERE}/revocation",
    f"/desk/team/roles/{NOWHERE}/revocation",
)


def page_of(someone: Someone, campaign: Campaign | None = None) -> str:
    answer = someone.browser.get(f"/desk/c/{campaign.slug}/team" if campaign else "/desk/team")
    assert answer.status_code == 200
    return str(answer.text)


def grant_of(someone: Someone) -> UUID:
    return db.session.scalars(select(RoleGrant.id).where(RoleGrant.person_id == someone.person_id)).one()


def test_campaign_page_shows_its_people_and_those_with_a_role_everywhere(
    own_marketer: Someone, own_staff: Someone, staff: Someone, campaign: Campaign, elsewhere: Campaign
) -> None:
    many_people(elsewhere.id, 1, None)
    page = page_of(own_marketer, campaign)
    assert [name in page for name in ("Own marketer", "Own staff", ">Staff<", "Member 0")] == [True, True, True, False]
    assert "Take back" in page
    assert page.count('name="why"') == 2


def test_staff_see_and_change_nothing(own_staff: Someone, own_marketer: Someone, campaign: Campaign) -> None:
    page = page_of(own_staff, campaign)
    assert "Own marketer" in page
    assert "Invite somebody" not in page
    assert "Take back" not in page


def test_installation_page_shows_each_what_they_look_after(
    own_marketer: Someone, admin: Someone, cast_member: Someone, elsewhere: Campaign
) -> None:
    many_people(elsewhere.id, 1, admin.person_id)
    everything, mine = page_of(admin), page_of(own_marketer)
    assert [name in everything for name in ("Cast member", "Member 0", "Own marketer")] == [True, True, True]
    assert [name in mine for name in ("Cast member", "Member 0", "Own marketer")] == [False, False, True]


@pytest.mark.parametrize("path", ["/desk/team", "/desk/c/flaunt-your-city/team"])
def test_others_are_refused(
    fan: Someone, cast_member: Someone, anonymous: Someone, campaign: Campaign, path: str
) -> None:
    assert fan.browser.get(path).status_code == 403
    assert cast_member.browser.get(path).status_code == 403
    assert anonymous.browser.get(path).location.startswith("/sign-in")


def test_marketer_of_another_campaign_is_refused(own_marketer: Someone, elsewhere: Campaign) -> None:
    assert own_marketer.browser.get(f"/desk/c/{elsewhere.slug}/team").status_code == 403


@pytest.mark.parametrize("path", WRITES)
def test_writes_refuse_others_and_the_unintended(fan: Someone, anonymous: Someone, admin: Someone, path: str) -> None:
    assert fan.browser.post(path, data={"role": "cast", "campaign": "-"}).status_code == 403
    assert anonymous.browser.post(path).status_code == 401
    admin.browser.intent = False
    assert admin.browser.post(path).status_code == 400


def test_link_is_shown_once(own_marketer: Someone, campaign: Campaign, fan: Someone) -> None:
    data = {"role": "cast", "campaign": campaign.slug, "here": campaign.slug, "note": "Hello"}
    assert own_marketer.browser.post("/desk/team/invitations", data=data).location == f"/desk/c/{campaign.slug}/team"
    link = re.search(r'value="http://localhost(/invitations/[\w-]+)"', page_of(own_marketer, campaign))
    assert link is not None
    assert "/invitations/" not in re.sub(r'action="[^"]*"', "", page_of(own_marketer, campaign))
    assert fan.browser.get(link[1]).status_code == 200


def test_mail_goes_where_it_is_asked_to(
    app: Flask, admin: Someone, campaign: Campaign, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    data = {"role": "staff", "campaign": campaign.slug, "email": "ada@example.test"}
    page = admin.browser.post("/desk/team/invitations", data=data)
    assert (page.status_code, "This installation sends no mail." in page.text) == (422, True)
    mails = app.extensions["flaunt_settings"].model_copy(update={"mail_folder": tmp_path})
    monkeypatch.setitem(app.extensions, "flaunt_settings", mails)
    assert admin.browser.post("/desk/team/invitations", data=data).status_code == 302
    assert "The invitation goes to ada@example.test in a moment." in page_of(admin)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"campaign": "-"}, "Choose one of the roles."),
        ({"role": "king", "campaign": "-"}, "Choose one of the roles."),
        ({"role": "cast"}, "Choose a campaign."),
        ({"role": "cast", "campaign": "-", "note": "x" * 301}, "301 characters"),
    ],
)
def test_what_cannot_be_used_is_told(admin: Someone, data: dict[str, str], sentence: str) -> None:
    page = admin.browser.post("/desk/team/invitations", data=data)
    assert page.status_code == 422
    assert sentence in page.text
    assert db.session.scalars(select(Invitation)).all() == []


def test_admin_of_one_campaign_is_told_why_not(admin: Someone, campaign: Campaign) -> None:
    page = admin.browser.post("/desk/team/invitations", data={"role": "admin", "campaign": campaign.slug})
    assert (page.status_code, "An admin looks after the whole installation." in page.text) == (422, True)


def test_role_is_taken_back_with_its_reason(own_marketer: Someone, own_staff: Someone, campaign: Campaign) -> None:
    path = f"/desk/team/roles/{grant_of(own_staff)}/revocation"
    answer = own_marketer.browser.post(path, data={"here": campaign.slug, "why": "Left"})
    assert answer.location == f"/desk/c/{campaign.slug}/team"
    assert "Own staff is not “Staff” any more" in page_of(own_marketer, campaign)
    assert own_staff.actor.grants == frozenset()


def test_last_admin_is_told(admin: Someone) -> None:
    admin.browser.post(f"/desk/team/roles/{grant_of(admin)}/revocation")
    assert "This is the last admin" in page_of(admin)


def test_invitations_are_renewed_and_taken_back(own_marketer: Someone, campaign: Campaign, fan: Someone) -> None:
    invitation, first = invited(campaign.id)
    data = {"here": campaign.slug}
    own_marketer.browser.post(f"/desk/team/invitations/{invitation.id}/renewal", data=data)
    assert "Here is the link" in page_of(own_marketer, campaign)
    assert fan.browser.get(f"/invitations/{first}").status_code == 404
    own_marketer.browser.post(f"/desk/team/invitations/{invitation.id}/revocation", data=data)
    assert "None is open." in page_of(own_marketer, campaign)
    own_marketer.browser.post(f"/desk/team/invitations/{invitation.id}/renewal", data=data)
    assert "Invite anew instead" in page_of(own_marketer, campaign)


def test_equally_many_statements_for_1_and_30(marketer: Someone, campaign: Campaign, admin: Someone) -> None:
    counts = []
    campaign_id, path = campaign.id, f"/desk/c/{campaign.slug}/team"
    for more in (1, 29):
        many_people(campaign_id, more, admin.person_id)
        for _ in range(more):
            invited(campaign_id)
        marketer.browser.get("/sign-in")
        db.session.expunge_all()
        with statements() as sent:
            page = marketer.browser.get(path).text
        counts.append(len(sent))
    assert counts[0] == counts[1]
    assert page.count("Member ") >= 20


def test_pages_follow_each_other(marketer: Someone, campaign: Campaign) -> None:
    many_people(campaign.id, 35, None)
    first = page_of(marketer, campaign)
    after = re.search(r'href="\?after=([^"]+)"', first)
    assert after is not None
    second = marketer.browser.get(f"/desk/c/{campaign.slug}/team?after={after[1]}").text
    assert first.count('class="person"') + second.count('class="person"') >= 35
    assert marketer.browser.get(f"/desk/c/{campaign.slug}/team?after=nonsense").status_code == 422
