"""Reading campaigns."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from campaign.accounts.actor import Actor
from campaign.accounts.models import Role
from campaign.accounts.permissions import can
from campaign.accounts.places import Place
from campaign.campaigns.models import Campaign, Stage
from campaign.campaigns.particulars import SLUG
from campaign.db import db
from campaign.errors import NotFound

DESK_ROLES = (Role.STAFF, Role.MARKETER)
WHOLE = (selectinload(Campaign.rules), joinedload(Campaign.cover))
"""What a view of a campaign reads beside its row."""


def campaign_by_slug(slug: str, actor: Actor) -> Campaign:
    """The campaign; raises NotFound where there is none, or where it is a draft this person may not know of."""
    query = select(Campaign).where(Campaign.slug == slug).options(*WHOLE)
    # Whatever else stands in a query or a body is no slug, and may hold what the database's text cannot.
    campaign = db.session.scalars(query).one_or_none() if SLUG.fullmatch(slug) else None
    if campaign is None or (campaign.stage is Stage.DRAFT and not can(actor, "campaign.view_draft", campaign)):
        raise NotFound("There is no campaign at this address. The ones that run now are on the first page.")
    return campaign


def visible_campaigns(actor: Actor) -> Select[Campaign]:
    """Launched campaigns, and the drafts that this person works on; newest first by their `created_at`."""
    query = select(Campaign).options(*WHOLE)
    mine = actor.campaigns_as(*DESK_ROLES)
    if mine is None:
        return query
    return query.where(or_(Campaign.stage != Stage.DRAFT, Campaign.id.in_(mine)))


def desk_campaigns(actor: Actor) -> Select[Campaign]:
    """The campaigns this person works on."""
    query = select(Campaign).options(*WHOLE)
    mine = actor.campaigns_as(*DESK_ROLES)
    return query if mine is None else query.where(Campaign.id.in_(mine))


def place(*, slug: str | None = None, campaign_id: UUID | None = None) -> Place | None:
    """What the slices below may know of a campaign, by its slug or its id."""
    fits = Campaign.slug == slug if campaign_id is None else Campaign.id == campaign_id
    row = db.session.execute(select(Campaign.id, Campaign.slug, Campaign.title).where(fits)).one_or_none()
    return None if row is None else Place(*row)


def due_closings() -> Sequence[UUID]:
    """Launched campaigns whose time is over by the database's clock, and of which nobody has written that down."""
    due = select(Campaign.id).where(Campaign.stage == Stage.LAUNCHED, Campaign.closes_at <= func.clock_timestamp())
    return db.session.scalars(due).all()
