"""Flask extensions, created once and bound to the application in `app.py`."""

from __future__ import annotations

from flask import Flask, current_app
from flask_mailman import Mail
from flask_wtf.csrf import CSRFProtect
from redis import Redis

from campaign.config import Settings
from uploads.storage import Storage

csrf = CSRFProtect()
mail = Mail()


def settings() -> Settings:
    """The running application's settings."""
    given: Settings = current_app.extensions["flaunt_settings"]
    return given


def storage() -> Storage:
    """The running application's photo store."""
    store: Storage = current_app.extensions["flaunt_storage"]
    return store


def redis_from(settings: Settings) -> Redis:
    """A Redis client that answers or fails within two seconds."""
    return Redis.from_url(settings.redis_url, socket_timeout=2, socket_connect_timeout=2)


def bind(app: Flask, given: Settings, store: Storage) -> None:
    app.extensions["flaunt_settings"] = given
    app.extensions["flaunt_storage"] = store
