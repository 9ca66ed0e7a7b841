"""From a request to the person who acts: the browser's cookie, or a program's bearer token."""

from __future__ import annotations

from flask import request

from campaign.accounts.actor import Actor

ACTOR = "flaunt.actor"


def current_actor() -> Actor:
    """Whoever sent this request, anonymous when nobody is signed in. A token that is no good raises `SignInNeeded`."""
    actor = request.environ.get(ACTOR)
    if not isinstance(actor, Actor):
        actor = Actor.anonymous()
        request.environ[ACTOR] = actor
    return actor
