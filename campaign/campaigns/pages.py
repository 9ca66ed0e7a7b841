"""What everybody sees of campaigns: the first page, a campaign, its rules, and the question about age."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign.accounts.authentication import affirm_age, current_actor
from campaign.accounts.destinations import safe_next
from campaign.accounts.permissions import can
from campaign.campaigns.accent import stylesheet
from campaign.campaigns.hooks import gallery, laurels
from campaign.campaigns.models import Campaign
from campaign.campaigns.queries import campaign_by_slug, visible_campaigns
from campaign.campaigns.views import view_campaign, view_campaigns
from campaign.clock import database_now
from campaign.db import transaction
from campaign.web.pagination import paginate

pages = Blueprint("campaigns", __name__)


@pages.get("/")
def home() -> ResponseReturnValue:
    page = paginate(
        visible_campaigns(current_actor()),
        at=Campaign.created_at,
        cursor=request.args.get("after"),
    )
    views = view_campaigns(page.items, covers=True)
    return render_template("campaigns/home.html", campaigns=views, next_cursor=page.next_cursor)


@pages.get("/c/<slug>")
def show(slug: str) -> ResponseReturnValue:
    campaign = campaign_by_slug(slug, current_actor())
    return render_template("campaigns/show.html", **public_page(campaign))


def public_page(campaign: Campaign) -> dict[str, Any]:
    """What a campaign's page shows; the desk's preview before launch shows the same."""
    actor = current_actor()
    view = view_campaign(campaign, cover=True)
    crowned = laurels(campaign, database_now())
    return {
        "campaign": view,
        "cover": crowned.winners[0][0] if crowned.winners else view.cover,
        "laurels": crowned,
        "hall": gallery().hall(campaign, request.args, cursor=request.args.get("after")),
        "is_further": "after" in request.args,
        "entries_left": gallery().entries_left(campaign, actor),
        "can_manage": can(actor, "campaign.desk", campaign),
    }


@pages.get("/c/<slug>/rules")
def rules(slug: str) -> ResponseReturnValue:
    campaign = campaign_by_slug(slug, current_actor())
    return render_template("campaigns/rules.html", campaign=view_campaign(campaign), rules=campaign.current_rules)


@pages.get("/c/<slug>/accent.css")
def accent(slug: str) -> Response:
    """The campaign's colour as tokens, so that no page needs an inline style. Its address carries the colour."""
    campaign = campaign_by_slug(slug, current_actor())
    response = make_response(stylesheet(campaign.accent))
    response.mimetype = "text/css"
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


@pages.get("/c/<slug>/age")
def age(slug: str) -> ResponseReturnValue:
    """Asked before sign-in, so that a child is turned away before anything is collected."""
    campaign = campaign_by_slug(slug, current_actor())
    onward = safe_next(request.args.get("next") or url_for("submissions.enter", slug=slug))
    return render_template("campaigns/age.html", campaign=view_campaign(campaign), next=onward)


@pages.post("/c/<slug>/age")
def say_age(slug: str) -> ResponseReturnValue:
    campaign = campaign_by_slug(slug, current_actor())
    if request.form.get("old_enough") != "yes":
        return render_template("campaigns/too_young.html", campaign=view_campaign(campaign))
    with transaction():
        affirm_age(campaign.minimum_age)
    return redirect(safe_next(request.form.get("next") or url_for("submissions.enter", slug=slug)))
