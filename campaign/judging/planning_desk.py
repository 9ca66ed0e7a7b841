"""The desk's form for a round: prepare one, change a draft, take a draft away."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign.accounts.authentication import current_actor
from campaign.accounts.permissions import require
from campaign.campaigns.models import Campaign
from campaign.campaigns.views import view_campaign
from campaign.db import transaction
from campaign.errors import Conflict, InvalidInput
from campaign.judging.desk import desk_campaign, managed_round
from campaign.judging.desk import pages as pages  # noqa: PLC0414 -- joins the slice's blueprint
from campaign.judging.forms import blank_form, form_of, kept_form, read_form
from campaign.judging.models import Round, RoundStage
from campaign.judging.queries import cast_of, closed_rounds, next_number, panel_of
from campaign.judging.rounds import create_round, delete_round, edit_round
from campaign.judging.views import view_round
from campaign.web.forms import Form


@pages.get("/desk/c/<slug>/rounds/new")
def desk_round_new(slug: str) -> ResponseReturnValue:
    """The form; `source` and `top` in the address fill in where its photos come from."""
    campaign = desk_campaign(slug)
    require(current_actor(), "round.manage", campaign)
    panel = [str(member.person_id) for member in cast_of(campaign.id)]
    source, top = request.args.get("source", ""), request.args.get("top", "")
    return _form_page(campaign, blank_form(next_number(campaign.id), panel, source=source, top=top))


@pages.post("/desk/c/<slug>/rounds/new")
def desk_round_create(slug: str) -> ResponseReturnValue:
    campaign = desk_campaign(slug)
    require(current_actor(), "round.manage", campaign)
    try:
        with transaction():
            prepared = create_round(current_actor(), campaign.id, read_form(request.form, campaign.time_zone))
            round_id = prepared.id
    except InvalidInput as problem:
        return _form_page(desk_campaign(slug), kept_form(request.form, problem.fields)), 422
    except Conflict as problem:
        flash(problem.message, "refused")
        return redirect(url_for("judging.desk_rounds", slug=slug))
    flash("The round is prepared. Open it when the panel may begin.")
    return redirect(url_for("judging.desk_round", round_id=round_id))


@pages.get("/desk/rounds/<uuid:round_id>/edit")
def desk_round_edit(round_id: UUID) -> ResponseReturnValue:
    prepared = managed_round(round_id)
    require(current_actor(), "round.manage", prepared)
    if prepared.stage is not RoundStage.DRAFT:
        flash(f"“{prepared.title}” has opened, so it stays as the panel met it.", "refused")
        return redirect(url_for("judging.desk_round", round_id=round_id))
    return _form_page(prepared.campaign, form_of(prepared, list(panel_of(round_id))), prepared)


@pages.post("/desk/rounds/<uuid:round_id>/edit")
def desk_round_change(round_id: UUID) -> ResponseReturnValue:
    prepared = managed_round(round_id)
    require(current_actor(), "round.manage", prepared)
    try:
        with transaction():
            edit_round(current_actor(), round_id, read_form(request.form, prepared.campaign.time_zone, prepared))
    except InvalidInput as problem:
        prepared = managed_round(round_id)
        return _form_page(prepared.campaign, kept_form(request.form, problem.fields), prepared), 422
    except Conflict as problem:
        flash(problem.message, "refused")
    else:
        flash("The round is changed.")
    return redirect(url_for("judging.desk_round", round_id=round_id))


@pages.post("/desk/rounds/<uuid:round_id>/delete")
def desk_round_delete(round_id: UUID) -> ResponseReturnValue:
    gone = managed_round(round_id)
    slug, title = gone.campaign.slug, gone.title
    try:
        with transaction():
            delete_round(current_actor(), round_id)
    except Conflict as problem:
        flash(problem.message, "refused")
        return redirect(url_for("judging.desk_round", round_id=round_id))
    flash(f"“{title}” is gone. Nobody had judged in it.")
    return redirect(url_for("judging.desk_rounds", slug=slug))


def _form_page(campaign: Campaign, form: Form, prepared: Round | None = None) -> str:
    cast = [(str(member.person_id), member.display_name) for member in cast_of(campaign.id)]
    sources = [(str(one.id), one.title) for one in closed_rounds(campaign.id)]
    return render_template(
        "desk/round_form.html",
        campaign=view_campaign(campaign),
        round=view_round(prepared) if prepared else None,
        form=form,
        cast=cast,
        sources=sources,
    )
