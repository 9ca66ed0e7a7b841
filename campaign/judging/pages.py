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
from campaign.judging.allocation import deal
from campaign.judging.ballots import cast_ballot, undo_ballot
from campaign.judging.models import Award
from campaign.judging.progress import progress_in
from campaign.judging.queries import last_judged, rounds_to_judge, visible_round
from campaign.judging.selection import announced_selection
from campaign.judging.views import view_assignment, view_round, view_rounds
from campaign.submissions.views import photo_view

pages = Blueprint("judging", __name__)

AHEAD = 5
"""Photos given to the page at once, so that the next ones load while one is looked at."""


@pages.get("/c/<slug>/winners")
def winners(slug: str) -> ResponseReturnValue:
    """Nobody before the announcement, whoever asks: the page says that it is still to come."""
    campaign = campaign_by_slug(slug, current_actor())
    chosen = announced_selection(campaign)
    return render_template(
        "judging/winners.html",
        campaign=view_campaign(campaign),
        winners=[(photo_view(one.submission), one.place) for one in chosen if one.award is Award.WINNER],
        finalists=[photo_view(one.submission) for one in chosen if one.award is Award.FINALIST],
        announced=campaign.announced_at is not None,
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
    actor = current_actor()
    require(actor, "round.judge")
    assert actor.person_id is not None
    try:
        with transaction():
            hand = deal(actor, round_id, AHEAD)
            waiting = [view_assignment(one) for one in hand.assignments]
    except Conflict as problem:
        return _to_panel_home(problem)
    judged = visible_round(actor, round_id)
    previous = last_judged(round_id, actor.person_id)
    return render_template(
        "judging/panel.html",
        round=view_round(judged),
        campaign=view_campaign(judged.campaign),
        progress=hand.progress,
        assignment=waiting[0] if waiting else None,
        upcoming=waiting[1:],
        previous=view_assignment(previous) if previous else None,
    )


@pages.post("/panel/assignments/<uuid:assignment_id>/ballot")
def vote(assignment_id: UUID) -> ResponseReturnValue:
    words = request.form.get("stars", "")
    if words not in {"1", "2", "3", "4", "5"}:
        raise InvalidInput("A photo gets one to five stars.", fields={"stars": "Choose from 1 to 5."})
    try:
        with transaction():
            round_id = cast_ballot(current_actor(), assignment_id, int(words)).round_id
    except Conflict as problem:
        return _to_panel_home(problem)
    return redirect(url_for("judging.panel", round_id=round_id))


@pages.post("/panel/assignments/<uuid:assignment_id>/undo")
def undo(assignment_id: UUID) -> ResponseReturnValue:
    try:
        with transaction():
            round_id = undo_ballot(current_actor(), assignment_id).round_id
    except Conflict as problem:
        return _to_panel_home(problem)
    return redirect(url_for("judging.panel", round_id=round_id))


def _to_panel_home(problem: Conflict) -> ResponseReturnValue:
    flash(problem.message, "refused")
    return redirect(url_for("judging.panel_home"))
