"""Links that give one person one role, once."""

from __future__ import annotations

import threading
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select, text, update

from campaign.accounts.accepting import accept_invitation
from campaign.accounts.actor import Actor
from campaign.accounts.invitations import invite
from campaign.accounts.models import Invitation, Person, Role, RoleGrant
from campaign.accounts.people import ensure_person, grant_role
from campaign.accounts.queries import actor_for
from campaign.db import db, transaction
from campaign.errors import Conflict, FlauntError, NotFound, NotPermitted
from tests.people import ISSUER, Someone


def invited(role: Role = Role.CAST) -> str:
    with transaction():
        return invite(role)[1]


def person(someone: Someone) -> Person:
    return db.session.get_one(Person, someone.person_id)


def run_out() -> None:
    with transaction():
        db.session.execute(update(Invitation).values(expires_at=func.now() - timedelta(days=1)))


def test_invitation_gives_its_role(fan: Someone) -> None:
    accept_invitation(invited(), person(fan))
    assert fan.actor.grants == {(Role.CAST, None)}


def test_invitation_used_by_somebody_else_gives_nothing(fan: Someone, other_fan: Someone) -> None:
    link = invited()
    accept_invitation(link, person(fan))
    with pytest.raises(Conflict, match="used already"):
        accept_invitation(link, person(other_fan))
    assert other_fan.actor.grants == frozenset()


def test_second_tap_by_the_same_person_changes_nothing(fan: Someone) -> None:
    link = invited()
    assert accept_invitation(link, person(fan)).id == accept_invitation(link, person(fan)).id


def test_invitation_used_up_does_not_bring_a_revoked_role_back(fan: Someone) -> None:
    link = invited()
    accept_invitation(link, person(fan))
    db.session.execute(update(RoleGrant).values(revoked_at=func.now()))
    with pytest.raises(Conflict):
        accept_invitation(link, person(fan))
    assert fan.actor.grants == frozenset()


def test_invitation_past_its_time_gives_nothing(fan: Someone) -> None:
    link = invited()
    run_out()
    with pytest.raises(Conflict, match="run out"):
        accept_invitation(link, person(fan))


def test_link_that_nobody_made_gives_nothing(fan: Someone) -> None:
    with pytest.raises(NotFound, match="do not know"):
        accept_invitation("nonsense", person(fan))


def test_invitation_to_a_role_already_held_changes_nothing(staff: Someone) -> None:
    accept_invitation(invited(Role.STAFF), person(staff))
    assert staff.actor.grants == {(Role.STAFF, None)}


def test_only_an_admin_invites_to_every_campaign(marketer: Someone, admin: Someone, fan: Someone) -> None:
    assert invite(Role.STAFF, by=admin.actor)
    for somebody in (marketer, fan):
        with pytest.raises(NotPermitted):
            invite(Role.STAFF, by=somebody.actor)
    with pytest.raises(NotPermitted):
        invite(Role.STAFF, by=Actor.anonymous())


def test_marketer_of_one_campaign_invites_to_no_other() -> None:
    here, elsewhere = uuid4(), uuid4()
    somebody = Actor(uuid4(), "Somebody", frozenset({(Role.MARKETER, here)}))
    with pytest.raises(NotPermitted):
        invite(Role.CAST, elsewhere, by=somebody)


def test_admin_of_one_campaign_does_not_exist(fan: Someone) -> None:
    with pytest.raises(Conflict):
        invite(Role.ADMIN, uuid4())
    with pytest.raises(Conflict):
        grant_role(person(fan), Role.ADMIN, uuid4())


def test_page_asks_to_sign_in_first_and_comes_back(anonymous: Someone) -> None:
    link = invited()
    page = anonymous.browser.get(f"/invitations/{link}")
    assert page.status_code == 200
    assert f'href="/sign-in?next=/invitations/{link}"' in page.text
    assert anonymous.browser.post(f"/invitations/{link}").status_code == 401


def test_page_accepts_with_one_tap(fan: Someone) -> None:
    link = invited()
    page = fan.browser.get(f"/invitations/{link}")
    assert page.status_code == 200
    assert f'action="/invitations/{link}"' in page.text
    assert fan.actor.grants == frozenset()
    assert fan.browser.post(f"/invitations/{link}").location == "/"
    assert fan.actor.grants == {(Role.CAST, None)}


def test_accepting_needs_intent(fan: Someone) -> None:
    link = invited()
    fan.browser.intent = False
    assert fan.browser.post(f"/invitations/{link}").status_code == 400
    assert fan.actor.grants == frozenset()


def test_page_of_a_used_one_says_so(fan: Someone, other_fan: Someone) -> None:
    link = invited()
    fan.browser.post(f"/invitations/{link}")
    assert other_fan.browser.get(f"/invitations/{link}").status_code == 200
    refusal = other_fan.browser.post(f"/invitations/{link}")
    assert refusal.status_code == 409
    assert "used already" in refusal.text


def test_page_of_one_past_its_time_says_so(fan: Someone) -> None:
    link = invited()
    run_out()
    assert fan.browser.get(f"/invitations/{link}").status_code == 200
    refusal = fan.browser.post(f"/invitations/{link}")
    assert refusal.status_code == 409
    assert "run out" in refusal.text


def test_page_of_an_unknown_one_says_so(fan: Someone) -> None:
    for words in ("nonsense", "%00", "é"):
        assert fan.browser.get(f"/invitations/{words}").status_code == 404
        assert fan.browser.post(f"/invitations/{words}").status_code == 404


def test_twenty_taps_at_once_give_one_role(app: Flask, committed: None) -> None:
    link = invited()
    with transaction():
        ids = [ensure_person(ISSUER, f"tapper {number}", "Tapper").id for number in range(20)]
    won: list[UUID] = []
    start = threading.Barrier(len(ids))

    def tap(person_id: UUID) -> None:
        with app.app_context():
            start.wait()
            try:
                with transaction():
                    accept_invitation(link, db.session.get_one(Person, person_id))
            except FlauntError:
                return
            won.append(person_id)

    threads = [threading.Thread(target=tap, args=(person_id,)) for person_id in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1
    assert db.session.scalar(select(func.count()).select_from(RoleGrant)) == 1
    assert actor_for(won[0]).grants == {(Role.CAST, None)}


def test_row_keeps_no_link(fan: Someone) -> None:
    link = invited()
    rows = db.session.execute(text("SELECT invitation::text FROM invitation")).scalars().all()
    assert link not in "".join(rows)
