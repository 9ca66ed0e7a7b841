"""“I know whose this is”: a judge steps aside from a photo, told first what happens."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign.accounts.authentication import current_actor
from campaign.campaigns.views import view_campaign
from campaign.db import transaction
from campaign.errors import Conflict
from campaign.judging.panel.pages import after_refusal
from campaign.judging.panel.pages import pages as pages  # noqa: PLC0414 -- judges' pages join here
from campaign.judging.queries import visible_round, whole_assignments
from campaign.judging.views import view_assignment, view_round
from campaign.judging.voting.ballots import recuse, round_of

LONGEST_REASON = 500


@pages.get("/panel/assignments/<uuid:assignment_id>/recusal")
def panel_recusal(assignment_id: UUID) -> ResponseReturnValue:
    """What happens when a judge steps aside, before they do."""
    judged = visible_round(current_actor(), round_of(current_actor(), assignment_id))
    (assignment,) = whole_assignments([assignment_id])
    return render_template(
        "judging/panel_recusal.html",
        round=view_round(judged),
        campaign=view_campaign(judged.campaign),
        assignment=view_assignment(assignment),
    )


@pages.post("/panel/assignments/<uuid:assignment_id>/recusal")
def step_aside(assignment_id: UUID) -> ResponseReturnValue:
    """I know whose this is: somebody else judges it."""
    round_id = round_of(current_actor(), assignment_id)
    try:
        with transaction():
            recuse(current_actor(), assignment_id, request.form.get("reason", "").strip()[:LONGEST_REASON])
    except Conflict as problem:
        return after_refusal(problem, round_id)
    flash("Thank you for saying so. Somebody else judges it, and it does not come back to you.")
    return redirect(url_for("judging.panel", round_id=round_id))
