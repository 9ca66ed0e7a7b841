"""The application and its settings on the tests' own servers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from campaign.app import create_app
from campaign.config import Settings
from campaign.db import db
from tests.servers import LocalServers


def settings_on(servers: LocalServers, database_url: str) -> Settings:
    """Settings that use these servers, and this database on them."""
    return Settings(
        environment="test",
        base_url="http://localhost",
        secret_key="a secret that is only good for tests",
        database_url=database_url,
        redis_url=servers.redis_url(0),
        s3_endpoint_url=servers.s3_endpoint_url,
        s3_bucket=servers.s3_bucket,
        s3_access_key_id=servers.s3_access_key_id,
        s3_secret_access_key=servers.s3_secret_access_key,
        oidc_providers=(servers.provider(),),
        rate_limits=False,
        log_format="console",
    )


@contextmanager
def opened_app(settings: Settings) -> Iterator[Flask]:
    """The application as tests use it: what goes wrong inside is answered as in production."""
    application = create_app(settings)
    application.testing = True
    application.config["PROPAGATE_EXCEPTIONS"] = False
    yield application
    with application.app_context():
        db.engine.dispose()
