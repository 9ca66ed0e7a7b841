"""Pages for signing in and out, and for accepting an invitation."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from types import SimpleNamespace
from uuid import UUID

import structlog
from flask import Blueprint, flash, make_response, redirect, render_template, request, session
from flask.typing import ResponseReturnValue

from campaign.accounts.accepting import accept_invitation
from campaign.accounts.authentication import (
    affirmed_age,
    clear_session_cookie,
    current_actor,
    session_secret,
    set_session_cookie,
)
from campaign.accounts.destinations import HOME, safe_next
from campaign.accounts.devices import device_name
from campaign.accounts.invitations import find_invitation, invitation_state
from campaign.accounts.models import Person
from campaign.accounts.pending import Departure, remember, take
from campaign.accounts.people import ensure_person, record_age
from campaign.accounts.places import title_of
from campaign.accounts.providers import callback_address, provider_links, provider_named
from campaign.accounts.role_words import ROLE_DEEDS, ROLE_NAMES
from campaign.accounts.sessions import open_session, revoke_session
from campaign.accounts.signing import Callback, Profile, SignInRefused
from campaign.clock import database_now
from campaign.db import db, transaction
from campaign.errors import SignInNeeded
from campaign.extensions import settings

log = structlog.get_logger(__name__)

pages = Blueprint("accounts", __name__)


@pages.get("/sign-in")
def sign_in() -> ResponseReturnValue:
    destination = safe_next(request.args.get("next"))
    if current_actor().is_signed_in:
        return redirect(destination)
    return _sign_in_page(destination)


def _sign_in_page(destination: str) -> str:
    return render_template("accounts/sign_in.html", providers=provider_links(destination), next=destination)


@pages.get("/sign-in/<name>")
def begin(name: str) -> ResponseReturnValue:
    """Send the browser to the provider. A plain link, so that it works without script and under a strict policy."""
    provider = provider_named(name)
    url, pending = provider.begin(callback_address(name))
    remember(Departure(name, safe_next(request.args.get("next")), pending))
    return redirect(url)


@pages.get("/sign-in/<name>/callback")
def callback(name: str) -> ResponseReturnValue:
    """Where the provider sends the browser back to."""
    provider = provider_named(name)
    departure = take(name, request.args.get("state"))
    if departure is None:
        return _start_again(name, SignInRefused("unknown state"), HOME)
    if request.args.get("error") == "access_denied":
        flash("You turned back before the end, so you are not signed in. Nothing else happened.")
        return redirect(departure.destination)
    called = request.args.get("called", "") if provider.answers_by_form else ""
    answer = Callback(code=request.args.get("code"), issuer=request.args.get("iss"), name=called)
    try:
        profile = provider.finish(departure.pending, answer, callback_address(name))
    except SignInRefused as refusal:
        return _start_again(name, refusal, departure.destination)
    return _let_in(profile, departure.destination)


def _start_again(name: str, refusal: SignInRefused, destination: str) -> ResponseReturnValue:
    """The sign-in page once more, with what happened on it."""
    log.info("sign_in_refused", provider=name, reason=refusal.reason)
    flash(refusal.message)
    return _sign_in_page(destination), HTTPStatus.FORBIDDEN


def _let_in(profile: Profile, destination: str) -> ResponseReturnValue:
    """A new session, whoever was signed in before; of the old cookie only the age that was said survives."""
    age = affirmed_age()
    with transaction():
        person = ensure_person(profile.issuer, profile.subject, profile.display_name, profile.email)
        if age is not None:
            record_age(person.id, age)
        _revoke_current()
        secret = open_session(
            person.id, lifetime=timedelta(days=settings().session_days), device=device_name(request.user_agent.string)
        )
        log.info("signed_in", person_id=str(person.id))
    session.clear()
    response = make_response(redirect(destination))
    set_session_cookie(response, secret)
    return response


@pages.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    with transaction():
        _revoke_current()
    session.clear()
    response = make_response(redirect(HOME))
    clear_session_cookie(response)
    response.headers["Clear-Site-Data"] = '"storage"'  # photos that were still to be sent are not for who comes next
    return response


def _revoke_current() -> None:
    secret = session_secret()
    if secret:
        revoke_session(secret)


@pages.get("/invitations/<token>")
def invitation(token: str) -> ResponseReturnValue:
    found = find_invitation(token)
    state = invitation_state(found, database_now())
    shown = SimpleNamespace(
        role=ROLE_NAMES[found.role],
        deed=ROLE_DEEDS[found.role],
        campaign_title=_title(found.campaign_id),
        state=state,
        inviter=found.inviter.display_name if found.inviter else None,
        note=found.note,
    )
    return render_template("accounts/invitation.html", invitation=shown, token=token)


@pages.post("/invitations/<token>")
def accept(token: str) -> ResponseReturnValue:
    person_id = _signed_in()
    with transaction():
        grant = accept_invitation(token, db.session.get_one(Person, person_id))
        role, title = grant.role, _title(grant.campaign_id)
    log.info("invitation_accepted", person_id=str(person_id), role=role)
    flash(f"Welcome! You are part of “{title}” now." if title else "Welcome! You are part of the team now.")
    return redirect(HOME)


def _signed_in() -> UUID:
    actor = current_actor()
    if actor.person_id is None:
        raise SignInNeeded("Please sign in first, then the invitation is one tap away.")
    return actor.person_id


def _title(campaign_id: UUID | None) -> str | None:
    return None if campaign_id is None else title_of(campaign_id)
