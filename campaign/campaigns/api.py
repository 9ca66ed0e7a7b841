"""Campaigns for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, PlainSerializer

from campaign.accounts.authentication import current_actor
from campaign.campaigns.lifecycle import create_campaign, edit_campaign, move_campaign
from campaign.campaigns.models import Campaign, State
from campaign.campaigns.particulars import Particulars
from campaign.campaigns.queries import campaign_by_slug, visible_campaigns
from campaign.campaigns.views import CampaignView, view_campaign, view_campaigns
from campaign.campaigns.window import hold_window
from campaign.clock import database_now
from campaign.db import transaction
from campaign.extensions import settings
from campaign.web.api import api_blueprint
from campaign.web.pagination import PageQuery, paginate
from campaign.web.times import iso

api = api_blueprint("campaigns")

Instant = Annotated[datetime, PlainSerializer(iso, return_type=str)]


class CampaignOut(BaseModel):
    """One campaign. `rules_version` is what a submission must agree to; instants are in UTC."""

    id: UUID
    slug: str
    title: str
    brief: str
    accent: str
    time_zone: str
    opens_at: Instant
    closes_at: Instant
    closed_at: Instant | None
    announced_at: Instant | None
    state: State
    entry_limit: int
    minimum_age: int
    rules_version: int
    rules_text: str
    published_count: int
    url: str


class CampaignList(BaseModel):
    """A page of campaigns, newest first."""

    data: list[CampaignOut]
    next_cursor: str | None


class CampaignIn(BaseModel):
    """A new campaign. `slug` is made from the title where it is left out; times carry their zone."""

    model_config = ConfigDict(extra="forbid")

    title: str = Field(examples=["Flaunt your city"])
    brief: str = ""
    accent: str = Field(default="#ffb547", examples=["#ffb547"])
    time_zone: str = Field(default="UTC", examples=["Europe/Lisbon"])
    opens_at: AwareDatetime | None = Field(default=None, description="Left out: now.")
    closes_at: AwareDatetime
    entry_limit: int = 3
    minimum_age: int = 16
    rules_text: str
    slug: str | None = Field(default=None, examples=["flaunt-your-city"])


class CampaignPatch(BaseModel):
    """Only what is sent changes. New `rules_text` becomes the next version."""

    model_config = ConfigDict(extra="forbid")

    title: str | None = None
    brief: str | None = None
    accent: str | None = None
    time_zone: str | None = None
    opens_at: AwareDatetime | None = None
    closes_at: AwareDatetime | None = None
    entry_limit: int | None = None
    minimum_age: int | None = None
    rules_text: str | None = None


class MoveIn(BaseModel):
    """The state to go to."""

    model_config = ConfigDict(extra="forbid")

    to: State = Field(examples=["open"])


@api.get("/campaigns")
@api.input(PageQuery, location="query")
@api.output(CampaignList)
def list_campaigns(query_data: PageQuery) -> dict[str, Any]:
    """Launched campaigns, newest first; drafts too for those who work on them."""
    page = paginate(
        visible_campaigns(current_actor()),
        at=Campaign.created_at,
        identity=Campaign.id,
        limit=query_data.limit,
        cursor=query_data.cursor,
    )
    return {"data": [_out(view) for view in view_campaigns(page.items)], "next_cursor": page.next_cursor}


@api.post("/campaigns")
@api.input(CampaignIn)
@api.output(CampaignOut, status_code=201)
def post_campaign(json_data: CampaignIn) -> CampaignOut:
    """Make a draft, which only the desk sees until it is launched."""
    given = json_data.model_dump()
    given["opens_at"] = given["opens_at"] or database_now()
    with transaction():
        campaign = create_campaign(current_actor(), Particulars(**_tidy(given)))
    return _out(view_campaign(campaign))


@api.get("/campaigns/<slug>")
@api.output(CampaignOut)
def get_campaign(slug: str) -> CampaignOut:
    """One campaign as it is at this instant."""
    return _out(view_campaign(campaign_by_slug(slug, current_actor())))


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
        edit_campaign(actor, campaign.id, Particulars(**_tidy(kept | changes)))
    return _out(view_campaign(campaign))


@api.post("/campaigns/<slug>/transitions")
@api.input(MoveIn)
@api.output(CampaignOut)
def post_transition(slug: str, json_data: MoveIn) -> CampaignOut:
    """Launch (`open`), close or announce; a step that does not fit the state is explained."""
    actor = current_actor()
    with transaction():
        campaign = move_campaign(actor, campaign_by_slug(slug, actor).id, json_data.to)
    return _out(view_campaign(campaign))


def _tidy(given: dict[str, Any]) -> dict[str, Any]:
    given["accent"] = given["accent"].lower()
    return given


def _out(view: CampaignView) -> CampaignOut:
    shown = {name: getattr(view, name) for name in CampaignOut.model_fields if name != "url"}
    return CampaignOut(**shown, url=settings().base_url.rstrip("/") + view.url)
