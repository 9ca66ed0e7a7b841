"""Accepting an invitation: of any number who try at once, one gets the role."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select, update

from campaign.accounts.actor import Actor
from campaign.accounts.audit import audit
from campaign.accounts.invitations import EXPIRED, REVOKED, USED, find_invitation
from campaign.accounts.models import Invitation, Person, Role, RoleGrant
from campaign.accounts.opaque import fingerprint
from campaign.accounts.people import grant_role
from campaign.db import db
from campaign.errors import Conflict


def accept_invitation(secret: str, person: Person) -> RoleGrant:
    """Use the invitation up and give its role.

    A second tap by the same person finds their role again. Raises NotFound (unknown) or Conflict (used by somebody
    else, taken back, expired).
    """
    won = db.session.execute(
        update(Invitation)
        .where(
            Invitation.token_hash == fingerprint(secret),
            Invitation.used_at.is_(None),
            Invitation.revoked_at.is_(None),
            Invitation.expires_at > func.clock_timestamp(),
        )
        .values(used_at=func.clock_timestamp(), used_by=person.id)
        .returning(Invitation.id, Invitation.role, Invitation.campaign_id, Invitation.invited_by)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if won is None:
        return _already_accepted(find_invitation(secret), person)
    inviter = None if won.invited_by is None else db.session.get(Person, won.invited_by)
    grant = grant_role(person, Role(won.role), won.campaign_id, by=inviter)
    _write_down(won.id, grant, person.id)
    return grant


def _write_down(invitation_id: UUID, grant: RoleGrant, person_id: UUID) -> None:
    said = {"role": grant.role.value}
    audit(Actor(person_id), "invitation.used", campaign_id=grant.campaign_id, subject_id=invitation_id, details=said)
    audit(Actor(grant.granted_by), "role.granted", campaign_id=grant.campaign_id, subject_id=person_id, details=said)


def _already_accepted(invitation: Invitation, person: Person) -> RoleGrant:
    db.session.refresh(invitation)
    if invitation.used_at is None and invitation.revoked_at is not None:
        raise Conflict(REVOKED, code="invitation_revoked")
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
