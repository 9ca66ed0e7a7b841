"""Who holds which role, and which invitations are open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy import Select, false, or_, select
from sqlalchemy.orm import joinedload

from campaign.accounts.actor import Actor
from campaign.accounts.models import Invitation, Role, RoleGrant
from campaign.accounts.permissions import About, require
from campaign.campaigns.models import Campaign
from campaign.db import db

CREW = (Role.STAFF, Role.MARKETER)
MOST_LISTED = 200


def people_of(actor: Actor, campaign: Campaign | None) -> Select[RoleGrant]:
    """The roles that count in a campaign, those held everywhere included; without one, all this person may know of.

    For `paginate` by `created_at`. Raises NotPermitted.
    """
    query = (
        select(RoleGrant)
        .where(RoleGrant.revoked_at.is_(None))
        .options(joinedload(RoleGrant.person), joinedload(RoleGrant.giver))
    )
    if campaign is not None:
        require(actor, "team.view", About(campaign_id=campaign.id))
        return query.where(or_(RoleGrant.campaign_id == campaign.id, RoleGrant.campaign_id.is_(None)))
    require(actor, "team.view")
    mine = actor.campaigns_as(*CREW)
    return query if mine is None else query.where(RoleGrant.campaign_id.in_(mine))


def open_invitations(actor: Actor, campaign: Campaign | None) -> Select[Invitation]:
    """Invitations nobody used or took back, those past their time included. Only whoever invites sees them."""
    query = (
        select(Invitation)
        .where(Invitation.used_at.is_(None), Invitation.revoked_at.is_(None))
        .options(joinedload(Invitation.inviter))
    )
    if campaign is not None:
        require(actor, "team.manage", About(campaign_id=campaign.id))
        return query.where(Invitation.campaign_id == campaign.id)
    require(actor, "team.view")
    mine = actor.campaigns_as(Role.MARKETER)
    if mine is None:
        return query
    return query.where(Invitation.campaign_id.in_(mine)) if mine else query.where(false())


def titles_of(campaign_ids: Iterable[UUID | None]) -> Mapping[UUID, tuple[str, str]]:
    """(title, slug) of each campaign, in one statement however many."""
    wanted = {one for one in campaign_ids if one is not None}
    if not wanted:
        return {}
    rows = db.session.execute(select(Campaign.id, Campaign.title, Campaign.slug).where(Campaign.id.in_(wanted)))
    return {row.id: (row.title, row.slug) for row in rows}


def campaigns_as(actor: Actor, *roles: Role) -> list[Campaign]:
    """The campaigns in which this person holds one of the roles (admins: all), newest first."""
    query = select(Campaign).order_by(Campaign.created_at.desc(), Campaign.id).limit(MOST_LISTED)
    mine = actor.campaigns_as(*roles)
    return list(db.session.scalars(query if mine is None else query.where(Campaign.id.in_(mine))))
