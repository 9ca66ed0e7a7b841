"""A campaign's own cover: what stands at the top of its page from the first day on."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import url_for

from campaign.accounts.actor import Actor
from campaign.accounts.audit import audit
from campaign.accounts.permissions import require
from campaign.campaigns.models import Campaign
from campaign.campaigns.window import hold_window
from campaign.db import db
from campaign.extensions import settings
from campaign.pictures.addresses import card_path, picture_path, picture_srcset
from campaign.pictures.keeping import keep_picture, replace_picture
from campaign.pictures.models import Picture
from uploads.drawing.placeholder import placeholder_url


def change_cover(actor: Actor, campaign_id: UUID, picture_id: UUID | None) -> Campaign:
    """Hang this drawn picture (`pictures.keeping.draw_picture`) as the cover, or none; the one before is deleted.

    Without a cover of its own, the photo published last stands for the campaign. Raises Conflict for a picture that
    waited too long.
    """
    campaign, now = hold_window(campaign_id)
    require(actor, "campaign.edit", campaign)
    if picture_id is None and campaign.cover is None:
        return campaign
    old, new = campaign.cover, keep_picture(picture_id) if picture_id else None
    campaign.cover, campaign.updated_at = new, now
    db.session.flush()
    replace_picture(old, new)
    audit(
        actor,
        "campaign.cover_changed",
        campaign_id=campaign.id,
        subject_id=campaign.id,
        details={"own": new is not None},
    )
    db.session.flush()
    return campaign


@dataclass(frozen=True, slots=True)
class CoverView:
    """A campaign's own cover, in the form in which pages show a photo; it links to the campaign and has no caption."""

    title: str
    slug: str
    picture: Picture
    caption: str = ""
    by: str = ""

    @property
    def url(self) -> str:
        return url_for("campaigns.show", slug=self.slug)

    @property
    def width(self) -> int:
        return self.picture.width

    @property
    def height(self) -> int:
        return self.picture.height

    @property
    def dominant(self) -> str:
        return self.picture.dominant

    @property
    def thumbhash(self) -> str:
        return self.picture.thumbhash

    @property
    def placeholder(self) -> str:
        return placeholder_url(self.thumbhash)

    @property
    def alt(self) -> str:
        return f"The cover of “{self.title}”"

    @property
    def srcset(self) -> str:
        return picture_srcset(self.picture)

    @property
    def card(self) -> str:
        """The absolute address of the JPEG for previews of links; empty where none was drawn."""
        path = card_path(self.picture)
        return f"{settings().base_url.rstrip('/')}{path}" if path else ""

    def src(self, name: str | int) -> str:
        """The rendition of this many pixels, or the next smaller one there is."""
        fitting = [one for one in self.picture.sizes if int(one["width"]) <= int(name)] or self.picture.sizes[:1]
        return picture_path(self.picture.id, fitting[-1]["name"])
