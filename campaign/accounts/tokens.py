"""API tokens: a program's key to one person's account, never to more than its scopes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select, update

from campaign.accounts.actor import Actor
from campaign.accounts.audit import audit
from campaign.accounts.models import ApiToken, Person, Scope
from campaign.accounts.opaque import fingerprint, new_secret
from campaign.accounts.queries import ACTING, acting_from, join_grants
from campaign.db import db
from campaign.errors import InvalidInput, NotFound

PREFIX = "flaunt_"
"""Lets people and secret scanners tell what they have found."""


def create_token(person_id: UUID, scopes: Iterable[Scope], expires_at: datetime | None = None) -> str:
    """Make a token at the command line and return it, for the only time. Raises InvalidInput without scopes."""
    named = sorted({Scope(scope) for scope in scopes})
    if not named:
        choices = ", ".join(Scope)
        raise InvalidInput(f"Say what the token is for: {choices}.", fields={"scopes": f"One or more of {choices}."})
    secret, token_hash = new_secret(PREFIX)
    db.session.add(ApiToken(token_hash=token_hash, person_id=person_id, scopes=named, expires_at=expires_at))
    db.session.flush()
    audit(Actor.anonymous(), "token.created", subject_id=person_id, details={"scopes": named})
    return secret


def actor_by_token(secret: str) -> Actor | None:
    """Whom this token speaks for, within its scopes; None when it is revoked, past its time or unknown."""
    query = join_grants(select(*ACTING, ApiToken.scopes).join(ApiToken, ApiToken.person_id == Person.id)).where(
        ApiToken.token_hash == fingerprint(secret),
        ApiToken.revoked_at.is_(None),
        or_(ApiToken.expires_at.is_(None), ApiToken.expires_at > func.clock_timestamp()),
    )
    rows = db.session.execute(query).all()
    return acting_from(rows, rows[0].scopes) if rows else None


def revoke_token(token_id: UUID) -> None:
    """End a token at once. Raises NotFound when there is no such token; revoking twice is the same as once."""
    revoked_at = func.coalesce(ApiToken.revoked_at, func.clock_timestamp())
    found = db.session.scalar(
        update(ApiToken).where(ApiToken.id == token_id).values(revoked_at=revoked_at).returning(ApiToken.person_id)
    )
    if found is None:
        raise NotFound("There is no token with that id. `flaunt token list PERSON` shows them.")
    audit(Actor.anonymous(), "token.revoked", subject_id=found)


def find_token(words: str) -> ApiToken:
    """The token with this id, or the token itself. Raises NotFound."""
    try:
        fits = ApiToken.id == UUID(words)
    except ValueError:
        fits = ApiToken.token_hash == fingerprint(words)
    token = db.session.scalar(select(ApiToken).where(fits))
    if token is None:
        raise NotFound("There is no such token. `flaunt token list PERSON` shows them.")
    return token


def tokens_of(person: Person) -> Sequence[ApiToken]:
    """A person's tokens, newest first."""
    newest = ApiToken.created_at.desc()
    return db.session.scalars(select(ApiToken).where(ApiToken.person_id == person.id).order_by(newest)).all()
