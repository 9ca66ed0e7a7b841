"""What the application binds of this slice."""

from __future__ import annotations

from apiflask import APIFlask

from campaign.campaigns.hooks import bind_glance
from campaign.insight.api import api
from campaign.insight.counting import count_views
from campaign.insight.numbers import glance
from campaign.insight.pages import pages
from campaign.insight.tally import KEY, Tally
from campaign.web.navigation import Door, add_door

FLUSH_EVERY = 5.0
"""Seconds that a view may wait in memory. A process that is killed loses no more than those."""


def register(app: APIFlask) -> None:
    """Pages and API, the cards on a campaign's desk, and the counting of views."""
    for blueprint in (pages, api):
        app.register_blueprint(blueprint)
    is_tested = app.extensions["flaunt_settings"].environment == "test"  # a test counts inside its own transaction
    app.extensions[KEY] = Tally(app, every=None if is_tested else FLUSH_EVERY)
    count_views(app)
    bind_glance(app, glance)
    add_door(app, Door("Insight", "insight.show", "insight.view", order=50))
