"""Campaigns for programs."""

from __future__ import annotations

from typing import Any

from campaign.accounts.authentication import current_actor
from campaign.accounts.permissions import can, require
from campaign.campaigns.lifecycle import create_campaign, edit_campaign, move_campaign
from campaign.campaigns.listing import Choice, listed
from campaign.campaigns.particulars import Particulars
from campaign.campaigns.queries import campaign_by_slug, desk_campaigns, visible_campaigns
from campaign.campaigns.schemas import (
    FOR_THE_DESK,
    CampaignIn,
    CampaignList,
    CampaignOut,
    CampaignPatch,
    CampaignQuery,
    MoveIn,
    particulars_of,
)
from campaign.campaigns.views import CampaignView, view_campaign, view_campaigns
from campaign.campaigns.window import hold_window
from campaign.clock import database_now
from campaign.db import transaction
from campaign.extensions import settings
from campaign.web.api import api_blueprint

LARGEST = 2016
"""Pixels of the widest rendition of a cover."""

api = api_blueprint("campaigns")


@api.get("/campaigns")
@api.input(CampaignQuery, location="query")
@api.output(CampaignList)
def list_campaigns(query_data: CampaignQuery) -> dict[str, Any]:
    """Launched campaigns, newest first unless sorted otherwise; drafts too for those who work on them."""
    actor = current_actor()
    if query_data.desk:
        require(actor, "campaign.desk")
    page = listed(
        desk_campaigns(actor) if query_data.desk else visible_campaigns(actor),
        Choice(state=query_data.state, words=query_data.q, order=query_data.sort),
        database_now(),
        limit=query_data.limit,
        cursor=query_data.cursor,
    )
    return {"data": [campaign_document(view) for view in view_campaigns(page.items)], "next_cursor": page.next_cursor}


@api.post("/campaigns")
@api.input(CampaignIn)
@api.output(CampaignOut, status_code=201)
def post_campaign(json_data: CampaignIn) -> CampaignOut:
    """Make a draft, which only the desk sees until it is launched."""
    given = json_data.model_dump()
    given["opens_at"] = given["opens_at"] or database_now()
    with transaction():
        campaign = create_campaign(current_actor(), Particulars(**particulars_of(given)))
    return campaign_document(view_campaign(campaign))


@api.get("/campaigns/<slug>")
@api.output(CampaignOut)
def get_campaign(slug: str) -> CampaignOut:
    """One campaign as it is at this instant."""
    return campaign_document(view_campaign(campaign_by_slug(slug, current_actor())))


@api.patch("/campaigns/<slug>")
@api.input(CampaignPatch)
@api.output(CampaignOut)
def patch_campaign(slug: str, json_data: CampaignPatch) -> CampaignOut:
    """Change only what is sent; what a campaign's state no longer allows is explained."""
    actor = current_actor()
    with transaction():
        # Read with the window held: of two who send parts at once, neither puts back what the other changed.
        campaign, _ = hold_window(campaign_by_slug(slug, actor).id)
        kept = {name: getattr(campaign, name) for name in CampaignPatch.model_fields if name != "rules_text"}
        kept["rules_text"] = campaign.current_rules.text
        changes = {name: value for name, value in json_data.model_dump().items() if value is not None}
        edit_campaign(actor, campaign.id, Particulars(**particulars_of(kept | changes)))
    return campaign_document(view_campaign(campaign))


@api.post("/campaigns/<slug>/transitions")
@api.input(MoveIn)
@api.output(CampaignOut)
def post_transition(slug: str, json_data: MoveIn) -> CampaignOut:
    """Launch (`open`), close or announce; a step that does not fit the state is explained."""
    actor = current_actor()
    with transaction():
        campaign = move_campaign(actor, campaign_by_slug(slug, actor).id, json_data.to)
    return campaign_document(view_campaign(campaign))


def campaign_document(view: CampaignView) -> CampaignOut:
    """The campaign as the one who asks may read it."""
    shown = {name: getattr(view, name) for name in CampaignOut.model_fields if name not in {"url", "cover_url"}}
    if not can(current_actor(), "campaign.desk", view):
        shown |= dict.fromkeys(FOR_THE_DESK)
    host = settings().base_url.rstrip("/")
    cover = view.own_cover
    return CampaignOut(**shown, url=host + view.url, cover_url=host + cover.src(LARGEST) if cover else None)
