"""A form posted twice by an impatient thumb, without a script that could send an `Idempotency-Key`.

The page draws a key for each form it shows, and whoever handles the form claims that key before anything happens.
The key stands for what was posted as well: after “Back”, the same form with another photo is another post.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from secrets import token_urlsafe

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from campaign.accounts.actor import Actor
from campaign.accounts.idempotency import Repetition
from campaign.db import db, transaction

LONGEST = 64
"""Characters of a key that are looked at; ours are far shorter."""


def new_form_key() -> str:
    """For the hidden field of one form that is shown now."""
    return token_urlsafe(16)


def key_of_post(given: str, content: Iterable[bytes]) -> str | None:
    """The key that stands for this form with this content; None where the form brought none."""
    if not given:
        return None
    digest = hashlib.sha256()
    for part in content:
        digest.update(len(part).to_bytes(8, "big") + part)
    return f"form {given[:LONGEST]} {digest.hexdigest()}"


def claim_post(actor: Actor, key: str | None) -> bool:
    """Whether this is the first post with the key, which is kept for a day. True where there is no key to tell by."""
    if key is None or actor.person_id is None:
        return True
    row = {"person_id": actor.person_id, "key": key, "fingerprint": hashlib.sha256(key.encode()).digest()}
    with transaction():
        first = insert(Repetition).values(row).on_conflict_do_nothing().returning(Repetition.key)
        return db.session.scalar(first) is not None


def give_back_post(actor: Actor, key: str | None) -> None:
    """Nothing came of the post after all: the same one may be tried again."""
    with transaction():
        mine = (Repetition.person_id == actor.person_id, Repetition.key == key)
        db.session.execute(delete(Repetition).where(*mine))
