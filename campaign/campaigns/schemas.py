"""What the API takes and gives about campaigns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from apiflask.fields import UploadFile
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, PlainSerializer

from campaign.campaigns.forms import STARTING_REASONS
from campaign.campaigns.listing import LONGEST_WORDS, Order
from campaign.campaigns.models import State
from campaign.web.pagination import PageQuery
from campaign.web.times import iso

Instant = Annotated[datetime, PlainSerializer(iso, return_type=str)]

FOR_THE_DESK = ("announces_at", "tell_before_hours", "told_at", "decline_reasons", "waiting_count")
"""What only those who work on the campaign are given; everybody else reads null."""


class CampaignOut(BaseModel):
    """One campaign. `rules_version` is what a submission must agree to; instants are in UTC.

    `cover_url` is the campaign's own cover; null where a photo of the gallery stands for it.

    `announces_at`, `tell_before_hours`, `told_at`, `decline_reasons` and `waiting_count` are for those who work on the
    campaign, and null for everybody else.
    """

    id: UUID
    slug: str
    title: str
    brief: str
    wanted: str
    categories: Sequence[str]
    accent: str
    time_zone: str
    opens_at: Instant
    closes_at: Instant
    closed_at: Instant | None
    announced_at: Instant | None
    state: State
    paused_at: Instant | None
    pause_reason: str
    entry_limit: int
    minimum_age: int
    rules_version: int
    rules_text: str
    published_count: int
    url: str
    cover_url: str | None
    announces_at: Instant | None
    tell_before_hours: int | None
    told_at: Instant | None
    decline_reasons: Sequence[str] | None
    waiting_count: int | None


class CampaignList(BaseModel):
    """A page of campaigns."""

    data: list[CampaignOut]
    next_cursor: str | None


class CampaignQuery(PageQuery):
    """Which campaigns, and in which order. `desk` keeps to those you work on."""

    state: State | None = None
    q: str = Field(default="", max_length=LONGEST_WORDS, description="Words in the title, the address or the brief.")
    sort: Order = Order.NEWEST
    desk: bool = False


class CampaignIn(BaseModel):
    """A new campaign. `slug` is made from the title where it is left out; times carry their zone."""

    model_config = ConfigDict(extra="forbid")

    title: str = Field(examples=["Flaunt your city"])
    brief: str = ""
    wanted: str = Field(default="", examples=["The street you know best, at its best hour. People are welcome."])
    categories: list[str] = Field(default_factory=list, examples=[["Street", "Rooftop"]])
    decline_reasons: list[str] = Field(default=list(STARTING_REASONS), description="Left out: a few to begin with.")
    accent: str = Field(default="#ffb547", examples=["#ffb547"])
    time_zone: str = Field(default="UTC", examples=["Europe/Lisbon"])
    opens_at: AwareDatetime | None = Field(default=None, description="Left out: now.")
    closes_at: AwareDatetime
    entry_limit: int = 3
    minimum_age: int = 16
    tell_before_hours: int = 0
    rules_text: str
    slug: str | None = Field(default=None, examples=["flaunt-your-city"])


class CampaignPatch(BaseModel):
    """Only what is sent changes. New `rules_text` becomes the next version."""

    model_config = ConfigDict(extra="forbid")

    title: str | None = None
    brief: str | None = None
    wanted: str | None = None
    categories: list[str] | None = None
    decline_reasons: list[str] | None = None
    accent: str | None = None
    time_zone: str | None = None
    opens_at: AwareDatetime | None = None
    closes_at: AwareDatetime | None = None
    entry_limit: int | None = None
    minimum_age: int | None = None
    tell_before_hours: int | None = None
    rules_text: str | None = None


class CoverIn(BaseModel):
    """A JPEG, PNG, WebP, HEIC or AVIF of at most 10 MB, in any shape."""

    cover: UploadFile


class MoveIn(BaseModel):
    """The state to go to."""

    model_config = ConfigDict(extra="forbid")

    to: State = Field(examples=["open"])


class PauseIn(BaseModel):
    """Why nothing is taken for a while; fans read it."""

    model_config = ConfigDict(extra="forbid")

    reason: str = Field(examples=["So many of you came that we need a day to look at everything."])


class ExtendIn(BaseModel):
    """The later closing time, with its zone."""

    model_config = ConfigDict(extra="forbid")

    closes_at: AwareDatetime


class ReopenIn(BaseModel):
    """Until when photos are taken again, and why; the reason is kept in the campaign's history."""

    model_config = ConfigDict(extra="forbid")

    closes_at: AwareDatetime
    reason: str = Field(examples=["The trains stood still on the last day."])


class AnnouncementIn(BaseModel):
    """When the winners are announced. `tell_before_hours` left out stays as it was."""

    model_config = ConfigDict(extra="forbid")

    announces_at: AwareDatetime
    tell_before_hours: int | None = Field(default=None, examples=[24])


class DuplicateIn(BaseModel):
    """What is new about the copy. `opens_at` left out is now; `slug` left out is made from the title."""

    model_config = ConfigDict(extra="forbid")

    title: str = Field(examples=["Flaunt your city, next year"])
    closes_at: AwareDatetime
    opens_at: AwareDatetime | None = None
    slug: str | None = None


def particulars_of(given: dict[str, Any]) -> dict[str, Any]:
    """What was sent, in the form in which it is kept."""
    return given | {"accent": given["accent"].lower()}
