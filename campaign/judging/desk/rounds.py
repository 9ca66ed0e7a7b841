"""The desk's side of judging: the list of rounds, a round's own page, and its steps from draft to final."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign.accounts.authentication import current_actor
from campaign.accounts.permissions import can, require
from campaign.campaigns.views import view_campaign
from campaign.clock import database_now
from campaign.db import transaction
from campaign.errors import Conflict, InvalidInput
from campaign.judging.desk.doors import desk_campaign, managed_round
from campaign.judging.desk.forms import read_deadline
from campaign.judging.desk.round_page import round_page
from campaign.judging.life.origins import LONGEST_REASON
from campaign.judging.life.reopening import why_not_reopen_round
from campaign.judging.life.rounds import extend_round, move_round, reopen_round
from campaign.judging.models import Round, RoundStage
from campaign.judging.panel.pages import pages as pages  # noqa: PLC0414 -- the desk joins the slice's blueprint
from campaign.judging.queries import rounds_of
from campaign.judging.views import view_round, view_rounds
from campaign.web.forms import Form
from campaign.web.pagination import paginate

DONE = {
    RoundStage.OPEN: "The round is open, and the panel hears of it. They can begin.",
    RoundStage.CLOSED: "The round is closed and sealed, and the panel gets the seal. Here is the result.",
    RoundStage.FINAL: "The result is final. Its dossier can be downloaded, and anybody can check it.",
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
    return round_page(managed_round(round_id))


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


@pages.get("/desk/rounds/<uuid:round_id>/reopen")
def desk_round_reopen(round_id: UUID) -> ResponseReturnValue:
    """Why it is opened again is asked first: the record keeps it, and the panel may read it."""
    closed = managed_round(round_id)
    require(current_actor(), "round.manage", closed)
    return _reopen_page(closed, Form({"reason": ""}))


@pages.post("/desk/rounds/<uuid:round_id>/reopen")
def desk_round_open_again(round_id: UUID) -> ResponseReturnValue:
    closed = managed_round(round_id)
    require(current_actor(), "round.manage", closed)
    reason = request.form.get("reason", "")
    try:
        with transaction():
            reopen_round(current_actor(), round_id, reason)
    except InvalidInput as problem:
        return _reopen_page(managed_round(round_id), Form({"reason": reason}, problem.fields)), 422
    except Conflict as problem:
        flash(problem.message, "refused")
    else:
        flash("The round is open again, and the panel hears of it. What was given stays, and it is sealed anew later.")
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
        return round_page(managed_round(round_id), deadline=words, errors=errors), 422
    try:
        with transaction():
            extend_round(current_actor(), round_id, closes_at)
    except InvalidInput as problem:
        return round_page(managed_round(round_id), deadline=words, errors=problem.fields), 422
    except Conflict as problem:
        flash(problem.message, "refused")
    else:
        flash("The deadline is moved. The panel sees the new one.")
    return redirect(url_for("judging.desk_round", round_id=round_id))


def _reopen_page(closed: Round, form: Form) -> str:
    return render_template(
        "desk/round_reopen.html",
        round=view_round(closed),
        campaign=view_campaign(closed.campaign),
        form=form,
        longest=LONGEST_REASON,
        why_not=why_not_reopen_round(closed, closed.campaign, database_now()),
    )
