"""What the application binds of this slice."""

from __future__ import annotations

from flask import Flask

from campaign import jobs
from campaign.accounts import form_posts, profile_api, profile_pages
from campaign.accounts.api import api
from campaign.accounts.authentication import authenticate_requests
from campaign.accounts.faces import hue, initials
from campaign.accounts.idempotency import forget_old_keys, honour_idempotency_keys
from campaign.accounts.pages import pages
from campaign.accounts.providers import bind_providers
from campaign.accounts.rates import limit_rates

ROUTES = (form_posts, profile_api, profile_pages)
"""Modules that add their routes to the slice's API and pages as they are imported."""
FORGET_EVERY = 3600.0
"""Seconds between clearings of old idempotency keys."""


def register(app: Flask) -> None:
    """Add sign-in, the acting person and the check of every write to the application."""
    bind_providers(app, app.extensions["flaunt_settings"])
    limit_rates(app, app.extensions["flaunt_settings"])
    authenticate_requests(app)
    honour_idempotency_keys(app)
    jobs.bind_periodic(app, "accounts.forget_idempotency_keys", FORGET_EVERY, forget_old_keys)
    app.jinja_env.filters.update(initials=initials, hue=hue)
    app.register_blueprint(pages)
    app.register_blueprint(api)
