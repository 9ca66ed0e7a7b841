"""How often one may ask: told when it is too often, counted without Redis too, and never in the way of pages."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from campaign.app import create_app
from campaign.config import Settings
from tests.servers import LocalServers

WRITES = "/api/v1/campaigns"
MOST = 3


def limited(settings: Settings, **changes: object) -> Flask:
    given = {"rate_limits": True, "rate_of_writes": f"{MOST}/minute", "rate_of_reads": f"{MOST}/minute"}
    return create_app(settings.model_copy(update=given | changes))


@pytest.fixture
def browser(settings: Settings, local_servers: LocalServers) -> FlaskClient:
    app = limited(settings, redis_url=local_servers.redis_url(2))
    app.extensions["flaunt_limiter"].reset()
    return app.test_client()


@pytest.fixture
def hung_redis() -> Iterator[str]:
    """Takes connections, and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=16) as server:
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"


@pytest.mark.parametrize("method", ["POST", "GET"])
def test_too_many_requests_are_told_when_to_come_back(browser: FlaskClient, method: str) -> None:
    path = WRITES if method == "POST" else "/api/v1/me"
    statuses = [browser.open(path, method=method).status_code for _ in range(MOST)]

    refused = browser.open(path, method=method)

    assert 429 not in statuses
    assert (refused.status_code, refused.mimetype, refused.json["code"]) == (
        429,
        "application/problem+json",
        "too_many_requests",
    )
    assert 1 <= int(refused.headers["Retry-After"]) <= 61


def test_writes_do_not_use_up_the_reads(browser: FlaskClient) -> None:
    for _ in range(MOST + 1):
        browser.post(WRITES)

    assert browser.get("/api/v1/me").status_code == 401


def test_pages_are_never_limited(browser: FlaskClient) -> None:
    assert {browser.get("/sign-in").status_code for _ in range(MOST * 3)} == {200}


def test_limit_counts_for_all_processes(settings: Settings, local_servers: LocalServers) -> None:
    one, other = (limited(settings, redis_url=local_servers.redis_url(3)) for _ in range(2))
    one.extensions["flaunt_limiter"].reset()
    for _ in range(MOST):
        one.test_client().post(WRITES)

    assert other.test_client().post(WRITES).status_code == 429


@pytest.mark.parametrize("redis", ["gone", "hung", "no socket"])
def test_without_redis_each_process_counts_for_itself(settings: Settings, hung_redis: str, redis: str) -> None:
    gone = {"gone": "redis://127.0.0.1:1/0", "no socket": "unix:///nowhere/redis.sock"}
    address = gone.get(redis, hung_redis)
    browser = limited(settings, redis_url=address).test_client()

    statuses = [browser.post(WRITES).status_code for _ in range(MOST + 1)]

    assert statuses == [401] * MOST + [429]
