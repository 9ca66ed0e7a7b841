"""The application and its settings on the tests' own servers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import make_url

from campaign.app import create_app, storage_settings
from campaign.config import Settings
from campaign.db import db
from campaign.dev.s3 import FOLDERS
from tests.servers import LocalServers
from uploads.storage import Storage


def settings_on(servers: LocalServers, database_url: str) -> Settings:
    """Settings that use these servers, this database on them, and a bucket of the database's name.

    What sweeps a bucket asks one database whose the photos are, so no two share one.
    """
    settings = Settings(
        environment="test",
        base_url="http://localhost",
        secret_key="a secret that is only good for tests",
        database_url=database_url,
        redis_url=servers.redis_url(0),
        s3_endpoint_url=servers.s3_endpoint_url,
        s3_bucket=str(make_url(database_url).database).replace("_", "-"),
        s3_access_key_id=servers.s3_access_key_id,
        s3_secret_access_key=servers.s3_secret_access_key,
        oidc_providers=(servers.provider(),),
        rate_limits=False,
        log_format="console",
    )
    _make_bucket(Storage(storage_settings(settings)))
    return settings


def _make_bucket(store: Storage) -> None:
    """Through the server, which knows no folders made behind its back; `campaign.dev.s3` tells why none is empty."""
    store.ensure_bucket()
    for folder in FOLDERS:
        store.put_bytes(f"{folder}/.keep", b"-", content_type="text/plain")


@contextmanager
def opened_app(settings: Settings) -> Iterator[Flask]:
    """The application as tests use it: what goes wrong inside is answered as in production."""
    application = create_app(settings)
    application.testing = True
    application.config["PROPAGATE_EXCEPTIONS"] = False
    yield application
    with application.app_context():
        db.engine.dispose()
