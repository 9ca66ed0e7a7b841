"""What a person says about themselves: their name, picture, language and clock, and where they are signed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from uuid import UUID
from zoneinfo import available_timezones

from sqlalchemy import func, select, update
from sqlalchemy.orm import joinedload

from campaign.accounts.actor import Actor
from campaign.accounts.languages import LANGUAGES
from campaign.accounts.models import Person, WebSession
from campaign.accounts.opaque import fingerprint
from campaign.accounts.people import LONGEST_NAME
from campaign.accounts.permissions import require
from campaign.db import db
from campaign.errors import InvalidInput, NotFound
from campaign.pictures.keeping import keep_picture, replace_picture
from campaign.wording import complaint, one_line


def _zones() -> tuple[str, ...]:
    """One zone for each clock of each country, as the IANA lists them for people to choose from, and UTC."""
    table = (resources.files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    listed = {line.split("\t")[2] for line in table.splitlines() if line and not line.startswith("#")}
    return (*sorted(listed & available_timezones()), "UTC")


ZONES = _zones()
MOST_DEVICES = 50
"""How many signed-in browsers are listed, newest first; “everywhere else” ends all of them."""


@dataclass(frozen=True, slots=True)
class About:
    """What a person may change about themselves; `time_zone` None means as their device says."""

    display_name: str
    language: str
    time_zone: str | None


def my_profile(actor: Actor) -> Person:
    """Raises SignInNeeded, or NotPermitted for a token that may not."""
    require(actor, "profile.edit")
    found = select(Person).where(Person.id == actor.person_id).options(joinedload(Person.picture))
    person = db.session.scalar(found.execution_options(populate_existing=True))
    if person is None:
        raise NotFound("This person is not here any more.")
    return person


def edit_profile(actor: Actor, about: About) -> Person:
    """Change what is said; everywhere the name is shown, the new one stands at once. Raises InvalidInput."""
    person = my_profile(actor)
    name = one_line(about.display_name)
    found = {
        "display_name": complaint(name, LONGEST_NAME, "Say what we may call you."),
        "language": None if about.language in LANGUAGES else "Choose one of the languages in the list.",
        "time_zone": None
        if about.time_zone in {None, *ZONES, person.time_zone}
        else "Choose a zone from the list, such as Europe/Lisbon, or leave it to your device.",
    }
    fields = {field: sentence for field, sentence in found.items() if sentence}
    if fields:
        raise InvalidInput(" ".join(fields.values()), fields=fields)
    person.display_name, person.language, person.time_zone = name, about.language, about.time_zone
    db.session.flush()
    return person


def choose_picture(actor: Actor, picture_id: UUID | None) -> Person:
    """Take a picture that was drawn for this person, or (None) go back to initials; the one before it is deleted."""
    require(actor, "profile.edit")
    # One choice after the other: each lets the picture before it go, whichever that is by then.
    db.session.execute(select(Person.id).where(Person.id == actor.person_id).with_for_update(key_share=True))
    person = my_profile(actor)
    drawn = None if picture_id is None else keep_picture(picture_id)
    person.picture = replace_picture(person.picture, drawn)
    db.session.flush()
    return person


def my_devices(actor: Actor) -> Sequence[WebSession]:
    """Where this person is signed in now, newest first."""
    require(actor, "profile.edit")
    return db.session.scalars(
        select(WebSession)
        .where(
            WebSession.person_id == actor.person_id,
            WebSession.revoked_at.is_(None),
            WebSession.expires_at > func.clock_timestamp(),
        )
        .order_by(WebSession.created_at.desc(), WebSession.id)
        .limit(MOST_DEVICES)
    ).all()


def sign_out_device(actor: Actor, session_id: UUID) -> None:
    """End one of this person's own sessions. Raises NotFound for anybody else's; ending twice is the same as once."""
    require(actor, "profile.edit")
    ended = db.session.scalar(
        update(WebSession)
        .where(WebSession.id == session_id, WebSession.person_id == actor.person_id)
        .values(revoked_at=func.coalesce(WebSession.revoked_at, func.clock_timestamp()))
        .returning(WebSession.id)
        .execution_options(synchronize_session=False)
    )
    if ended is None:
        raise NotFound("You are not signed in there, or not any more.")


def sign_out_elsewhere(actor: Actor, secret: str | None) -> int:
    """End every session of this person but the one that holds `secret`; returns how many ended."""
    require(actor, "profile.edit")
    open_ones = update(WebSession).where(WebSession.person_id == actor.person_id, WebSession.revoked_at.is_(None))
    if secret is not None:
        open_ones = open_ones.where(WebSession.token_hash != fingerprint(secret))
    ended = db.session.scalars(
        open_ones.values(revoked_at=func.clock_timestamp())
        .returning(WebSession.id)
        .execution_options(synchronize_session=False)
    )
    return len(ended.all())


def is_here(device: WebSession, secret: str | None) -> bool:
    """Whether this is the session of the browser that asks."""
    return secret is not None and device.token_hash == fingerprint(secret)
