"""People: how they become known to us, what they are allowed, what they said about their age."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError

from campaign.accounts.models import Identity, Person, Role, RoleGrant
from campaign.db import Base, db
from campaign.errors import Conflict
from campaign.wording import one_line

LONGEST_NAME = 80
LONGEST_ADDRESS = 254
NAMELESS = "A fan"
ERASED = "Somebody who was erased"


def ensure_person(issuer: str, subject: str, display_name: str, email: str | None = None) -> Person:
    """The person whom this provider knows as `subject`, made at their first sign-in.

    The name is taken at the first sign-in only, because it may have been changed here since. The e-mail address
    follows the provider, and never decides who somebody is.
    """
    person = _known(issuer, subject)
    if person is None:
        person = _make(issuer, subject, display_name) or _known(issuer, subject)
    if person is None:
        raise Conflict("Signing in crossed with another change to your account. Please try once more.")
    if email is not None:
        person.email = one_line(email)[:LONGEST_ADDRESS]
    db.session.flush()
    return person


def _known(issuer: str, subject: str) -> Person | None:
    known = select(Person).join(Identity).where(Identity.issuer == issuer, Identity.subject == subject)
    return db.session.scalar(known)


def _make(issuer: str, subject: str, display_name: str) -> Person | None:
    """None when another request made the same person in the same moment."""
    name = one_line(display_name)[:LONGEST_NAME].strip() or NAMELESS
    try:
        with db.session.begin_nested():
            person = Person(display_name=name, identities=[Identity(issuer=issuer, subject=subject)])
            db.session.add(person)
    except IntegrityError:
        return None
    return person


def grant_role(person: Person, role: Role, campaign_id: UUID | None = None, by: Person | None = None) -> RoleGrant:
    """Give a role, in one campaign or (None) in all. Giving it again changes nothing.

    Raises Conflict for an admin of one campaign only: an admin is one for the whole installation.
    """
    if role == Role.ADMIN and campaign_id is not None:
        raise Conflict("An admin looks after the whole installation. Leave the campaign out, or choose another role.")
    current = _current_grant(person.id, role, campaign_id)
    if current is not None:
        return current
    grant = RoleGrant(person_id=person.id, role=role, campaign_id=campaign_id, granted_by=None if by is None else by.id)
    try:
        with db.session.begin_nested():
            db.session.add(grant)
    except IntegrityError:
        current = _current_grant(person.id, role, campaign_id)
        if current is None:
            raise
        return current
    return grant


def _current_grant(person_id: UUID, role: Role, campaign_id: UUID | None) -> RoleGrant | None:
    return db.session.scalar(
        select(RoleGrant).where(
            RoleGrant.person_id == person_id,
            RoleGrant.role == role,
            RoleGrant.campaign_id.is_not_distinct_from(campaign_id),
            RoleGrant.revoked_at.is_(None),
        )
    )


def record_age(person_id: UUID, age: int) -> None:
    """Keep that this person said they are at least `age` years old; a lower limit never replaces a higher one."""
    highest = func.greatest(func.coalesce(Person.affirmed_age, 0), age)
    db.session.execute(update(Person).where(Person.id == person_id).values(affirmed_age=highest))


def strip_person(person_id: UUID) -> None:
    """Leave nothing of a person but a row without a name: as if it were deleted, for rows that have to point to one.

    Their sign-ins, sessions, tokens, roles and messages go, and whatever else goes with a person's row; where they
    did something for somebody else, nobody is named as having done it. Signing in again makes another person.
    """
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column is Person.__table__.c.id and key.ondelete == "CASCADE":
                db.session.execute(delete(table).where(key.parent == person_id))
            elif key.column is Person.__table__.c.id and key.ondelete == "SET NULL":
                db.session.execute(update(table).where(key.parent == person_id).values({key.parent: None}))
    bare = {"email": None, "affirmed_age": None, "language": "en", "time_zone": None, "picture_id": None}
    db.session.execute(update(Person).where(Person.id == person_id).values(display_name=ERASED, **bare))
