"""The veil: campaigns whose photos a person judges blind, so that nothing may tell them whose photo is whose.

A slice above knows who that is, and binds it. It is asked once for a request, however many photos that shows.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import Flask, current_app, has_app_context, has_request_context, request

from campaign.accounts.actor import Actor

KEY = "flaunt_veil"
KNOWN = "flaunt.veiled"

Veil = Callable[[Actor], frozenset[UUID]]
"""The campaigns in which this person judges blind at this moment; for who judges nothing, without asking a database."""


def bind_veil(app: Flask, veil: Veil) -> None:
    """Let this one say who judges blind, and where."""
    app.extensions[KEY] = veil


def veiled_campaigns(actor: Actor) -> frozenset[UUID]:
    """The campaigns whose photos are veiled from this person: empty where nobody is signed in, or no veil is bound."""
    veil: Veil | None = current_app.extensions.get(KEY) if has_app_context() else None
    if veil is None or actor.person_id is None:
        return frozenset()
    if not has_request_context():
        return veil(actor)
    known: dict[UUID, frozenset[UUID]] = request.environ.setdefault(KNOWN, {})
    if actor.person_id not in known:
        known[actor.person_id] = veil(actor)
    return known[actor.person_id]
