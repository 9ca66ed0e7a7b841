"""`Idempotency-Key`: a POST sent twice by an impatient thumb, or again after a lost answer, happens once.

The key's row is added to the request's own transaction before the view runs, so what the view commits and the key
that stands for it are durable together or not at all. A second request with the key waits at the unique index until
the first is through, and gets its answer. After the IETF's draft-ietf-httpapi-idempotency-key-header.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any, TypeVar
from uuid import UUID

import structlog
from flask import Flask, Response, current_app, g, request
from sqlalchemy import ForeignKey, LargeBinary, delete, func, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column

from campaign.accounts.authentication import current_actor
from campaign.db import Base, db, transaction
from campaign.errors import Conflict, InvalidInput

log = structlog.get_logger(__name__)

View = TypeVar("View", bound=Callable[..., Any])

HEADER = "Idempotency-Key"
SOUND_KEY = re.compile(r"[!-~]{1,255}")
KEPT = timedelta(hours=24)
WAITED = 2.0
"""Seconds a repetition waits for an answer that is being written down."""
PAUSE = 0.05
LARGEST_ANSWER = 64 * 1024
"""Bytes of an answer that are kept; what the API answers to a POST is far smaller."""


class Repetition(Base):
    """One key of one person: what was asked with it, and what was answered. Kept for a day."""

    __tablename__ = "idempotency_key"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary)
    """SHA-256 over method, address and body: the same key cannot stand for something else."""
    status: Mapped[int | None]
    """The answer's status; NULL until it is written down, or where it was not kept."""
    content_type: Mapped[str | None]
    location: Mapped[str | None]
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp(), index=True)


@dataclass(frozen=True, slots=True)
class _Asked:
    person_id: UUID
    key: str
    fingerprint: bytes


def honour_idempotency_keys(app: Flask) -> None:
    """Apply to every POST that carries the header and comes from somebody who is signed in."""
    app.before_request(_before)
    app.after_request(_after)


def naturally_idempotent(view: View) -> View:
    """For a view that may run any number of times, and that needs several transactions: its answer alone is kept."""
    view.naturally_idempotent = True  # type: ignore[attr-defined]  # functions carry attributes
    return view


def keep_no_answer() -> None:
    """Call it in a view whose answer holds a secret: the key still guards the act, but the answer is not kept."""
    g.answer_is_secret = True


def forget_old_keys() -> int:
    """Delete keys older than a day; returns how many."""
    with transaction():
        old = delete(Repetition).where(Repetition.created_at < func.clock_timestamp() - KEPT)
        return len(db.session.scalars(old.returning(Repetition.key)).all())


def _before() -> Response | None:
    key = request.headers.get(HEADER)
    if key is None or request.method != "POST" or request.url_rule is None:
        return None
    if not SOUND_KEY.fullmatch(key):
        raise InvalidInput(
            "The Idempotency-Key cannot be used.", fields={HEADER: "1 to 255 visible ASCII characters, such as a UUID."}
        )
    person_id = current_actor().person_id
    if person_id is None:
        return None
    asked = _Asked(person_id, key, _fingerprint())
    g.idempotent = asked
    if _is_first(asked):
        return None
    del g.idempotent
    return _answer_again(asked)


def _is_first(asked: _Asked) -> bool:
    """Whether this is the first request with the key; its row then waits for the view's commit."""
    view = current_app.view_functions[request.endpoint or ""]
    if getattr(view, "naturally_idempotent", False):
        return db.session.get(Repetition, (asked.person_id, asked.key)) is None
    row = {"person_id": asked.person_id, "key": asked.key, "fingerprint": asked.fingerprint}
    first = insert(Repetition).values(row).on_conflict_do_nothing().returning(Repetition.key)
    return db.session.scalar(first) is not None


def _answer_again(asked: _Asked) -> Response:
    deadline = time.monotonic() + WAITED
    while True:
        db.session.rollback()
        known = db.session.get(Repetition, (asked.person_id, asked.key), populate_existing=True)
        if known is None:
            raise Conflict("The first request with this key did not go through. Send it once more.", code="try_again")
        if known.fingerprint != asked.fingerprint:
            raise InvalidInput(
                "This Idempotency-Key was used for something else. Make a new key for a new request.",
                code="idempotency_key_reused",
                fields={HEADER: "was used with another address or body"},
            )
        if known.status is not None:
            return _replay(known)
        if time.monotonic() > deadline:
            raise Conflict(
                "A request with this key came before, so it is not done twice. Its answer is not kept: look where it"
                " stands.",
                code="done_already",
            )
        time.sleep(PAUSE)


def _replay(known: Repetition) -> Response:
    response = Response(known.body or b"", status=known.status, content_type=known.content_type or "")
    if known.location is not None:
        response.headers["Location"] = known.location
    response.headers["Idempotency-Replayed"] = "true"
    return response


def _after(response: Response) -> Response:
    asked = g.pop("idempotent", None)
    if asked is None:
        return response
    if response.status_code >= HTTPStatus.BAD_REQUEST or _is_not_kept(response):
        return response
    try:
        _write_down(asked, response)
    except SQLAlchemyError as problem:  # the act is committed and guarded; only its answer is lost
        db.session.rollback()
        log.warning("idempotent_answer_lost", problem=type(problem).__name__)
    return response


def _is_not_kept(response: Response) -> bool:
    if g.get("answer_is_secret"):
        return True
    return response.is_streamed or (response.content_length or 0) > LARGEST_ANSWER


def _write_down(asked: _Asked, response: Response) -> None:
    answer = {
        "status": response.status_code,
        "content_type": response.content_type,
        "location": response.headers.get("Location"),
        "body": response.get_data(),
    }
    mine = (Repetition.person_id == asked.person_id, Repetition.key == asked.key)
    with transaction():
        kept = db.session.scalar(update(Repetition).where(*mine).values(answer).returning(Repetition.key))
        if kept is None:  # the view had nothing to commit
            row = {"person_id": asked.person_id, "key": asked.key, "fingerprint": asked.fingerprint}
            db.session.execute(insert(Repetition).values(row | answer).on_conflict_do_nothing())


def _fingerprint() -> bytes:
    digest = hashlib.sha256(f"{request.method} {request.full_path}\n".encode())
    digest.update(request.get_data(cache=True))
    return digest.digest()
