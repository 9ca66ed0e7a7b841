"""From a request to the person who acts: the browser's cookie, or a program's bearer token."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask, Response, abort, current_app, request, session
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError

from campaign.accounts.actor import Actor
from campaign.accounts.people import record_age
from campaign.accounts.permissions import can
from campaign.accounts.sessions import actor_by_session
from campaign.accounts.tokens import actor_by_token
from campaign.config import Settings
from campaign.errors import FlauntError, SignInNeeded
from campaign.extensions import csrf, settings
from campaign.web.navigation import doors_of
from campaign.web.times import Reader, bind_reader

ACTOR = "flaunt.actor"
UNKNOWN = "flaunt.actor_unknown"
AGE = "affirmed_age"
API = "/api/"
PROVES_ITSELF = "proves_itself"
"""Set on a view whose address carries a signed token and which needs no cookie: one-click unsubscribing, RFC 8058."""


def current_actor() -> Actor:
    """Whoever sent this request, anonymous when nobody is signed in. A token that is no good raises `SignInNeeded`."""
    known = request.environ.get(ACTOR)
    if isinstance(known, Actor):
        return known
    request.environ[UNKNOWN] = True  # stays when the next line raises, so that an error page does not ask again
    actor = _load()
    request.environ[ACTOR] = actor
    request.environ[UNKNOWN] = False
    return actor


def shown_actor() -> Actor:
    """The actor for a page's header. Pages about trouble need one too, also when the database is the trouble."""
    if request.environ.get(UNKNOWN):
        return Actor.anonymous()
    try:
        return current_actor()
    except (FlauntError, SQLAlchemyError):
        return Actor.anonymous()


def affirm_age(age: int) -> None:
    """Keep that whoever sits here says they are at least `age` years old: with the person, or until they sign in.

    Call it inside a transaction.
    """
    actor = current_actor()
    if actor.person_id is None:
        session[AGE] = max(age, affirmed_age() or 0)
    else:
        record_age(actor.person_id, age)
    request.environ.pop(ACTOR, None)


def affirmed_age() -> int | None:
    """What this browser said before anybody signed in, in years."""
    age = session.get(AGE)
    return age if isinstance(age, int) else None


def bearer_token() -> str | None:
    """The token in `Authorization: Bearer …`, if the request carries one."""
    scheme, _, token = request.headers.get("Authorization", "").strip().partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def session_secret() -> str | None:
    return request.cookies.get(cookie_name(settings()))


def cookie_name(given: Settings) -> str:
    """The session cookie's name. Over https the prefix makes browsers refuse one set by a neighbouring host."""
    return "__Host-flaunt_session" if is_https(given) else "flaunt_session"


def is_https(given: Settings) -> bool:
    return given.base_url.startswith("https://")


def set_session_cookie(response: Response, secret: str) -> None:
    given = settings()
    response.set_cookie(
        cookie_name(given),
        secret,
        max_age=timedelta(days=given.session_days),
        secure=is_https(given),
        httponly=True,
        samesite="Lax",
    )


def clear_session_cookie(response: Response) -> None:
    given = settings()
    response.delete_cookie(cookie_name(given), secure=is_https(given), httponly=True, samesite="Lax")


def authenticate_requests(app: Flask) -> None:
    """Check each request's token and each write's intent before any view runs; give pages their `actor`."""
    app.before_request(_refuse_bad_token)
    app.before_request(protect_writes)
    app.context_processor(_shown)
    bind_reader(app, _reader)


def _shown() -> dict[str, object]:
    """What every template may ask: who is acting, and whether they may do something."""
    actor = shown_actor()
    return {
        "actor": actor,
        "can": lambda action, subject=None: can(actor, action, subject),
        "doors": doors_of(current_app),
    }


def _reader() -> Reader:
    actor = shown_actor()
    return Reader(actor.language, actor.time_zone)


def _refuse_bad_token() -> None:
    if bearer_token() is not None:
        current_actor()


def protect_writes() -> None:
    """Refuse a write that a browser may have been tricked into: every write but an API call with a bearer token.

    A cookie goes along with any request a foreign page makes; a bearer token only where our own code put it.
    """
    if request.method in {"GET", "HEAD", "OPTIONS"} or request.url_rule is None:
        return
    if getattr(current_app.view_functions.get(request.endpoint or ""), PROVES_ITSELF, False):
        return
    is_api = request.path.startswith(API)
    if is_api and bearer_token() is not None:
        return
    if None in request.form or None in request.files:
        abort(400)  # a part without a name, which no form sends; what reads forms counts on names
    try:
        csrf.protect()
    except CSRFError:
        if is_api and not current_actor().is_signed_in:
            raise SignInNeeded("Please sign in first, or send a token in `Authorization: Bearer …`.") from None
        raise


def _load() -> Actor:
    token = bearer_token()
    if token is not None:
        actor = actor_by_token(token)
        if actor is None:
            raise SignInNeeded(
                "This token is not known here, has run out or was revoked. Make a new one with `flaunt token create`.",
                code="token_refused",
            )
        return actor
    secret = session_secret()
    actor = actor_by_session(secret) if secret else None
    return actor or Actor.anonymous(affirmed_age=affirmed_age())
