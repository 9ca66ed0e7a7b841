"""The desk's side of judging: rounds, their progress, their result, and the choice of winners."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign.accounts.authentication import current_actor
from campaign.accounts.permissions import can, require
from campaign.campaigns.models import Campaign, Stage
from campaign.campaigns.queries import campaign_by_slug
from campaign.campaigns.views import view_campaign
from campaign.db import transaction
from campaign.errors import Conflict, InvalidInput, NotFound
from campaign.judging.forms import blank_form, kept_form, read_form, uuids
from campaign.judging.models import Round, RoundStage
from campaign.judging.pages import pages as pages  # noqa: PLC0414 -- the desk joins the slice's blueprint
from campaign.judging.queries import all_rounds, cast_of, seats_of, visible_round
from campaign.judging.results import results_of
from campaign.judging.rounds import create_round, move_round, why_not_open
from campaign.judging.scoring import Standing
from campaign.judging.selection import choose, selection_of
from campaign.judging.views import ResultRow, result_rows, view_round, view_rounds
from campaign.submissions.models import SubmissionState
from campaign.web.forms import Form

SHOWN = 100
"""Rows of the result on the desk's page; the API lists all of them."""

UNDECIDED = (SubmissionState.TICKETED, SubmissionState.RECEIVED, SubmissionState.READY)

DONE = {
    RoundStage.OPEN: "The round is open. The panel can begin.",
    RoundStage.CLOSED: "The round is closed and sealed. Here is the result.",
}


@pages.get("/desk/c/<slug>/rounds")
def desk_rounds(slug: str) -> ResponseReturnValue:
    campaign = _campaign(slug)
    require(current_actor(), "round.results", campaign)
    return render_template(
        "desk/rounds.html",
        campaign=view_campaign(campaign),
        rounds=view_rounds(all_rounds(campaign.id)),
        can_manage=can(current_actor(), "round.manage", campaign),
    )


@pages.get("/desk/c/<slug>/rounds/new")
def desk_round_new(slug: str) -> ResponseReturnValue:
    campaign = _campaign(slug)
    require(current_actor(), "round.manage", campaign)
    panel = [str(member.person_id) for member in cast_of(campaign.id)]
    return _form_page(campaign, blank_form(len(all_rounds(campaign.id)) + 1, panel))


@pages.post("/desk/c/<slug>/rounds/new")
def desk_round_create(slug: str) -> ResponseReturnValue:
    campaign = _campaign(slug)
    require(current_actor(), "round.manage", campaign)
    try:
        with transaction():
            prepared = create_round(current_actor(), campaign.id, read_form(request.form, campaign.time_zone))
            round_id = prepared.id
    except InvalidInput as problem:
        return _form_page(_campaign(slug), kept_form(request.form, problem.fields)), 422
    except Conflict as problem:
        flash(problem.message, "refused")
        return redirect(url_for("judging.desk_rounds", slug=slug))
    flash("The round is prepared. Open it when the panel may begin.")
    return redirect(url_for("judging.desk_round", round_id=round_id))


@pages.get("/desk/rounds/<uuid:round_id>")
def desk_round(round_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    judged = _round(round_id)
    campaign = view_campaign(judged.campaign)
    results = _shown(results_of(actor, judged), judged) if judged.stage is RoundStage.CLOSED else None
    return render_template(
        "desk/round.html",
        round=view_round(judged),
        campaign=campaign,
        panel=seats_of(round_id),
        waiting=sum(campaign.counts.get(state, 0) for state in UNDECIDED),
        results=results,
        transitions=_transitions(judged) if can(actor, "round.manage", judged) else [],
        can_choose=can(actor, "selection.choose", judged) and judged.campaign.stage is not Stage.ANNOUNCED,
    )


@pages.post("/desk/rounds/<uuid:round_id>/transitions")
def desk_round_transition(round_id: UUID) -> ResponseReturnValue:
    to = request.form.get("to", "")
    if to not in DONE:
        raise InvalidInput("Choose what should happen to the round.", fields={"to": "not a state"})
    require(current_actor(), "round.manage", _round(round_id))
    try:
        with transaction():
            move_round(current_actor(), round_id, RoundStage(to))
    except Conflict as problem:
        flash(problem.message, "refused")
    else:
        flash(DONE[RoundStage(to)])
    return redirect(url_for("judging.desk_round", round_id=round_id))


@pages.post("/desk/rounds/<uuid:round_id>/selection")
def desk_selection(round_id: UUID) -> ResponseReturnValue:
    errors: dict[str, str] = {}
    finalists = uuids(request.form.getlist("finalists"), "finalists", errors)
    winners = uuids(request.form.getlist("winners"), "winners", errors)
    if errors:
        raise InvalidInput("The choice did not reach us whole. Reload the page and choose again.", fields=errors)
    try:
        with transaction():
            choose(current_actor(), _round(round_id), finalists, winners)
    except InvalidInput as problem:
        flash(" ".join(problem.fields.values()), "refused")
    except Conflict as problem:
        flash(problem.message, "refused")
    else:
        flash("The choice is kept. Nobody outside the desk sees it before you announce.")
    return redirect(url_for("judging.desk_round", round_id=round_id))


def _shown(standings: Sequence[Standing], judged: Round) -> list[ResultRow]:
    """The best, and whatever is chosen already further down, so that saving the form loses no choice."""
    chosen = selection_of(judged.campaign_id)
    further = [one for one in standings[SHOWN:] if UUID(one.submission) in chosen]
    return result_rows([*standings[:SHOWN], *further], chosen)


def _transitions(judged: Round) -> list[tuple[RoundStage, str, bool, str | None]]:
    """(to, label, allowed, why not) for what can be done to the round."""
    if judged.stage is RoundStage.DRAFT:
        why_not = why_not_open(judged)
        return [(RoundStage.OPEN, "Open to the panel", why_not is None, why_not)]
    if judged.stage is RoundStage.OPEN:
        return [(RoundStage.CLOSED, "Close and seal", True, None)]
    return []


def _campaign(slug: str) -> Campaign:
    campaign = campaign_by_slug(slug, current_actor())
    require(current_actor(), "campaign.desk", campaign)
    return campaign


def _round(round_id: UUID) -> Round:
    actor = current_actor()
    require(actor, "campaign.desk")
    judged = visible_round(actor, round_id)
    if not can(actor, "round.results", judged):
        raise NotFound("There is no round here that you could see. Signing in as somebody else may help.")
    return judged


def _form_page(campaign: Campaign, form: Form) -> str:
    cast = [(str(member.person_id), member.display_name) for member in cast_of(campaign.id)]
    return render_template("desk/round_form.html", campaign=view_campaign(campaign), form=form, cast=cast)
