"""What the application binds of this slice."""

from __future__ import annotations

from flask import Flask

from campaign.accounts.api import api
from campaign.accounts.authentication import authenticate_requests
from campaign.accounts.pages import pages
from campaign.accounts.providers import bind_providers
from campaign.accounts.rates import limit_rates


def register(app: Flask) -> None:
    """Add sign-in, the acting person and the check of every write to the application."""
    bind_providers(app, app.extensions["flaunt_settings"])
    limit_rates(app, app.extensions["flaunt_settings"])
    authenticate_requests(app)
    app.register_blueprint(pages)
    app.register_blueprint(api)
