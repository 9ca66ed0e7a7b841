"""Taking roles back."""

from __future__ import annotations

import threading
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from campaign.accounts.actor import Actor
from campaign.accounts.audit import AuditEntry
from campaign.accounts.models import Person, Role, RoleGrant
from campaign.accounts.people import ensure_person, grant_role
from campaign.accounts.queries import actor_for
from campaign.campaigns.models import Campaign
from campaign.db import db, transaction
from campaign.errors import Conflict, FlauntError, InvalidInput, NotFound, NotPermitted
from campaign.team.roles import revoke_role
from tests.people import ISSUER, Someone
from tests.team.conftest import crew


def grant_of(someone: Someone) -> UUID:
    return db.session.scalars(select(RoleGrant.id).where(RoleGrant.person_id == someone.person_id)).one()


def take_back(actor: Actor, grant_id: UUID, why: str = "") -> None:
    with transaction():
        revoke_role(actor, grant_id, why)


def test_role_is_gone_at_once_and_written_down(admin: Someone, staff: Someone) -> None:
    take_back(admin.actor, grant_of(staff), "  Left the   show ")
    assert staff.actor.grants == frozenset()
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "role.revoked")).one()
    assert (entry.actor_id, entry.subject_id, entry.why) == (admin.person_id, staff.person_id, "Left the show")


def test_marketer_takes_back_in_their_own_campaign_only(
    app: Flask, own_marketer: Someone, own_staff: Someone, elsewhere: Campaign, staff: Someone
) -> None:
    take_back(own_marketer.actor, grant_of(own_staff))
    other = crew(app, "other staff", Role.STAFF, elsewhere.id)
    for somebody in (other, staff):
        with pytest.raises(NotPermitted):
            take_back(own_marketer.actor, grant_of(somebody))


def test_roles_everywhere_are_for_an_admin_to_take(marketer: Someone, staff: Someone) -> None:
    with pytest.raises(NotPermitted, match="by an admin"):
        take_back(marketer.actor, grant_of(staff))


def test_staff_and_fans_take_nothing(own_staff: Someone, own_marketer: Someone, fan: Someone) -> None:
    for somebody in (own_staff, fan):
        with pytest.raises(NotPermitted):
            take_back(somebody.actor, grant_of(own_marketer))


def test_unknown_role_is_no_secret_for_the_team_alone(admin: Someone, fan: Someone) -> None:
    with pytest.raises(NotFound):
        take_back(admin.actor, uuid4())
    with pytest.raises(NotPermitted):
        take_back(fan.actor, uuid4())


def test_taking_back_twice_is_the_same_as_once(admin: Someone, staff: Someone) -> None:
    grant_id = grant_of(staff)
    take_back(admin.actor, grant_id)
    take_back(admin.actor, grant_id)
    assert db.session.scalar(select(func.count()).where(AuditEntry.action == "role.revoked")) == 1


def test_last_admin_stays_one(admin: Someone) -> None:
    with pytest.raises(Conflict, match="last admin"):
        take_back(admin.actor, grant_of(admin))
    assert admin.actor.is_admin


def test_one_of_two_admins_may_go(app: Flask, admin: Someone) -> None:
    second = crew(app, "second admin", Role.ADMIN, None)
    take_back(admin.actor, grant_of(admin))
    assert not admin.actor.is_admin
    assert second.actor.is_admin


def test_reason_has_its_length(admin: Someone, staff: Someone) -> None:
    with pytest.raises(InvalidInput) as problem:
        take_back(admin.actor, grant_of(staff), "x" * 301)
    assert list(problem.value.fields) == ["why"]


def test_two_admins_who_take_each_other_s_role_leave_one(app: Flask, committed: None) -> None:
    with transaction():
        people = [ensure_person(ISSUER, f"admin {number}", "Admin").id for number in range(2)]
        for person_id in people:
            grant_role(db.session.get_one(Person, person_id), Role.ADMIN)
    actors = [actor_for(person_id) for person_id in people]
    grants = [db.session.scalars(select(RoleGrant.id).where(RoleGrant.person_id == one)).one() for one in people]
    db.session.commit()
    start = threading.Barrier(2)

    def take(actor: Actor, grant_id: UUID) -> None:
        with app.app_context():
            start.wait()
            try:
                take_back(actor, grant_id)
            except FlauntError:
                return

    threads = [threading.Thread(target=take, args=(actors[one], grants[1 - one])) for one in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert db.session.scalar(select(func.count()).select_from(RoleGrant).where(RoleGrant.revoked_at.is_(None))) == 1
