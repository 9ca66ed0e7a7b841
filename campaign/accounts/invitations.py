"""Invitations: a link that gives one person one role, once."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import func, select

from campaign.accounts.actor import Actor
from campaign.accounts.audit import audit
from campaign.accounts.models import Invitation, Role
from campaign.accounts.opaque import fingerprint, new_secret
from campaign.accounts.permissions import About, Action, require
from campaign.db import db
from campaign.errors import Conflict, NotFound, NotPermitted

VALID = timedelta(days=14)

UNKNOWN = "We do not know this invitation. Look whether the whole link was copied, or ask for a new one."
USED = "This invitation has been used already; each one is for one person. Ask for a new one."
EXPIRED = "This invitation has run out: they are good for two weeks. Ask for a new one, it takes a minute."
REVOKED = "This invitation was taken back by the team. Ask whoever sent it if you think that was not meant."


class InvitationState(StrEnum):
    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"
    REVOKED = "revoked"


def require_giver(actor: Actor, action: Action, campaign_id: UUID | None) -> None:
    """Pass in silence whoever may give and take roles there, or raise as `require` does.

    A marketer looks after the people of their campaigns; roles that count everywhere are for an admin.
    """
    require(actor, action, About(campaign_id=campaign_id))
    if campaign_id is None and not actor.is_admin:
        raise NotPermitted("Roles in every campaign are given by an admin. Choose one campaign instead.")


def invite(
    role: Role, campaign_id: UUID | None = None, by: Actor | None = None, *, email: str | None = None, note: str = ""
) -> tuple[Invitation, str]:
    """Make an invitation and its secret, which is shown once. Without `by`, the operator at the command line invites.

    Raises NotPermitted, and Conflict for an admin of one campaign only.
    """
    if by is not None:
        require_giver(by, "invitation.create", campaign_id)
    if role == Role.ADMIN and campaign_id is not None:
        raise Conflict("An admin looks after the whole installation. Leave the campaign out, or choose another role.")
    secret, token_hash = new_secret()
    invitation = Invitation(
        token_hash=token_hash,
        role=role,
        campaign_id=campaign_id,
        expires_at=func.clock_timestamp() + VALID,
        invited_by=None if by is None else by.person_id,
        email=email,
        note=note,
    )
    db.session.add(invitation)
    db.session.flush()
    _audit(by, "invitation.created", invitation)
    return invitation, secret


def renew_invitation(actor: Actor, invitation_id: UUID) -> tuple[Invitation, str]:
    """A new link and two more weeks; the link before it opens nothing any more.

    Raises NotFound, NotPermitted, or Conflict when it was used or revoked.
    """
    invitation = _locked(actor, invitation_id)
    if invitation.used_at is not None:
        raise Conflict("This invitation was accepted meanwhile, so there is nothing to renew.")
    if invitation.revoked_at is not None:
        raise Conflict("This invitation was taken back. Invite anew instead.")
    secret, invitation.token_hash = new_secret()
    invitation.serial += 1
    invitation.expires_at = func.clock_timestamp() + VALID
    invitation.sent_at, invitation.send_problem = None, ""
    db.session.flush()
    _audit(actor, "invitation.renewed", invitation)
    return invitation, secret


def revoke_invitation(actor: Actor, invitation_id: UUID) -> None:
    """Take a link back; revoking twice is the same as once.

    Raises NotFound, NotPermitted, or Conflict when it was used: then the role is what can be revoked.
    """
    invitation = _locked(actor, invitation_id)
    if invitation.used_at is not None:
        raise Conflict("This invitation was accepted meanwhile. Take the role back instead.")
    if invitation.revoked_at is None:
        invitation.revoked_at = func.clock_timestamp()
        db.session.flush()
        _audit(actor, "invitation.revoked", invitation)


def find_invitation(secret: str) -> Invitation:
    """The invitation behind a link. Raises NotFound."""
    invitation = db.session.scalar(select(Invitation).where(Invitation.token_hash == fingerprint(secret)))
    if invitation is None:
        raise NotFound(UNKNOWN)
    return invitation


def invitation_state(invitation: Invitation, now: datetime) -> InvitationState:
    """Whether it can still be accepted at this instant of the database's clock."""
    if invitation.used_at is not None:
        return InvitationState.USED
    if invitation.revoked_at is not None:
        return InvitationState.REVOKED
    return InvitationState.OPEN if now < invitation.expires_at else InvitationState.EXPIRED


def _locked(actor: Actor, invitation_id: UUID) -> Invitation:
    query = select(Invitation).where(Invitation.id == invitation_id).with_for_update()
    invitation = db.session.scalar(query.execution_options(populate_existing=True))
    if invitation is None:
        require(actor, "team.view")
        raise NotFound("There is no such invitation. The team's page shows those that are open.")
    require_giver(actor, "invitation.create", invitation.campaign_id)
    return invitation


def _audit(by: Actor | None, action: str, invitation: Invitation) -> None:
    audit(
        by or Actor.anonymous(),
        action,
        campaign_id=invitation.campaign_id,
        subject_id=invitation.id,
        details={"role": invitation.role.value, "by_mail": invitation.email is not None},
    )
