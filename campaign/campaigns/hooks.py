"""What this slice asks of the ones above it. They register an answer in `register(app)`; nobody is imported upwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from flask import Flask, current_app

from campaign.accounts.actor import Actor
from campaign.campaigns.models import Campaign, State

KEY = "flaunt_campaign_hooks"

Counts = Mapping[str, int]
"""How many submissions are in each state."""


class Gallery(Protocol):
    """The photos of campaigns, as the campaign pages need them."""

    def counts(self, campaign_ids: Sequence[UUID]) -> Mapping[UUID, Counts]:
        """For each campaign, how many submissions are in each state; one query however many campaigns."""
        ...

    def covers(self, campaign_ids: Sequence[UUID]) -> Mapping[UUID, Any]:
        """A photo to stand for each campaign, where it has a published one."""
        ...

    def hall(self, campaign: Campaign, asked: Mapping[str, str], *, cursor: str | None) -> Any:
        """A page of published photos, newest first, as an address's query asks for them, and what else it may ask."""
        ...

    def entries_left(self, campaign: Campaign, actor: Actor) -> int | None:
        """How many more photos this person may send; None when nobody is signed in."""
        ...


Guard = Callable[[Campaign], str | None]
"""Answers why not, in words for the marketer, or None where nothing stands in the way."""

Survey = Callable[[Sequence[Campaign]], Mapping[UUID, str]]
"""Answers the same for many campaigns at once, in a fixed number of queries: only those with something in the way."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number at a glance on a campaign's desk; `url` leads to what it counts."""

    label: str
    value: str
    url: str | None = None


Glance = Callable[[Campaign], Sequence[Figure]]


@dataclass(frozen=True, slots=True)
class Laurels:
    """Who won, as photos for everybody: winners by their place from 1 on, and the finalists after them."""

    winners: Sequence[tuple[Any, int]] = ()
    finalists: Sequence[Any] = ()


Crowning = Callable[[Campaign], Laurels]


@dataclass
class Hooks:
    gallery: Gallery | None = None
    glance: Glance | None = None
    crowning: Crowning | None = None
    announcement_guards: list[Survey] = field(default_factory=list)
    reopening_guards: list[Guard] = field(default_factory=list)


def bind_gallery(app: Flask, gallery: Gallery) -> None:
    _hooks(app).gallery = gallery


def guard_announcement(app: Flask, guard: Survey) -> None:
    """Ask this guard before campaigns are announced."""
    _hooks(app).announcement_guards.append(guard)


def guard_reopening(app: Flask, guard: Guard) -> None:
    """Ask this guard before a closed campaign takes photos again."""
    _hooks(app).reopening_guards.append(guard)


def bind_glance(app: Flask, provider: Glance) -> None:
    """Let this provider fill the cards on a campaign's desk."""
    _hooks(app).glance = provider


def bind_laurels(app: Flask, provider: Crowning) -> None:
    """Let this provider say who won. It is asked for announced campaigns only."""
    _hooks(app).crowning = provider


def gallery() -> Gallery:
    answers = _hooks(current_app).gallery
    assert answers is not None, "the submissions slice registers a gallery"
    return answers


def why_not_announce(campaign: Campaign) -> str | None:
    """The first reason why this campaign may not be announced yet, or None."""
    return why_not_announce_these([campaign]).get(campaign.id)


def why_not_announce_these(campaigns: Sequence[Campaign]) -> Mapping[UUID, str]:
    """The first reason for each of these campaigns that may not be announced yet."""
    found: dict[UUID, str] = {}
    for survey in _hooks(current_app).announcement_guards if campaigns else ():
        found = {**survey(campaigns), **found}
    return found


def why_not_reopen(campaign: Campaign) -> str | None:
    """The first reason why this campaign may not take photos again, or None."""
    return _first_reason(_hooks(current_app).reopening_guards, campaign)


def glance(campaign: Campaign) -> Sequence[Figure] | None:
    """The numbers for a campaign's desk; None where nobody above provides any."""
    provider = _hooks(current_app).glance
    return None if provider is None else provider(campaign)


def laurels(campaign: Campaign, now: datetime) -> Laurels:
    """Winners and finalists at an instant of the database's clock; nobody before the announcement, whoever asks."""
    provider = _hooks(current_app).crowning
    if provider is None or campaign.state_at(now) is not State.ANNOUNCED:
        return Laurels()
    return provider(campaign)


def _first_reason(guards: Sequence[Guard], campaign: Campaign) -> str | None:
    return next((reason for guard in guards if (reason := guard(campaign))), None)


def _hooks(app: Flask) -> Hooks:
    hooks: Hooks = app.extensions.setdefault(KEY, Hooks())
    return hooks
