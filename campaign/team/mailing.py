"""The mail that brings an invitation."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import structlog
from flask import current_app
from flask_mailman import EmailMultiAlternatives
from sqlalchemy import select

from campaign.accounts.invitations import InvitationState, invitation_state
from campaign.accounts.models import Invitation
from campaign.accounts.opaque import fingerprint
from campaign.accounts.places import title_of
from campaign.accounts.role_words import ROLE_DEEDS, ROLE_NAMES
from campaign.clock import database_now
from campaign.db import db, transaction
from campaign.extensions import settings
from campaign.jobs import Attempt
from campaign.moments.delivery import Undeliverable, deliver
from campaign.team.sealing import mailed_secret

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Letter:
    """What the templates show: plain values, so that no transaction is open while the server is spoken to."""

    message_id: str
    address: str
    title: str
    role: str
    deed: str
    place: str | None
    inviter: str | None
    note: str
    url: str


def mail_invitation(payload: dict[str, Any], *, attempt: Attempt) -> None:
    """Handle `team.invitation_mail`. A crash between handing over and writing that down repeats the same mail."""
    invitation_id, serial = UUID(payload["invitation_id"]), payload["serial"]
    with transaction():
        letter = letter_to_send(invitation_id, serial, settings().secret_key.get_secret_value(), settings().base_url)
    if letter is None:
        return
    problem = ""
    try:
        deliver(compose(letter))
    except Undeliverable as refused:
        problem = refused.words
        log.warning("mail_refused", invitation_id=str(invitation_id))
    with transaction():
        attempt.confirm()
        _record(invitation_id, serial, problem)


def give_up(payload: dict[str, Any], problem: str) -> None:
    """Called in the transaction that makes the job failed: whoever invited reads why."""
    _record(UUID(payload["invitation_id"]), payload["serial"], problem)


def letter_to_send(invitation_id: UUID, serial: int, secret_key: str, base_url: str) -> Letter | None:
    """None where there is nothing to send any more: used, taken back, renewed or sent already."""
    invitation = db.session.get(Invitation, invitation_id)
    if invitation is None or invitation.serial != serial or not invitation.email or invitation.sent_at is not None:
        return None
    if invitation_state(invitation, database_now()) is not InvitationState.OPEN:
        return None
    secret = mailed_secret(invitation.id, serial, secret_key)
    if not hmac.compare_digest(fingerprint(secret), invitation.token_hash):
        log.warning("invitation_key_changed", invitation_id=str(invitation_id))
        invitation.send_problem = "SECRET_KEY was changed since. Make a new link."
        return None
    place = None if invitation.campaign_id is None else title_of(invitation.campaign_id)
    return Letter(
        message_id=f"<{invitation.id.hex}.{serial}@{urlsplit(base_url).hostname}>",
        address=invitation.email,
        title=f"You are invited to {f'“{place}”' if place else 'Flaunt'}",
        role=ROLE_NAMES[invitation.role],
        deed=ROLE_DEEDS[invitation.role],
        place=place,
        inviter=invitation.inviter.display_name if invitation.inviter else None,
        note=invitation.note,
        url=f"{base_url.rstrip('/')}/invitations/{secret}",
    )


def compose(letter: Letter) -> EmailMultiAlternatives:
    """Both forms of the mail. Needs an application context for the templates and the sender."""
    text, html = (
        current_app.jinja_env.get_template(f"team/invitation_mail.{kind}").render(letter=letter)
        for kind in ("txt", "html")
    )
    headers = {"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated"}
    message = EmailMultiAlternatives(letter.title, text, to=[letter.address], headers=headers)
    message.attach_alternative(html, "text/html")
    return message


def _record(invitation_id: UUID, serial: int, problem: str) -> None:
    query = select(Invitation).where(Invitation.id == invitation_id, Invitation.serial == serial).with_for_update()
    invitation = db.session.scalar(query)
    if invitation is not None:
        invitation.send_problem = problem
        invitation.sent_at = None if problem else database_now()
