"""The fixed cast of the tests: each with the person's row, the actor that verbs take, and a browser of their own."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer

from campaign.accounts.actor import Actor
from campaign.accounts.authentication import cookie_name
from campaign.accounts.models import Role, Scope
from campaign.accounts.people import ensure_person, grant_role, record_age
from campaign.accounts.queries import actor_for
from campaign.accounts.sessions import open_session
from campaign.accounts.tokens import create_token
from campaign.db import transaction

ISSUER = "https://people.example.test"
ADULT = 21
CAST = ("fan", "other_fan", "cast_member", "other_cast_member", "staff", "marketer", "admin", "anonymous")
ROLES = {
    "cast_member": Role.CAST,
    "other_cast_member": Role.CAST,
    "staff": Role.STAFF,
    "marketer": Role.MARKETER,
    "admin": Role.ADMIN,
}
RAW_CSRF = "0" * 40


class Browser(FlaskClient):
    """A browser that sends the CSRF token of the page it is on; `intent` set to False forgets it."""

    intent = True

    def open(self, *args: Any, **kwargs: Any) -> Any:
        if self.intent and "X-CSRFToken" not in (kwargs.get("headers") or {}):
            serializer = URLSafeTimedSerializer(str(self.application.secret_key), salt="wtf-csrf-token")
            with self.session_transaction() as session:
                session["csrf_token"] = RAW_CSRF
            token = serializer.dumps(RAW_CSRF)
            kwargs["headers"] = {**dict(kwargs.get("headers") or {}), "X-CSRFToken": token}
        return super().open(*args, **kwargs)


@dataclass
class Someone:
    """One of the cast. `actor` is read anew at each use, so that it knows roles given meanwhile."""

    app: Flask
    name: str
    person_id: UUID | None
    _tokens: dict[tuple[Scope, ...], str] = field(default_factory=dict)

    @property
    def actor(self) -> Actor:
        known = actor_for(self.person_id) if self.person_id else None
        return known or Actor.anonymous()

    @cached_property
    def browser(self) -> Browser:
        """Signed in with a cookie, sending the CSRF token."""
        browser = Browser(self.app, self.app.response_class, use_cookies=True)
        if self.person_id is not None:
            with transaction():
                secret = open_session(self.person_id, lifetime=timedelta(days=1))
            name = cookie_name(self.app.extensions["flaunt_settings"])
            browser.set_cookie(name, secret, domain="localhost")
        return browser

    def bearer(self, *scopes: Scope) -> dict[str, str]:
        """Headers with an API token of these scopes (all of them, unless given)."""
        assert self.person_id is not None
        if scopes not in self._tokens:
            with transaction():
                self._tokens[scopes] = create_token(self.person_id, scopes or tuple(Scope))
        return {"Authorization": f"Bearer {self._tokens[scopes]}"}


def meet(app: Flask, name: str) -> Someone:
    """One of the cast, with their role in every campaign. Needs an application context; commits."""
    if name == "anonymous":
        return Someone(app, name, None)
    with transaction():
        person = ensure_person(ISSUER, name, name.replace("_", " ").capitalize(), f"{name}@example.test")
        record_age(person.id, ADULT)
        if name in ROLES:
            grant_role(person, ROLES[name])
        person_id = person.id
    return Someone(app, name, person_id)
