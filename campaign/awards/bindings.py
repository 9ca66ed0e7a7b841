"""What the application binds of this slice."""

from __future__ import annotations

from apiflask import APIFlask

from campaign import jobs
from campaign.awards import desk
from campaign.awards.api import api
from campaign.awards.pages import pages
from campaign.awards.questions import open_question
from campaign.awards.tasks import copy_release_words
from campaign.campaigns import events
from campaign.submissions.hooks import bind_asking
from campaign.web.navigation import Door, add_door

ROUTES = (desk,)
"""Modules that add their routes to the slice's pages as they are imported."""


def register(app: APIFlask) -> None:
    """Pages, API, and the words that go along when a campaign is copied."""
    app.register_blueprint(pages)
    app.register_blueprint(api)
    jobs.subscribe(app, events.DUPLICATED, "awards.copy_words", copy_release_words)
    bind_asking(app, open_question)
    add_door(app, Door("Broadcast release", "awards.desk_release", "campaign.desk", order=40))
    add_door(app, Door("Originals", "awards.desk_originals", "originals.download", order=45))
