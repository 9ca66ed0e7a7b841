"""Signed-in browsers. A session is a row, so that signing out ends it everywhere and at once."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select, update

from campaign.accounts.actor import Actor
from campaign.accounts.models import Person, WebSession
from campaign.accounts.opaque import fingerprint, new_secret
from campaign.accounts.queries import ACTING, acting_from, join_grants
from campaign.db import db


def open_session(person_id: UUID, *, lifetime: timedelta, device: str = "") -> str:
    """Sign a browser in as this person; the answer is the secret for its cookie, and is kept nowhere."""
    secret, token_hash = new_secret()
    expires_at = func.clock_timestamp() + lifetime
    db.session.add(WebSession(token_hash=token_hash, person_id=person_id, expires_at=expires_at, device=device))
    db.session.flush()
    return secret


def actor_by_session(secret: str) -> Actor | None:
    """Who holds this cookie; None when it was revoked, has run out or never was. One statement."""
    query = join_grants(select(*ACTING).join(WebSession, WebSession.person_id == Person.id)).where(
        WebSession.token_hash == fingerprint(secret),
        WebSession.revoked_at.is_(None),
        WebSession.expires_at > func.clock_timestamp(),
    )
    return acting_from(db.session.execute(query).all())


def revoke_session(secret: str) -> None:
    """End the session of this cookie, if there is one."""
    db.session.execute(
        update(WebSession)
        .where(WebSession.token_hash == fingerprint(secret), WebSession.revoked_at.is_(None))
        .values(revoked_at=func.clock_timestamp())
        .execution_options(synchronize_session=False)
    )
