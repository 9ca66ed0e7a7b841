"""A campaign with a marketer and a staff member of its own, who have no say in any other."""

from __future__ import annotations

from uuid import UUID

import pytest
from flask import Flask

from campaign.accounts.invitations import invite
from campaign.accounts.models import Invitation, Person, Role
from campaign.accounts.people import ensure_person, grant_role
from campaign.campaigns.models import Campaign
from campaign.db import db, transaction
from tests.factories import make_campaign
from tests.people import ISSUER, Someone
from tests.submissions.conftest import Work, work

__all__ = ["Work", "work"]


@pytest.fixture
def campaign(marketer: Someone) -> Campaign:
    return make_campaign(marketer.actor)


@pytest.fixture
def elsewhere(marketer: Someone) -> Campaign:
    return make_campaign(marketer.actor, title="Another one")


@pytest.fixture
def own_marketer(app: Flask, campaign: Campaign) -> Someone:
    return crew(app, "own marketer", Role.MARKETER, campaign.id)


@pytest.fixture
def own_staff(app: Flask, campaign: Campaign) -> Someone:
    return crew(app, "own staff", Role.STAFF, campaign.id)


def crew(app: Flask, name: str, role: Role, campaign_id: UUID | None) -> Someone:
    with transaction():
        person = ensure_person(ISSUER, name, name.capitalize())
        grant_role(person, role, campaign_id)
        return Someone(app, name, person.id)


def many_people(campaign_id: UUID, count: int, giver_id: UUID | None) -> None:
    with transaction():
        giver = db.session.get(Person, giver_id) if giver_id else None
        for number in range(count):
            person = ensure_person(ISSUER, f"member {number} {count}", f"Member {number}")
            grant_role(person, Role.CAST, campaign_id, by=giver)


def invited(campaign_id: UUID | None = None, role: Role = Role.CAST) -> tuple[Invitation, str]:
    with transaction():
        return invite(role, campaign_id)
