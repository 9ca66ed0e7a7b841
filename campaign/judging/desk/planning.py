"""The desk's form for a round: prepare one, another like it, change a draft, take a draft away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign.accounts.authentication import current_actor
from campaign.accounts.permissions import require
from campaign.campaigns.models import Campaign
from campaign.campaigns.views import view_campaign
from campaign.db import transaction
from campaign.errors import Conflict, InvalidInput, NotFound
from campaign.judging.desk.doors import desk_campaign, managed_round
from campaign.judging.desk.forms import USUAL, blank_form, copy_form, form_of, kept_form, read_form
from campaign.judging.desk.rounds import pages as pages  # noqa: PLC0414 -- joins the slice's blueprint
from campaign.judging.desk.sizes import category_counts, entry_counts, expected_photos
from campaign.judging.desk.source_forms import kept_values, source_in
from campaign.judging.desk.workload import Workload, workload
from campaign.judging.life.plan import LARGEST_QUORUM, LIST_SIZES
from campaign.judging.life.rounds import create_round, delete_round, edit_round
from campaign.judging.methods.shape import Criterion, Method, Terms
from campaign.judging.models import Round, RoundStage, TieRule
from campaign.judging.queries import cast_of, closed_rounds, next_number, panel_of
from campaign.judging.views import view_round
from campaign.web.forms import Form, read_number
from campaign.web.times import plural

TIE_RULES = (
    (TieRule.SHARED, "They share their place", "Nothing is made up: 2nd, 2nd, 4th."),
    (TieRule.MORE_BALLOTS, "More ballots", "Of equals, the one with more ballots stands first."),
    (TieRule.HEAD_TO_HEAD, "Head to head", "Of equals, the one put higher by the judges who had both before them."),
    (TieRule.CHAIR, "The chair’s vote", "Once the round has closed, the chair puts equals in order."),
    (TieRule.DRAW, "A draw", "From the round’s seed, fixed before anybody voted: whoever likes can draw it again."),
)  # fmt: skip


@pages.get("/desk/c/<slug>/rounds/new")
def desk_round_new(slug: str) -> ResponseReturnValue:
    """The form; `source` and `top` in the address fill in where its photos come from, `like` the rules of a round."""
    campaign = desk_campaign(slug)
    require(current_actor(), "round.manage", campaign)
    number = next_number(campaign.id)
    if "like" in request.args:
        like = managed_round(_id(request.args["like"]))
        return form_page(campaign, copy_form(like, list(panel_of(like.id)), number))
    panel = [str(member.person_id) for member in cast_of(campaign.id)]
    given = {name: value for name, value in kept_values(request.args).items() if value}
    return form_page(campaign, blank_form(number, panel, given))


@pages.post("/desk/c/<slug>/rounds/new")
def desk_round_create(slug: str) -> ResponseReturnValue:
    campaign = desk_campaign(slug)
    require(current_actor(), "round.manage", campaign)
    if request.form.get("step") == "look":
        return form_page(campaign, kept_form(request.form, {}))
    try:
        with transaction():
            prepared = create_round(current_actor(), campaign.id, read_form(request.form, campaign.time_zone))
            round_id = prepared.id
    except InvalidInput as problem:
        return form_page(desk_campaign(slug), kept_form(request.form, problem.fields)), 422
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
    return form_page(prepared.campaign, form_of(prepared, list(panel_of(round_id))), prepared)


@pages.post("/desk/rounds/<uuid:round_id>/edit")
def desk_round_change(round_id: UUID) -> ResponseReturnValue:
    prepared = managed_round(round_id)
    require(current_actor(), "round.manage", prepared)
    if request.form.get("step") == "look":
        return form_page(prepared.campaign, kept_form(request.form, {}), prepared)
    try:
        with transaction():
            edit_round(current_actor(), round_id, read_form(request.form, prepared.campaign.time_zone, prepared))
    except InvalidInput as problem:
        prepared = managed_round(round_id)
        return form_page(prepared.campaign, kept_form(request.form, problem.fields), prepared), 422
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


def form_page(campaign: Campaign, form: Form, prepared: Round | None = None) -> str:
    """The form as it stands, with how much work that would be."""
    cast = [(str(member.person_id), member.display_name) for member in cast_of(campaign.id)]
    rounds = closed_rounds(campaign.id)
    sizes = entry_counts(rounds)
    slug, view = campaign.slug, view_campaign(campaign)
    here = "judging.desk_round_change" if prepared else "judging.desk_round_create"
    return render_template(
        "desk/round_form.html",
        campaign=view,
        action=url_for(here, round_id=prepared.id) if prepared else url_for(here, slug=slug),
        round=view_round(prepared) if prepared else None,
        form=form,
        cast=cast,
        sources=[(str(one.id), one.title, plural(sizes.get(one.id, 0), "photo")) for one in rounds],
        published=view.counts.get("published", 0),
        categories=category_counts(campaign.id, campaign.categories),
        tie_rules=TIE_RULES,
        workload=_workload(campaign, form.values),
        workload_url=f"/api/v1/campaigns/{slug}/workload",
    )


def _workload(campaign: Campaign, values: Mapping[str, Any]) -> Workload:
    """How much work the form's round would be; where something cannot be read yet, nothing is told."""
    method = Method(values["method"]) if values["method"] in set(Method) else Method.STARS
    quorum, size = (read_number(str(values[name] or USUAL.get(name, ""))) or 0 for name in ("quorum", "list_size"))
    criteria = tuple(Criterion(name) for _, name, _ in values["criteria"] if name) if method is Method.STARS else ()
    photos = 0
    if 1 <= quorum <= LARGEST_QUORUM and size in LIST_SIZES:
        photos = expected_photos(campaign, source_in(values))
    return workload(method, Terms(quorum, criteria, 5, size), photos=photos, judges=len(values["panel"]))


def _id(word: str) -> UUID:
    try:
        return UUID(word)
    except ValueError:
        raise NotFound("There is no such round. Choose one from the list.") from None
