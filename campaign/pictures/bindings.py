"""What the application binds of this slice."""

from __future__ import annotations

from apiflask import APIFlask

from campaign import jobs
from campaign.pictures.addresses import picture_path
from campaign.pictures.keeping import sweep_unkept
from campaign.pictures.media import media
from campaign.pictures.tasks import delete_picture

SWEEP_EVERY = 600.0
"""Seconds between looks for pictures that were drawn and never kept."""


def register(app: APIFlask) -> None:
    app.register_blueprint(media)
    app.jinja_env.globals["picture_path"] = picture_path
    jobs.bind(app, "picture.delete", delete_picture)
    jobs.bind_periodic(app, "pictures.sweep_unkept", SWEEP_EVERY, sweep_unkept)
