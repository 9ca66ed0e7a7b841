"""What the cast see, and the winners' page that everybody sees."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign.accounts.authentication import current_actor
from campaign.accounts.permissions import require
from campaign.campaigns.queries import campaign_by_slug
from campaign.campaigns.views import view_campaign, view_campaigns
from campaign.db import transaction
from campaign.errors import Conflict, InvalidInput
from campaign.judging.ballots import cast_ballot, round_of, skip_assignment, undo_ballot
from campaign.judging.dealing import deal
from campaign.judging.forms import read_ballot
from campaign.judging.models import Award
from campaign.judging.progress import progress_in
from campaign.judging.queries import last_judged, rounds_to_judge, visible_round
from campaign.judging.selection import chosen_photos
from campaign.judging.views import view_assignment, view_round, view_rounds
from campaign.submissions.views import photo_view

pages = Blueprint("judging", __name__)

AHEAD = 5
"""Photos given to the page at once, so that the next ones load while one is looked at."""


@pages.get("/c/<slug>/winners")
def winners(slug: str) -> ResponseReturnValue:
    """Nobody before the announcement, whoever asks: the page says when it is to come, where that is arranged."""
    campaign = campaign_by_slug(slug, current_actor())
    view = view_campaign(campaign)
    chosen = chosen_photos(campaign.id) if view.announced_at else []
    return render_template(
        "judging/winners.html",
        campaign=view,
        winners=[(photo_view(one.submission), one.place) for one in chosen if one.award is Award.WINNER],
        finalists=[photo_view(one.submission) for one in chosen if one.award is Award.FINALIST],
    )


@pages.get("/panel")
def panel_home() -> ResponseReturnValue:
    """The rounds that are open to this judge."""
    actor = current_actor()
    require(actor, "round.judge")
    assert actor.person_id is not None
    rounds = rounds_to_judge(actor)
    campaigns = view_campaigns([one.campaign for one in rounds])
    progress = progress_in(rounds, actor.person_id)
    return render_template(
        "judging/panel_home.html", rounds=list(zip(view_rounds(rounds), campaigns, progress, strict=True))
    )


@pages.get("/panel/<uuid:round_id>")
def panel(round_id: UUID) -> ResponseReturnValue:
    """One photo, and the next ones behind it. Works without the script: each vote is a form."""
    require(current_actor(), "round.judge")
    try:
        return _panel_page(round_id)
    except Conflict as problem:
        return _to_panel_home(problem)


@pages.post("/panel/assignments/<uuid:assignment_id>/ballot")
def vote(assignment_id: UUID) -> ResponseReturnValue:
    """A word from the plain form. One that is not whole comes back with a sentence, on the same photo."""
    round_id = round_of(current_actor(), assignment_id)
    try:
        with transaction():
            cast_ballot(current_actor(), assignment_id, read_ballot(request.form))
    except InvalidInput as problem:
        return _panel_page(round_id, first=assignment_id, told=problem.message), 422
    except Conflict as problem:
        return _after_refusal(problem, round_id)
    return redirect(url_for("judging.panel", round_id=round_id))


@pages.post("/panel/assignments/<uuid:assignment_id>/undo")
def undo(assignment_id: UUID) -> ResponseReturnValue:
    round_id = round_of(current_actor(), assignment_id)
    try:
        with transaction():
            undo_ballot(current_actor(), assignment_id)
    except Conflict as problem:
        return _after_refusal(problem, round_id)
    return redirect(url_for("judging.panel", round_id=round_id))


@pages.post("/panel/assignments/<uuid:assignment_id>/skip")
def skip(assignment_id: UUID) -> ResponseReturnValue:
    round_id = round_of(current_actor(), assignment_id)
    try:
        with transaction():
            skip_assignment(current_actor(), assignment_id)
    except Conflict as problem:
        return _after_refusal(problem, round_id)
    flash("Put aside. It is no vote: the photo comes back when you are through with the others.")
    return redirect(url_for("judging.panel", round_id=round_id))


def _panel_page(round_id: UUID, *, first: UUID | None = None, told: str = "") -> str:
    """What lies on top of the judge's stack; `first` is laid there where it still waits."""
    actor = current_actor()
    assert actor.person_id is not None
    with transaction():
        hand = deal(actor, round_id, AHEAD)
        waiting = sorted(hand.assignments, key=lambda one: one.id != first)
        top = view_assignment(waiting[0]) if waiting else None
    judged = visible_round(actor, round_id)
    previous = last_judged(round_id, actor.person_id)
    return render_template(
        "judging/panel.html",
        round=view_round(judged),
        campaign=view_campaign(judged.campaign),
        progress=hand.progress,
        assignment=top,
        previous=view_assignment(previous) if previous else None,
        given=request.form,
        told=told,
    )


def _after_refusal(problem: Conflict, round_id: UUID) -> ResponseReturnValue:
    """Words on the panel where the judging goes on, at its front door where it is over."""
    if problem.code.startswith("round_"):
        return _to_panel_home(problem)
    flash(problem.message, "refused")
    return redirect(url_for("judging.panel", round_id=round_id))


def _to_panel_home(problem: Conflict) -> ResponseReturnValue:
    flash(problem.message, "refused")
    return redirect(url_for("judging.panel_home"))
