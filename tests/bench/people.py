"""Somebody with a role, for parts of the bench that need people."""

from __future__ import annotations

from campaign.accounts.actor import Actor
from campaign.accounts.models import Role
from campaign.accounts.people import ensure_person, grant_role
from campaign.accounts.queries import actor_for
from campaign.db import transaction
from tests.people import ISSUER


def make_person(subject: str, role: Role) -> Actor:
    with transaction():
        person = ensure_person(ISSUER, subject, subject)
        grant_role(person, role)
        actor = actor_for(person.id)
    assert actor is not None
    return actor
