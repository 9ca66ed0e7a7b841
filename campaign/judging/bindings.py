"""What the application binds of this slice."""

from __future__ import annotations

from apiflask import APIFlask

from campaign import jobs
from campaign.accounts.veil import bind_veil
from campaign.campaigns.hooks import bind_laurels, guard_announcement, guard_reopening
from campaign.judging.allocation.following import (
    EVENTS,
    follow_conflict,
    follow_gallery,
    follow_opening,
    plan_unplanned,
)
from campaign.judging.api.changes import changes_api
from campaign.judging.api.conflicts import conflicts_api
from campaign.judging.api.dossier import dossier_api
from campaign.judging.api.keeper import keeper_api
from campaign.judging.api.marks import marks_api
from campaign.judging.api.panel import panel_api
from campaign.judging.api.planning import planning_api
from campaign.judging.api.results import results_api
from campaign.judging.api.rounds import api
from campaign.judging.blindness import campaigns_judged_blind
from campaign.judging.chapters import jury_chapters, outcome_chapters
from campaign.judging.desk import choosing as choosing_desk
from campaign.judging.laurels import crown
from campaign.judging.life.reopening import why_not_reopen
from campaign.judging.panel import chair as chair_pages
from campaign.judging.panel import own as own_pages
from campaign.judging.panel import recusal as recusal_pages
from campaign.judging.results.selection import why_not_announce, why_not_take_down
from campaign.judging.tasks import close_due_rounds, reckon_closed_round
from campaign.submissions.guards import guard_takedown
from campaign.submissions.hooks import bind_chapters
from campaign.web.navigation import Door, add_door

CLOSINGS_EVERY = 1.0
"""Seconds between looks for due deadlines. Votes stop at the deadline whether or not anybody looks."""

PLANS_EVERY = 15.0
"""Seconds between looks for open rounds without a plan, left by the release before."""


def register(app: APIFlask) -> None:
    """Pages, API, the sealing of due rounds, and the answer to whether a campaign may be announced."""
    for joined in (chair_pages, own_pages, recusal_pages):
        assert joined.pages is choosing_desk.pages, "one blueprint, written in several modules"
    for blueprint in (
        choosing_desk.pages,
        api,
        results_api,
        panel_api,
        marks_api,
        keeper_api,
        planning_api,
        changes_api,
        conflicts_api,
        dossier_api,
    ):
        app.register_blueprint(blueprint)
    bind_laurels(app, crown)
    bind_veil(app, campaigns_judged_blind)
    guard_announcement(app, why_not_announce)
    guard_reopening(app, why_not_reopen)
    guard_takedown(app, why_not_take_down)
    bind_chapters(app, jury_chapters)
    bind_chapters(app, outcome_chapters)
    add_door(app, Door("Rounds", "judging.desk_rounds", "round.results", order=30))
    for event in EVENTS:
        jobs.subscribe(app, event, f"judging.follow_gallery.{event.removeprefix('submission.')}", follow_gallery)
    for event in ("round.opened", "round.reopened"):
        jobs.subscribe(app, event, f"judging.follow_opening.{event.removeprefix('round.')}", follow_opening)
    jobs.subscribe(app, "conflict.declared", "judging.follow_conflict", follow_conflict)
    jobs.bind_periodic(app, "judging.plan_unplanned", PLANS_EVERY, plan_unplanned)
    jobs.bind_periodic(app, "judging.close_due_rounds", CLOSINGS_EVERY, close_due_rounds)
    jobs.subscribe(app, "round.closed", "judging.reckon_closed_round", reckon_closed_round)
