"""Inviting somebody: by a link that is shown once, or by mail."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from campaign.accounts.actor import Actor
from campaign.accounts.invitations import invite, renew_invitation, require_giver
from campaign.accounts.models import Invitation, Role
from campaign.accounts.opaque import fingerprint
from campaign.accounts.people import LONGEST_ADDRESS
from campaign.db import db
from campaign.errors import InvalidInput
from campaign.jobs import enqueue
from campaign.team.sealing import mailed_secret
from campaign.wording import one_line

LONGEST_NOTE = 300
ADDRESS = re.compile(r"""[^\s@<>()\[\],;:"\\]+@[^\s@<>()\[\],;:"\\]+""")
MAIL_JOB = "team.invitation_mail"


@dataclass(frozen=True, slots=True)
class Wish:
    """Whom to invite: to which role, where (None: everywhere), to which address (None: by a link), with which words."""

    role: Role
    campaign_id: UUID | None
    email: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Means:
    """Whether mails can leave here, and the key that their links are made with."""

    mails: bool
    secret_key: str


def invite_to_team(actor: Actor, wish: Wish, means: Means) -> tuple[Invitation, str | None]:
    """The invitation, and its secret where it is for whoever invites to pass on: a mailed one only the mail knows.

    Raises NotPermitted, InvalidInput, Conflict.
    """
    require_giver(actor, "invitation.create", wish.campaign_id)
    email, note = one_line(wish.email or "") or None, one_line(wish.note)
    fields = {name: sentence for name, sentence in _complaints(email, note, means).items() if sentence}
    if fields:
        raise InvalidInput(" ".join(fields.values()), fields=fields)
    invitation, secret = invite(wish.role, wish.campaign_id, actor, email=email, note=note)
    return invitation, _send_off(invitation, secret, means)


def renew_in_team(actor: Actor, invitation_id: UUID, means: Means) -> tuple[Invitation, str | None]:
    """A new link, mailed again where the first one was. Raises as `renew_invitation` does."""
    invitation, secret = renew_invitation(actor, invitation_id)
    return invitation, _send_off(invitation, secret, means)


def _send_off(invitation: Invitation, secret: str, means: Means) -> str | None:
    """The secret to be shown, or None where a mail brings the link.

    Then it can be made again from the row and our key: neither the job nor the row holds it, and a repeated mail is
    the same mail.
    """
    if invitation.email is None:
        return secret
    invitation.token_hash = fingerprint(mailed_secret(invitation.id, invitation.serial, means.secret_key))
    db.session.flush()
    enqueue(MAIL_JOB, {"invitation_id": str(invitation.id), "serial": invitation.serial})
    return None


def _complaints(email: str | None, note: str, means: Means) -> dict[str, str]:
    complaints = {}
    if email is not None and not means.mails:
        complaints["email"] = "This installation sends no mail. Leave the address out and pass the link on yourself."
    elif email is not None and (len(email) > LONGEST_ADDRESS or not ADDRESS.fullmatch(email)):
        complaints["email"] = "Write one address, such as ada@example.org, or leave it out."
    if len(note) > LONGEST_NOTE:
        complaints["note"] = f"That is {len(note)} characters; {LONGEST_NOTE} fit. Shorten it a little."
    return complaints
