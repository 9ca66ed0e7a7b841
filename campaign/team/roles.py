"""Taking a role back."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select

from campaign.accounts.actor import Actor
from campaign.accounts.audit import audit
from campaign.accounts.invitations import require_giver
from campaign.accounts.models import Role, RoleGrant
from campaign.accounts.permissions import require
from campaign.db import db
from campaign.errors import Conflict, InvalidInput, NotFound
from campaign.wording import one_line

LONGEST_WHY = 300


def revoke_role(actor: Actor, grant_id: UUID, why: str = "") -> RoleGrant:
    """Take a role back, at once; taking it back twice is the same as once.

    Raises NotFound, NotPermitted, InvalidInput for too many words, and Conflict for the last admin: somebody has to
    hold the keys.
    """
    grant = db.session.get(RoleGrant, grant_id)
    if grant is None:
        require(actor, "team.view")
        raise NotFound("There is no such role any more. The team's page shows who holds which.")
    require_giver(actor, "team.manage", grant.campaign_id)
    reason = one_line(why)
    if len(reason) > LONGEST_WHY:
        sentence = f"That is {len(reason)} characters; {LONGEST_WHY} fit. Shorten it a little."
        raise InvalidInput(sentence, fields={"why": sentence})
    _hold(grant)
    if grant.revoked_at is None:
        grant.revoked_at = func.clock_timestamp()
        audit(
            actor,
            "role.revoked",
            campaign_id=grant.campaign_id,
            subject_id=grant.person_id,
            why=reason,
            details={"role": grant.role.value},
        )
        db.session.flush()
    return grant


def _hold(grant: RoleGrant) -> None:
    """Lock the grant, and for an admin's those of all admins, so that two cannot take each other's last one."""
    held = select(RoleGrant).where(RoleGrant.id == grant.id)
    if grant.role is Role.ADMIN:
        held = select(RoleGrant).where(RoleGrant.role == Role.ADMIN, RoleGrant.revoked_at.is_(None))
    ordered = held.order_by(RoleGrant.id).with_for_update().execution_options(populate_existing=True)
    current = db.session.scalars(ordered).all()
    db.session.refresh(grant)  # of two who take it back, the second finds it done
    if grant.role is Role.ADMIN and [one.id for one in current] == [grant.id]:
        raise Conflict(
            "This is the last admin, and somebody has to hold the keys. Make another person an admin first.",
            code="last_admin",
        )
