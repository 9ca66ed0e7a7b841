"""What happens to a campaign between launch and announcement, for programs; and its copy."""

from __future__ import annotations

from campaign.accounts.authentication import current_actor
from campaign.accounts.permissions import require
from campaign.campaigns.announcement import cancel_announcement, schedule_announcement
from campaign.campaigns.api import api, campaign_document
from campaign.campaigns.covering import change_cover
from campaign.campaigns.duplication import Anew, duplicate_campaign
from campaign.campaigns.extending import extend_campaign, reopen_campaign
from campaign.campaigns.pausing import pause_campaign, resume_campaign
from campaign.campaigns.queries import campaign_by_slug
from campaign.campaigns.schemas import AnnouncementIn, CampaignOut, CoverIn, DuplicateIn, ExtendIn, PauseIn, ReopenIn
from campaign.campaigns.views import view_campaign
from campaign.clock import database_now
from campaign.db import transaction
from campaign.pictures.keeping import draw_picture
from uploads.drawing.shapes import Shape


@api.post("/campaigns/<slug>/pause")
@api.input(PauseIn)
@api.output(CampaignOut)
def post_pause(slug: str, json_data: PauseIn) -> CampaignOut:
    """Take no new photos for a while. Fans read the reason; photos already on their way still arrive."""
    actor = current_actor()
    with transaction():
        campaign = pause_campaign(actor, campaign_by_slug(slug, actor).id, json_data.reason)
    return campaign_document(view_campaign(campaign))


@api.post("/campaigns/<slug>/resume")
@api.output(CampaignOut)
def post_resume(slug: str) -> CampaignOut:
    """Take photos again, until the closing time that was said."""
    actor = current_actor()
    with transaction():
        campaign = resume_campaign(actor, campaign_by_slug(slug, actor).id)
    return campaign_document(view_campaign(campaign))


@api.post("/campaigns/<slug>/extend")
@api.input(ExtendIn)
@api.output(CampaignOut)
def post_extension(slug: str, json_data: ExtendIn) -> CampaignOut:
    """Close later than was said."""
    actor = current_actor()
    with transaction():
        campaign = extend_campaign(actor, campaign_by_slug(slug, actor).id, json_data.closes_at)
    return campaign_document(view_campaign(campaign))


@api.post("/campaigns/<slug>/reopen")
@api.input(ReopenIn)
@api.output(CampaignOut)
def post_reopening(slug: str, json_data: ReopenIn) -> CampaignOut:
    """Take photos again after closing, as long as no jury has begun and nothing is announced."""
    actor = current_actor()
    with transaction():
        campaign = reopen_campaign(
            actor, campaign_by_slug(slug, actor).id, closes_at=json_data.closes_at, reason=json_data.reason
        )
    return campaign_document(view_campaign(campaign))


@api.put("/campaigns/<slug>/announcement")
@api.input(AnnouncementIn)
@api.output(CampaignOut)
def put_announcement(slug: str, json_data: AnnouncementIn) -> CampaignOut:
    """Let the winners be announced at an instant, by themselves; sent again, it moves the instant."""
    actor = current_actor()
    with transaction():
        campaign = schedule_announcement(
            actor, campaign_by_slug(slug, actor).id, json_data.announces_at, json_data.tell_before_hours
        )
    return campaign_document(view_campaign(campaign))


@api.delete("/campaigns/<slug>/announcement")
@api.output(CampaignOut)
def delete_announcement(slug: str) -> CampaignOut:
    """Call off an announcement whose instant has not come."""
    actor = current_actor()
    with transaction():
        campaign = cancel_announcement(actor, campaign_by_slug(slug, actor).id)
    return campaign_document(view_campaign(campaign))


@api.put("/campaigns/<slug>/cover")
@api.input(CoverIn, location="files")
@api.output(CampaignOut)
def put_cover(slug: str, files_data: CoverIn) -> CampaignOut:
    """Hang a cover of the campaign's own, whole and in its shape; the one before is deleted."""
    actor = current_actor()
    campaign = campaign_by_slug(slug, actor)
    require(actor, "campaign.edit", campaign)
    campaign_id = campaign.id
    picture_id = draw_picture(files_data.cover.stream, shape=Shape.COVER, field="cover")
    with transaction():
        campaign = change_cover(actor, campaign_id, picture_id)
    return campaign_document(view_campaign(campaign))


@api.delete("/campaigns/<slug>/cover")
@api.output(CampaignOut)
def delete_cover(slug: str) -> CampaignOut:
    """Take the campaign's own cover down; a photo of the gallery stands for it again."""
    actor = current_actor()
    with transaction():
        campaign = change_cover(actor, campaign_by_slug(slug, actor).id, None)
    return campaign_document(view_campaign(campaign))


@api.post("/campaigns/<slug>/duplicate")
@api.input(DuplicateIn)
@api.output(CampaignOut, status_code=201)
def post_duplicate(slug: str, json_data: DuplicateIn) -> CampaignOut:
    """A new draft with this campaign's settings and words, and none of its photos."""
    actor = current_actor()
    anew = Anew(
        title=json_data.title,
        slug=json_data.slug,
        opens_at=json_data.opens_at or database_now(),
        closes_at=json_data.closes_at,
    )
    with transaction():
        campaign = duplicate_campaign(actor, campaign_by_slug(slug, actor).id, anew)
    return campaign_document(view_campaign(campaign))
