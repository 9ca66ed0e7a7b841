"""The desk's side of judging: a round's progress and its result, opening, extending and closing it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign.accounts.authentication import current_actor
from campaign.accounts.permissions import can, require
from campaign.campaigns.models import Campaign, State
from campaign.campaigns.queries import campaign_by_slug
from campaign.campaigns.views import view_campaign
from campaign.db import transaction
from campaign.errors import Conflict, InvalidInput, NotFound
from campaign.judging.forms import read_deadline
from campaign.judging.models import Round, RoundStage
from campaign.judging.opening import why_not_open
from campaign.judging.pages import pages as pages  # noqa: PLC0414 -- the desk joins the slice's blueprint
from campaign.judging.progress import seats_of
from campaign.judging.queries import rounds_of, visible_round
from campaign.judging.result_views import ResultRow, result_rows
from campaign.judging.results import results_of
from campaign.judging.rounds import extend_round, move_round
from campaign.judging.scoring.means import Standing
from campaign.judging.selection import selection_of
from campaign.judging.source import Cut, cut_of
from campaign.judging.views import view_round, view_rounds
from campaign.submissions.models import SubmissionState
from campaign.web.forms import LOCAL
from campaign.web.pagination import paginate

SHOWN = 100
"""Rows of the result on the desk's page; the API lists all of them."""

UNDECIDED = (SubmissionState.TICKETED, SubmissionState.RECEIVED, SubmissionState.READY)

DONE = {
    RoundStage.OPEN: "The round is open. The panel can begin.",
    RoundStage.CLOSED: "The round is closed and sealed. Here is the result.",
}


@pages.get("/desk/c/<slug>/rounds")
def desk_rounds(slug: str) -> ResponseReturnValue:
    campaign = desk_campaign(slug)
    require(current_actor(), "round.results", campaign)
    page = paginate(rounds_of(campaign.id), at=Round.created_at, cursor=request.args.get("after"))
    return render_template(
        "desk/rounds.html",
        campaign=view_campaign(campaign),
        rounds=view_rounds(page.items),
        next_cursor=page.next_cursor,
        can_manage=can(current_actor(), "round.manage", campaign),
    )


@pages.get("/desk/rounds/<uuid:round_id>")
def desk_round(round_id: UUID) -> ResponseReturnValue:
    return _round_page(round_id)


@pages.post("/desk/rounds/<uuid:round_id>/transitions")
def desk_round_transition(round_id: UUID) -> ResponseReturnValue:
    require(current_actor(), "round.manage", managed_round(round_id))
    to = request.form.get("to", "")
    if to not in DONE:
        raise InvalidInput("Choose what should happen to the round.", fields={"to": "not a state"})
    try:
        with transaction():
            move_round(current_actor(), round_id, RoundStage(to))
    except Conflict as problem:
        flash(problem.message, "refused")
    else:
        flash(DONE[RoundStage(to)])
    return redirect(url_for("judging.desk_round", round_id=round_id))


@pages.post("/desk/rounds/<uuid:round_id>/deadline")
def desk_round_deadline(round_id: UUID) -> ResponseReturnValue:
    """More time for the panel of an open round."""
    judged = managed_round(round_id)
    require(current_actor(), "round.manage", judged)
    errors: dict[str, str] = {}
    words = request.form.get("closes_at", "")
    closes_at = read_deadline(words, judged.campaign.time_zone, errors, judged.closes_at)
    if errors:
        return _round_page(round_id, deadline=words, errors=errors), 422
    try:
        with transaction():
            extend_round(current_actor(), round_id, closes_at)
    except InvalidInput as problem:
        return _round_page(round_id, deadline=words, errors=problem.fields), 422
    except Conflict as problem:
        flash(problem.message, "refused")
    else:
        flash("The deadline is moved. The panel sees the new one.")
    return redirect(url_for("judging.desk_round", round_id=round_id))


def desk_campaign(slug: str) -> Campaign:
    """The campaign, for whoever works at its desk."""
    campaign = campaign_by_slug(slug, current_actor())
    require(current_actor(), "campaign.desk", campaign)
    return campaign


def managed_round(round_id: UUID) -> Round:
    """The round, for whoever works at its desk; judges who do not are told that there is none."""
    actor = current_actor()
    require(actor, "campaign.desk")
    judged = visible_round(actor, round_id)
    if not can(actor, "round.results", judged):
        raise NotFound("There is no round here that you could see. Signing in as somebody else may help.")
    return judged


def _round_page(round_id: UUID, *, deadline: str | None = None, errors: dict[str, str] | None = None) -> str:
    actor = current_actor()
    judged = managed_round(round_id)
    campaign = view_campaign(judged.campaign)
    view = view_round(judged)
    can_manage = can(actor, "round.manage", judged)
    return render_template(
        "desk/round.html",
        round=view,
        campaign=campaign,
        panel=seats_of(judged),
        waiting=sum(campaign.counts.get(state, 0) for state in UNDECIDED),
        results=_shown(results_of(actor, judged), judged) if judged.stage is RoundStage.CLOSED else None,
        cut=_cut(judged),
        transitions=_transitions(judged) if can_manage else [],
        can_manage=can_manage,
        deadline=deadline if deadline is not None else _local(judged),
        errors=errors or {},
        can_choose=can(actor, "selection.choose", judged) and campaign.state is not State.ANNOUNCED,
        is_over=campaign.state is State.ANNOUNCED,
        is_chosen=bool(selection_of(judged.campaign_id)),
    )


def _shown(standings: Sequence[Standing], judged: Round) -> list[ResultRow]:
    """The best, and whatever is chosen already further down, so that saving the form loses no choice."""
    chosen = selection_of(judged.campaign_id)
    further = [one for one in standings[SHOWN:] if UUID(one.submission) in chosen]
    return result_rows([*standings[:SHOWN], *further], chosen)


def _cut(judged: Round) -> Cut | None:
    """For a draft: who would come over from its source just now."""
    if judged.stage is not RoundStage.DRAFT or judged.source is None or judged.source_top is None:
        return None
    return cut_of(judged.source, judged.source_top)


def _transitions(judged: Round) -> list[tuple[RoundStage, str, bool, str | None]]:
    """(to, label, allowed, why not) for what can be done to the round."""
    if judged.stage is RoundStage.DRAFT:
        why_not = why_not_open(judged)
        return [(RoundStage.OPEN, "Open to the panel", why_not is None, why_not)]
    if judged.stage is RoundStage.OPEN:
        return [(RoundStage.CLOSED, "Close and seal", True, None)]
    return []


def _local(judged: Round) -> str:
    zone = ZoneInfo(judged.campaign.time_zone)
    return judged.closes_at.astimezone(zone).strftime(LOCAL) if judged.closes_at else ""
