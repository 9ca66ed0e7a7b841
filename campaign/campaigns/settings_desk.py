"""The forms that make a campaign, change it, and copy it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign.accounts.authentication import current_actor
from campaign.accounts.permissions import require
from campaign.campaigns.covering import change_cover
from campaign.campaigns.desk import for_desk, refusal_of
from campaign.campaigns.duplication import Anew, duplicate_campaign
from campaign.campaigns.forms import blank_form, form_of, read_form, read_instants
from campaign.campaigns.lifecycle import create_campaign, edit_campaign
from campaign.campaigns.models import Campaign
from campaign.campaigns.pages import pages
from campaign.campaigns.particulars import TIME_ZONES, check_particulars
from campaign.campaigns.views import CampaignView, view_campaign
from campaign.clock import database_now
from campaign.db import db
from campaign.errors import InvalidInput, Unavailable
from campaign.pictures.keeping import draw_picture
from campaign.web.forms import LOCAL, Form
from uploads.drawing.shapes import Shape
from uploads.objects import StorageUnavailable

SAVED = "The draft is saved. Only the desk sees it until you launch it."


@pages.get("/desk/campaigns/new")
def desk_new() -> ResponseReturnValue:
    require(current_actor(), "campaign.create")
    return _form_page(None, blank_form(database_now()))


@pages.post("/desk/campaigns/new")
def desk_create() -> ResponseReturnValue:
    actor = current_actor()
    require(actor, "campaign.create")
    picture_id, problems = _checked_and_drawn(None)
    made: list[str] = []

    def create() -> None:
        campaign = create_campaign(actor, read_form(request.form))
        if picture_id:
            change_cover(actor, campaign.id, picture_id)
        made.append(campaign.slug)

    problems = problems or refusal_of(create)
    if problems:
        return _form_page(None, Form(request.form.to_dict(), problems)), 422
    flash(SAVED)
    return redirect(url_for("campaigns.desk_show", slug=made[0]))


@pages.get("/desk/c/<slug>/edit")
def desk_edit(slug: str) -> ResponseReturnValue:
    campaign = for_desk(slug, edit=True)
    return _form_page(view_campaign(campaign), form_of(campaign))


@pages.post("/desk/c/<slug>/edit")
def desk_save(slug: str) -> ResponseReturnValue:
    campaign, actor = for_desk(slug, edit=True), current_actor()
    campaign_id = campaign.id
    picture_id, problems = _checked_and_drawn(campaign)

    def save() -> None:
        edit_campaign(actor, campaign_id, read_form(request.form, campaign))
        if picture_id or request.form.get("remove_cover"):
            change_cover(actor, campaign_id, picture_id)

    problems = problems or refusal_of(save)
    if problems:
        view = view_campaign(for_desk(slug, edit=True))
        return _form_page(view, Form(request.form.to_dict(), problems)), 422
    flash("Saved.")
    return redirect(url_for("campaigns.desk_show", slug=slug))


@pages.get("/desk/c/<slug>/duplicate")
def desk_duplicate(slug: str) -> ResponseReturnValue:
    return _copy_page(_to_copy(slug))


@pages.post("/desk/c/<slug>/duplicate")
def desk_copy(slug: str) -> ResponseReturnValue:
    campaign = _to_copy(slug)
    made: list[str] = []

    def copy() -> None:
        opens_at, closes_at = read_instants(request.form, campaign.time_zone, "opens_at", "closes_at")
        words = {"title": request.form.get("title", "").strip(), "slug": request.form.get("slug", "").strip() or None}
        anew = Anew(title=words["title"] or "", slug=words["slug"], opens_at=opens_at, closes_at=closes_at)
        made.append(duplicate_campaign(current_actor(), campaign.id, anew).slug)

    problems = refusal_of(copy)
    if problems:
        return _copy_page(_to_copy(slug), Form(request.form.to_dict(), problems)), 422
    flash("The copy is a draft with the same settings and words. Read it once more, then launch it.")
    return redirect(url_for("campaigns.desk_show", slug=made[0]))


def _checked_and_drawn(campaign: Campaign | None) -> tuple[UUID | None, dict[str, str]]:
    """The cover that was sent, drawn only where all else can be kept; and what has to be mended first."""
    problems = refusal_of(lambda: check_particulars(read_form(request.form, campaign)))
    file = request.files.get("cover")
    if problems or file is None or not file.filename:
        return None, problems
    try:
        return draw_picture(file.stream, shape=Shape.COVER, field="cover"), {}
    except InvalidInput as problem:
        return None, problem.fields
    except (Unavailable, StorageUnavailable):
        return None, {"cover": "Pictures cannot be taken at this moment. Save without it, or try again in a minute."}


def _to_copy(slug: str) -> Campaign:
    campaign = for_desk(slug, edit=True)
    require(current_actor(), "campaign.create")
    return campaign


def _form_page(campaign: CampaignView | None, form: Form) -> str:
    db.session.rollback()
    return render_template("desk/campaign_form.html", campaign=campaign, form=form, time_zones=sorted(TIME_ZONES))


def _copy_page(campaign: Campaign, form: Form | None = None) -> str:
    """As long as the first time, beginning tomorrow."""
    if form is None:
        opens = (database_now() + timedelta(days=1)).astimezone(ZoneInfo(campaign.time_zone)).replace(minute=0)
        closes = opens + (campaign.closes_at - campaign.opens_at)
        form = Form({"title": "", "slug": "", "opens_at": opens.strftime(LOCAL), "closes_at": closes.strftime(LOCAL)})
    return render_template("desk/duplicate.html", campaign=view_campaign(campaign), form=form)
