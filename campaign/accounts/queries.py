"""What is read about people, in one statement each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, String, and_, cast, func, or_, select

from campaign.accounts.actor import Actor, Grant
from campaign.accounts.models import Identity, Person, Role, RoleGrant, Scope
from campaign.db import db
from campaign.errors import Conflict, NotFound

ACTING = (
    Person.id,
    Person.display_name,
    Person.affirmed_age,
    Person.language,
    Person.time_zone,
    Person.picture_id,
    RoleGrant.role,
    RoleGrant.campaign_id,
)
"""The columns that `acting_from` reads: the person, once for each grant they hold."""


def join_grants(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Add the grants that still hold; a person without any keeps one row."""
    return query.outerjoin(RoleGrant, and_(RoleGrant.person_id == Person.id, RoleGrant.revoked_at.is_(None)))


def acting_from(rows: Sequence[Row[Any]], scopes: Iterable[str] | None = None) -> Actor | None:
    """The actor that the rows of one person describe; None for no rows."""
    if not rows:
        return None
    first = rows[0]
    grants: frozenset[Grant] = frozenset((Role(row.role), row.campaign_id) for row in rows if row.role is not None)
    held = None if scopes is None else frozenset(Scope(scope) for scope in scopes)
    return Actor(
        first.id,
        first.display_name,
        grants,
        held,
        first.affirmed_age,
        language=first.language,
        time_zone=first.time_zone,
        picture_id=first.picture_id,
    )


def actor_for(person_id: UUID) -> Actor:
    """The person as they act from a signed-in browser: for the command line and for seeds. Raises NotFound."""
    query = join_grants(select(*ACTING).select_from(Person)).where(Person.id == person_id)
    actor = acting_from(db.session.execute(query).all())
    if actor is None:
        raise NotFound("This person is not here any more.")
    return actor


def people_with_role(role: Role, campaign_id: UUID | None = None) -> Sequence[Person]:
    """Everybody who holds the role in this campaign (or in all of them), by name."""
    held = select(RoleGrant.person_id).where(
        RoleGrant.role == role,
        RoleGrant.revoked_at.is_(None),
        or_(RoleGrant.campaign_id.is_(None), RoleGrant.campaign_id == campaign_id),
    )
    return db.session.scalars(select(Person).where(Person.id.in_(held)).order_by(Person.display_name, Person.id)).all()


def find_person(words: str) -> Person:
    """The one person meant by an id, an e-mail address, a display name or `ISSUER SUBJECT`.

    Raises NotFound, or Conflict when the words fit several people.
    """
    words = words.strip()
    issuer, _, subject = words.partition(" ")
    known_as = select(Identity.person_id).where(Identity.issuer == issuer, Identity.subject == subject.strip())
    fits = or_(
        cast(Person.id, String) == words.lower(),
        func.lower(Person.email) == words.lower(),
        Person.display_name == words,
        Person.id.in_(known_as),
    )
    found = db.session.scalars(select(Person).where(fits).limit(2)).all()
    if not found:
        raise NotFound(f"Nobody here is known as “{words}”. People appear once they have signed in for the first time.")
    if len(found) > 1:
        raise Conflict(f"Several people are known as “{words}”. Say the person's id instead.")
    return found[0]
