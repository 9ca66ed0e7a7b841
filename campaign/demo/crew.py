"""The demo's people: the personas of the local provider, and a fan for each photo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from campaign.accounts.models import Role, Scope
from campaign.accounts.people import ensure_person, grant_role, record_age
from campaign.accounts.tokens import create_token
from campaign.clock import database_now
from campaign.db import transaction
from campaign.demo.scene import Scene
from campaign.dev.personas import PERSONAS

ADULT = 18
TOKEN_LIFE = timedelta(hours=1)
JUDGES = ("cast-1", "cast-2", "cast-3", "cast-4", "cast-5")
"""The panel of every round: the two whom people sign in as, and three more, so that a result has something to tell."""
FURTHER = {"cast-3": "Third of the cast", "cast-4": "Fourth of the cast", "cast-5": "Fifth of the cast"}
ROLES = {"cast": Role.CAST, "staff": Role.STAFF, "marketer": Role.MARKETER, "admin": Role.ADMIN}


@dataclass(frozen=True)
class Member:
    """Somebody of the demo, with a token that lasts as long as the seeding may take."""

    person_id: UUID
    token: str


def gather_crew(issuer: str) -> dict[str, Member]:
    """The personas by subject (`fan-1` … `admin-1`), as the provider will name them when they sign in; more judges."""
    personas = {
        persona.subject: _member(issuer, persona.subject, persona.name, persona.email, persona.subject.split("-")[0])
        for persona in PERSONAS
    }
    return personas | {subject: _member(issuer, subject, name, None, "cast") for subject, name in FURTHER.items()}


def fan_of(issuer: str, scene: Scene) -> Member:
    """Whoever took this photo: nobody in particular, known by where they are."""
    return _member(issuer, f"demo-{scene.slug}", f"A fan in {scene.place.split(',')[0]}", None, "fan")


def _member(issuer: str, subject: str, name: str, email: str | None, part: str) -> Member:
    with transaction():
        person = ensure_person(issuer, subject, name, email)
        record_age(person.id, ADULT)
        if part in ROLES:
            grant_role(person, ROLES[part])
        token = create_token(person.id, tuple(Scope), expires_at=database_now() + TOKEN_LIFE)
        return Member(person.id, token)
