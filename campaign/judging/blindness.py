"""Who judges blind: from being put on the panel of a blind round until that is final, or the campaign announced."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import bindparam, func, or_, select

from campaign.accounts.actor import Actor
from campaign.accounts.models import Role
from campaign.campaigns.models import Campaign, Stage
from campaign.db import db
from campaign.judging.models import PanelMember, Round, RoundStage

ANNOUNCED = or_(Campaign.stage == Stage.ANNOUNCED, Campaign.announces_at <= func.clock_timestamp())
JUDGED_BLIND = (
    select(Round.campaign_id)
    .join(PanelMember, PanelMember.round_id == Round.id)
    .join(Campaign, Campaign.id == Round.campaign_id)
    .where(PanelMember.person_id == bindparam("person"), PanelMember.left_at.is_(None))
    .where(Round.is_blind, Round.stage != RoundStage.FINAL, ANNOUNCED.is_not(True))
)
"""Put together once: it is asked of every page that a judge opens."""


def campaigns_judged_blind(actor: Actor) -> frozenset[UUID]:
    """The campaigns in which this person sits on the panel of a blind round: one query, and none for who is not cast.

    A round counts from its preparation on, so that nobody reads up on the photos just before it opens.
    """
    if actor.person_id is None or Role.CAST not in actor.roles_anywhere():
        return frozenset()
    return frozenset(db.session.scalars(JUDGED_BLIND, {"person": actor.person_id}))
