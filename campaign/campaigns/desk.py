"""The marketer's desk: the list of campaigns, one campaign, its form, and its next step."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign.accounts.authentication import current_actor
from campaign.accounts.permissions import can, require
from campaign.campaigns.forms import blank_form, form_of, read_form
from campaign.campaigns.hooks import why_not_announce
from campaign.campaigns.lifecycle import MOVES, create_campaign, edit_campaign, move_campaign, why_not_move
from campaign.campaigns.models import Campaign, State
from campaign.campaigns.pages import pages as pages  # noqa: PLC0414 -- the desk's pages join the slice's blueprint
from campaign.campaigns.particulars import TIME_ZONES
from campaign.campaigns.queries import campaign_by_slug, desk_campaigns
from campaign.campaigns.views import CampaignView, view_campaign, view_campaigns
from campaign.clock import database_now
from campaign.db import db, transaction
from campaign.errors import Conflict, InvalidInput
from campaign.web.forms import Form
from campaign.web.pagination import paginate
from campaign.web.times import plural

LABELS = {State.OPEN: "Launch", State.CLOSED: "Close now", State.ANNOUNCED: "Announce"}

DONE = {
    State.OPEN: "It is launched. Fans can see it now.",
    State.CLOSED: "It is closed. Every photo sent in time is in.",
    State.ANNOUNCED: "It is announced. The winners' page is open to everybody.",
}

NEXT_STEPS = {
    State.DRAFT: "Read it once more as a fan would, then launch it.",
    State.SCHEDULED: "It opens by itself. Nothing to do until then.",
    State.OPEN: "Every photo has been looked at. Nothing waits for you.",
    State.CLOSED: "The winners are chosen. Announce them when the moment has come.",
    State.ANNOUNCED: "Announced. Show the winners' page on the big screen.",
}


@pages.get("/desk")
def desk_home() -> ResponseReturnValue:
    actor = current_actor()
    require(actor, "campaign.desk")
    page = paginate(
        desk_campaigns(actor), at=Campaign.created_at, identity=Campaign.id, cursor=request.args.get("after")
    )
    return render_template(
        "desk/home.html",
        campaigns=view_campaigns(page.items),
        next_cursor=page.next_cursor,
        can_create=can(actor, "campaign.create"),
    )


@pages.get("/desk/campaigns/new")
def desk_new() -> ResponseReturnValue:
    require(current_actor(), "campaign.create")
    return _form_page(None, blank_form(database_now()))


@pages.post("/desk/campaigns/new")
def desk_create() -> ResponseReturnValue:
    require(current_actor(), "campaign.create")
    try:
        with transaction():
            campaign = create_campaign(current_actor(), read_form(request.form))
            slug = campaign.slug
    except InvalidInput as problem:
        return _form_page(None, Form(request.form.to_dict(), problem.fields)), 422
    flash("The draft is saved. Only the desk sees it until you launch it.")
    return redirect(url_for("campaigns.desk_show", slug=slug))


@pages.get("/desk/c/<slug>/edit")
def desk_edit(slug: str) -> ResponseReturnValue:
    campaign = _for_desk(slug, edit=True)
    return _form_page(view_campaign(campaign), form_of(campaign))


@pages.post("/desk/c/<slug>/edit")
def desk_save(slug: str) -> ResponseReturnValue:
    campaign = _for_desk(slug, edit=True)
    try:
        with transaction():
            edit_campaign(current_actor(), campaign.id, read_form(request.form, campaign))
    except (InvalidInput, Conflict) as problem:
        fields = problem.fields if isinstance(problem, InvalidInput) else {"": problem.message}
        campaign = _for_desk(slug, edit=True)
        return _form_page(view_campaign(campaign), Form(request.form.to_dict(), fields)), 422
    flash("Saved.")
    return redirect(url_for("campaigns.desk_show", slug=slug))


@pages.get("/desk/c/<slug>")
def desk_show(slug: str) -> ResponseReturnValue:
    campaign = _for_desk(slug)
    view = view_campaign(campaign)
    now = database_now()
    moves = [(to, LABELS[to], why_not_move(campaign, to, now)) for to in MOVES[view.state]]
    if not can(current_actor(), "campaign.transition", campaign):
        moves = []
    return render_template(
        "desk/campaign.html",
        campaign=view,
        counts=view.counts,
        next_step=next_step(view, why_not_announce(campaign)),
        transitions=[(to, label, why is None, why) for to, label, why in moves],
    )


@pages.post("/desk/c/<slug>/transitions")
def desk_transition(slug: str) -> ResponseReturnValue:
    campaign = _for_desk(slug)
    try:
        to = State(request.form.get("to", ""))
    except ValueError:
        raise InvalidInput("Choose what should happen to the campaign.", fields={"to": "not a state"}) from None
    try:
        with transaction():
            move_campaign(current_actor(), campaign.id, to)
    except Conflict as problem:
        flash(problem.message, "refused")
    else:
        flash(DONE[to])
    return redirect(url_for("campaigns.desk_show", slug=slug))


def next_step(campaign: CampaignView, in_the_way: str | None) -> str:
    """What the desk does next, in a sentence."""
    waiting = campaign.waiting_count
    if waiting and campaign.state is State.OPEN:
        return f"{plural(waiting, 'photo')} waiting for a person to look. Fans hope to hear within a day."
    if waiting and campaign.state is State.CLOSED:
        return f"{plural(waiting, 'photo')} still waiting for a person to look; then the jury can see them all."
    return (campaign.state is State.CLOSED and in_the_way) or NEXT_STEPS[campaign.state]


def _for_desk(slug: str, *, edit: bool = False) -> Campaign:
    actor = current_actor()
    campaign = campaign_by_slug(slug, actor)
    require(actor, "campaign.edit" if edit else "campaign.desk", campaign)
    return campaign


def _form_page(campaign: CampaignView | None, form: Form) -> str:
    db.session.rollback()
    return render_template("desk/campaign_form.html", campaign=campaign, form=form, time_zones=sorted(TIME_ZONES))
