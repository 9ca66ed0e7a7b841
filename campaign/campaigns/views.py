"""A campaign as pages and the API show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import url_for

from campaign.campaigns.accent import ink_on
from campaign.campaigns.countdown import Countdown, countdown_to
from campaign.campaigns.covering import CoverView
from campaign.campaigns.hooks import gallery
from campaign.campaigns.models import Campaign, State
from campaign.clock import database_now


@dataclass(frozen=True, kw_only=True)
class CampaignView:
    """Instants are in UTC; `counts` holds how many submissions are in each state.

    `announced_at` is known from the announcement on, whether or not it was written down; `announces_at` (the embargo)
    and what stands below it are for the desk.
    """

    id: UUID
    slug: str
    title: str
    brief: str
    accent: str
    time_zone: str
    opens_at: datetime
    closes_at: datetime
    closed_at: datetime | None
    announced_at: datetime | None
    state: State
    entry_limit: int
    minimum_age: int
    rules_version: int
    rules_text: str
    wanted: str
    categories: Sequence[str]
    paused_at: datetime | None
    pause_reason: str
    announces_at: datetime | None
    tell_before_hours: int
    told_at: datetime | None
    decline_reasons: Sequence[str]
    seen_at: datetime
    counts: Mapping[str, int] = field(default_factory=dict)
    cover: Any = None
    """The campaign's own cover, else a photo of the gallery where one was asked for."""
    own_cover: CoverView | None = None
    card: str = ""
    """The absolute address of the JPEG for previews of links; its own cover's, else a photo's where asked for."""

    @property
    def campaign_id(self) -> UUID:
        return self.id

    @property
    def owner_id(self) -> None:
        return

    @property
    def countdown(self) -> Countdown | None:
        """What the campaign waits for by the clock, as of the instant of this view."""
        return countdown_to(self.state, self.opens_at, self.closes_at, self.seen_at)

    @property
    def on_accent(self) -> str:
        return ink_on(self.accent)

    @property
    def published_count(self) -> int:
        return self.counts.get("published", 0)

    @property
    def waiting_count(self) -> int:
        return self.counts.get("ready", 0)

    @property
    def url(self) -> str:
        return url_for("campaigns.show", slug=self.slug)

    @property
    def desk_url(self) -> str:
        return url_for("campaigns.desk_show", slug=self.slug)

    @property
    def accent_url(self) -> str:
        return url_for("campaigns.accent", slug=self.slug, v=self.accent[1:])


def view_campaigns(campaigns: Sequence[Campaign], *, covers: bool = False) -> list[CampaignView]:
    """Views of many campaigns in a fixed number of queries."""
    ids = [campaign.id for campaign in campaigns]
    counts = gallery().counts(ids)
    photos = gallery().covers(ids) if covers else {}
    now = database_now()
    return [_view(one, now, counts.get(one.id, {}), photos.get(one.id)) for one in campaigns]


def own_cover(campaign: Campaign) -> CoverView | None:
    """The picture the desk chose for the campaign."""
    if campaign.cover is None:
        return None
    return CoverView(campaign.title, campaign.slug, campaign.cover)


def view_campaign(campaign: Campaign, *, cover: bool = False) -> CampaignView:
    return view_campaigns([campaign], covers=cover)[0]


def _view(campaign: Campaign, now: datetime, counts: Mapping[str, int], cover: Any) -> CampaignView:
    state, own = campaign.state_at(now), own_cover(campaign)
    return CampaignView(
        id=campaign.id,
        slug=campaign.slug,
        title=campaign.title,
        brief=campaign.brief,
        accent=campaign.accent,
        time_zone=campaign.time_zone,
        opens_at=campaign.opens_at,
        closes_at=campaign.closes_at,
        closed_at=campaign.closed_at,
        announced_at=(campaign.announced_at or campaign.announces_at) if state is State.ANNOUNCED else None,
        state=state,
        seen_at=now,
        entry_limit=campaign.entry_limit,
        minimum_age=campaign.minimum_age,
        rules_version=campaign.current_rules.version,
        rules_text=campaign.current_rules.text,
        wanted=campaign.wanted,
        categories=tuple(campaign.categories),
        paused_at=campaign.paused_at if state is State.PAUSED else None,
        pause_reason=campaign.pause_reason if state is State.PAUSED else "",
        announces_at=campaign.announces_at,
        tell_before_hours=campaign.tell_before_hours,
        told_at=campaign.told_at,
        decline_reasons=tuple(campaign.decline_reasons),
        counts=counts,
        cover=own or cover,
        own_cover=own,
        card=(own.card if own else "") or (cover.card if cover else ""),
    )
