"""What the application binds of this slice."""

from __future__ import annotations

from apiflask import APIFlask

from campaign import jobs
from campaign.campaigns.hooks import bind_gallery
from campaign.submissions import (
    desk,
    desk_decisions,
    desk_together,
    entering,
    gallery_api,
    mine,
    mine_api,
    moderation_api,
)
from campaign.submissions.api import api
from campaign.submissions.cards import make_card
from campaign.submissions.gallery import PublishedPhotos
from campaign.submissions.leftovers import delete_photo, purge_photo, sweep_incoming
from campaign.submissions.media import media
from campaign.submissions.mending import receive_again
from campaign.submissions.pages import pages
from campaign.submissions.processing import process_arrived_photo, reject_failed_photo
from campaign.submissions.tickets import expire_unused_tickets
from campaign.web.navigation import Door, add_door

ROUTES = (entering, mine, mine_api, desk, desk_decisions, desk_together, moderation_api, gallery_api)
"""Modules that add their routes to the slice's pages as they are imported."""
EXPIRE_EVERY = 15.0
"""Seconds between looks for unused tickets. A fan who sends again does not wait for it."""
SWEEP_EVERY = 600.0
"""Seconds between looks for objects that wait for nobody."""


def register(app: APIFlask) -> None:
    """Pages, API, pictures, jobs and periodic tasks, and the answer to what campaigns ask of the gallery."""
    for blueprint in (pages, api, media):
        app.register_blueprint(blueprint)
    bind_gallery(app, PublishedPhotos())
    add_door(app, Door("Moderation", "submissions.moderation", "submission.decide", order=20))
    jobs.bind(app, "photo.process", process_arrived_photo, on_failed=reject_failed_photo, on_retry=receive_again)
    jobs.bind(app, "photo.delete", delete_photo)
    jobs.bind(app, "photo.purge", purge_photo)
    jobs.subscribe(app, "submission.published", "photo.card", make_card)
    jobs.bind_periodic(app, "submissions.expire_tickets", EXPIRE_EVERY, expire_unused_tickets)
    jobs.bind_periodic(app, "submissions.sweep_incoming", SWEEP_EVERY, sweep_incoming)
