"""Who comes to the desk of a round, asked before anything of it is shown."""

from __future__ import annotations

from uuid import UUID

from campaign.accounts.authentication import current_actor
from campaign.accounts.permissions import can, require
from campaign.campaigns.models import Campaign
from campaign.campaigns.queries import campaign_by_slug
from campaign.errors import NotFound
from campaign.judging.models import Round
from campaign.judging.queries import visible_round


def desk_campaign(slug: str) -> Campaign:
    """The campaign, for whoever works at its desk."""
    campaign = campaign_by_slug(slug, current_actor())
    require(current_actor(), "campaign.desk", campaign)
    return campaign


def managed_round(round_id: UUID) -> Round:
    """The round, for whoever works at its desk; judges who do not are told that there is none."""
    actor = current_actor()
    require(actor, "campaign.desk")
    judged = visible_round(actor, round_id)
    if not can(actor, "round.results", judged):
        raise NotFound("There is no round here that you could see. Signing in as somebody else may help.")
    return judged
