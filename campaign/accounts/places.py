"""Campaigns as this slice may know them: somebody above answers what a slug or an id means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from flask import Flask, current_app

from campaign.errors import NotFound

KEY = "flaunt_directory"


@dataclass(frozen=True, slots=True)
class Place:
    """A campaign by its id, its name in addresses and its name for people."""

    campaign_id: UUID
    slug: str
    title: str


class Directory(Protocol):
    """Answers by slug or by id; None when there is no such campaign."""

    def __call__(self, *, slug: str | None = None, campaign_id: UUID | None = None) -> Place | None: ...


def bind_directory(app: Flask, directory: Directory) -> None:
    """Say who knows the campaigns."""
    app.extensions[KEY] = directory


def place_of(slug: str) -> Place:
    """The campaign with this slug. Raises NotFound."""
    place = _ask(slug=slug)
    if place is None:
        raise NotFound(f"There is no campaign “{slug}”. Its short name is the last part of its address.")
    return place


def title_of(campaign_id: UUID) -> str | None:
    """What people call the campaign; None when nobody knows it."""
    place = _ask(campaign_id=campaign_id)
    return None if place is None else place.title


def _ask(*, slug: str | None = None, campaign_id: UUID | None = None) -> Place | None:
    directory: Directory | None = current_app.extensions.get(KEY)
    return None if directory is None else directory(slug=slug, campaign_id=campaign_id)
