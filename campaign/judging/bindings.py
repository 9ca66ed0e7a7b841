"""What the application binds of this slice."""

from __future__ import annotations

from apiflask import APIFlask

from campaign import jobs
from campaign.accounts.veil import bind_veil
from campaign.campaigns.hooks import bind_laurels, guard_announcement, guard_reopening
from campaign.judging import choosing_desk
from campaign.judging.api import api
from campaign.judging.blindness import campaigns_judged_blind
from campaign.judging.chapters import jury_chapters, outcome_chapters
from campaign.judging.laurels import crown
from campaign.judging.panel_api import panel_api
from campaign.judging.reopening import why_not_reopen
from campaign.judging.selection import why_not_announce, why_not_take_down
from campaign.judging.tasks import close_due_rounds
from campaign.submissions.guards import guard_takedown
from campaign.submissions.hooks import bind_chapters
from campaign.web.navigation import Door, add_door

CLOSINGS_EVERY = 1.0
"""Seconds between looks for due deadlines. Votes stop at the deadline whether or not anybody looks."""


def register(app: APIFlask) -> None:
    """Pages, API, the sealing of due rounds, and the answer to whether a campaign may be announced."""
    for blueprint in (choosing_desk.pages, api, panel_api):
        app.register_blueprint(blueprint)
    bind_laurels(app, crown)
    bind_veil(app, campaigns_judged_blind)
    guard_announcement(app, why_not_announce)
    guard_reopening(app, why_not_reopen)
    guard_takedown(app, why_not_take_down)
    bind_chapters(app, jury_chapters)
    bind_chapters(app, outcome_chapters)
    add_door(app, Door("Rounds", "judging.desk_rounds", "round.results", order=30))
    jobs.bind_periodic(app, "judging.close_due_rounds", CLOSINGS_EVERY, close_due_rounds)
