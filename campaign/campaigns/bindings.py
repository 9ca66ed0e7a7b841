"""What the application binds of this slice."""

from __future__ import annotations

from apiflask import APIFlask

from campaign import jobs
from campaign.accounts.places import bind_directory
from campaign.campaigns import announcing, desk, preview, settings_desk, steps_api, steps_desk
from campaign.campaigns.api import api
from campaign.campaigns.pages import pages
from campaign.campaigns.queries import place
from campaign.campaigns.tasks import record_due_announcements, record_due_closings, record_due_tellings
from campaign.web.navigation import Door, add_door

ROUTES = (desk, settings_desk, steps_desk, announcing, preview, steps_api)
"""Modules that add their routes to the slice's pages and API as they are imported."""
LOOK_EVERY = 1.0
"""Seconds between looks at the clock. Only the record depends on it: closing and announcing are rules of time."""


def register(app: APIFlask) -> None:
    bind_directory(app, place)
    add_door(app, Door("Settings", "campaigns.desk_edit", "campaign.edit", order=90))
    app.register_blueprint(pages)
    app.register_blueprint(api)
    jobs.bind_periodic(app, "campaigns.record_closings", LOOK_EVERY, record_due_closings)
    jobs.bind_periodic(app, "campaigns.record_announcements", LOOK_EVERY, record_due_announcements)
    jobs.bind_periodic(app, "campaigns.record_tellings", LOOK_EVERY, record_due_tellings)
