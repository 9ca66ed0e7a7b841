"""What the cast see, and the winners' page that everybody sees."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign.accounts.authentication import current_actor
from campaign.accounts.permissions import require
from campaign.campaigns.queries import campaign_by_slug
from campaign.campaigns.views import view_campaign, view_campaigns
from campaign.db import transaction
from campaign.errors import Conflict, InvalidInput
from campaign.judging.allocation.progress import progress_in
from campaign.judging.models import Award
from campaign.judging.panel.forms import read_ballot
from campaign.judging.panel.seats import rounds_judged
from campaign.judging.panel.sittings import panel_page
from campaign.judging.queries import rounds_to_judge
from campaign.judging.results.selection import chosen_photos
from campaign.judging.views import view_rounds
from campaign.judging.voting.ballots import cast_ballot, round_of, skip_assignment, undo_ballot
from campaign.submissions.views import photo_view

pages = Blueprint("judging", __name__)


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
    """The rounds that are open to this judge, and those that closed, with thanks."""
    actor = current_actor()
    require(actor, "round.judge")
    assert actor.person_id is not None
    rounds = rounds_to_judge(actor)
    campaigns = view_campaigns([one.campaign for one in rounds])
    progress = progress_in(rounds, actor.person_id)
    return render_template(
        "judging/panel_home.html",
        rounds=list(zip(view_rounds(rounds), campaigns, progress, strict=True)),
        judged=rounds_judged(actor.person_id),
    )


@pages.get("/panel/<uuid:round_id>")
def panel(round_id: UUID) -> ResponseReturnValue:
    """One photo (or pair, or list), and the next ones behind it. Works without the script: each word is a form.

    `?look=` lays one of this judge's own on top again, to be changed.
    """
    require(current_actor(), "round.judge")
    try:
        return panel_page(round_id, first=request.args.get("look", type=UUID))
    except Conflict as problem:
        return to_panel_home(problem)


@pages.post("/panel/assignments/<uuid:assignment_id>/ballot")
def vote(assignment_id: UUID) -> ResponseReturnValue:
    """A word from the plain form. One that is not whole comes back with a sentence, on the same photo."""
    round_id = round_of(current_actor(), assignment_id)
    try:
        with transaction():
            cast_ballot(current_actor(), assignment_id, read_ballot(request.form))
    except InvalidInput as problem:
        return panel_page(round_id, first=assignment_id, told=problem.message), 422
    except Conflict as problem:
        return after_refusal(problem, round_id)
    return redirect(url_for("judging.panel", round_id=round_id))


@pages.post("/panel/assignments/<uuid:assignment_id>/undo")
def undo(assignment_id: UUID) -> ResponseReturnValue:
    """Take a word back; the photo lies on top again."""
    done = _done(assignment_id, lambda: undo_ballot(current_actor(), assignment_id))
    return done or redirect(url_for("judging.panel", round_id=round_of(current_actor(), assignment_id)))


@pages.post("/panel/assignments/<uuid:assignment_id>/skip")
def skip(assignment_id: UUID) -> ResponseReturnValue:
    """Put it aside until the others are done."""
    done = _done(assignment_id, lambda: skip_assignment(current_actor(), assignment_id))
    if done is None:
        flash("Put aside. It is no vote: the photo comes back when you are through with the others.")
    return done or redirect(url_for("judging.panel", round_id=round_of(current_actor(), assignment_id)))


def _done(assignment_id: UUID, act: Callable[[], object]) -> ResponseReturnValue | None:
    """Do it in a transaction; an answer where it was refused with words."""
    round_id = round_of(current_actor(), assignment_id)
    try:
        with transaction():
            act()
    except Conflict as problem:
        return after_refusal(problem, round_id)
    return None


def after_refusal(problem: Conflict, round_id: UUID) -> ResponseReturnValue:
    """Words on the panel where the judging goes on, at its front door where it is over."""
    if problem.code.startswith("round_"):
        return to_panel_home(problem)
    flash(problem.message, "refused")
    return redirect(url_for("judging.panel", round_id=round_id))


def to_panel_home(problem: Conflict) -> ResponseReturnValue:
    """The panel's front door, with words."""
    flash(problem.message, "refused")
    return redirect(url_for("judging.panel_home"))
