"""Invitations: a link that gives one person one role, once."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import func, select, update

from campaign.accounts.actor import Actor
from campaign.accounts.models import Invitation, Person, Role, RoleGrant
from campaign.accounts.opaque import fingerprint, new_secret
from campaign.accounts.people import grant_role
from campaign.accounts.permissions import About, require
from campaign.db import db
from campaign.errors import Conflict, NotFound, NotPermitted

VALID = timedelta(days=14)

UNKNOWN = "We do not know this invitation. Look whether the whole link was copied, or ask for a new one."
USED = "This invitation has been used already; each one is for one person. Ask for a new one."
EXPIRED = "This invitation has run out: they are good for two weeks. Ask for a new one, it takes a minute."


class InvitationState(StrEnum):
    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"


def invite(role: Role, campaign_id: UUID | None = None, by: Actor | None = None) -> tuple[Invitation, str]:
    """Make an invitation and its secret, which is shown once. Without `by`, the operator at the command line invites.

    Raises NotPermitted, and Conflict for an admin of one campaign only. A marketer invites to their campaigns; roles
    that count everywhere, and admins, are for an admin to give.
    """
    if by is not None:
        require(by, "invitation.create", About(campaign_id=campaign_id))
        if campaign_id is None and not by.is_admin:
            raise NotPermitted("Roles in every campaign are given by an admin. Invite to one campaign instead.")
    if role == Role.ADMIN and campaign_id is not None:
        raise Conflict("An admin looks after the whole installation. Leave the campaign out, or choose another role.")
    secret, token_hash = new_secret()
    invitation = Invitation(
        token_hash=token_hash, role=role, campaign_id=campaign_id, expires_at=func.clock_timestamp() + VALID
    )
    db.session.add(invitation)
    db.session.flush()
    return invitation, secret


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
    return InvitationState.OPEN if now < invitation.expires_at else InvitationState.EXPIRED


def accept_invitation(secret: str, person: Person) -> RoleGrant:
    """Use the invitation up and give its role. Of any number who try at once, one succeeds.

    A second tap by the same person finds their role again. Raises NotFound (unknown) or Conflict (used by somebody
    else, expired).
    """
    won = db.session.execute(
        update(Invitation)
        .where(
            Invitation.token_hash == fingerprint(secret),
            Invitation.used_at.is_(None),
            Invitation.expires_at > func.clock_timestamp(),
        )
        .values(used_at=func.clock_timestamp(), used_by=person.id)
        .returning(Invitation.role, Invitation.campaign_id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if won is not None:
        return grant_role(person, Role(won.role), won.campaign_id)
    return _already_accepted(find_invitation(secret), person)


def _already_accepted(invitation: Invitation, person: Person) -> RoleGrant:
    db.session.refresh(invitation)
    if invitation.used_at is None:
        raise Conflict(EXPIRED, code="invitation_expired")
    held = db.session.scalar(
        select(RoleGrant).where(
            RoleGrant.person_id == person.id,
            RoleGrant.role == invitation.role,
            RoleGrant.campaign_id.is_not_distinct_from(invitation.campaign_id),
            RoleGrant.revoked_at.is_(None),
        )
    )
    if invitation.used_by != person.id or held is None:
        raise Conflict(USED, code="invitation_used")
    return held
