"""How often one person may ask. Counted in Redis for all processes; while Redis is away, each counts for itself."""

from __future__ import annotations

import time
from http import HTTPStatus

from flask import Flask, make_response, request
from flask.typing import ResponseReturnValue
from flask_limiter import ApplicationLimit, Limiter, RateLimitExceeded

from campaign.accounts.authentication import API, shown_actor
from campaign.config import Settings
from campaign.web.errors import answer

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
SHORTEST_WAIT = 1
STORAGE_SECONDS = 0.25
"""A Redis that hangs may cost a request this long, once; then the process counts for itself for a while."""


def limit_rates(app: Flask, settings: Settings) -> None:
    """Writes, sign-in and reads of the API are limited; pages and pictures never are, however full the house."""
    limiter = Limiter(
        asker,
        application_limits=[
            ApplicationLimit(settings.rate_of_writes, scope="writes", exempt_when=_is_no_write),
            ApplicationLimit(settings.rate_of_reads, scope="reads", exempt_when=_is_no_api_read),
        ],
        storage_uri=_counter_address(settings.redis_url),
        storage_options={
            "socket_timeout": STORAGE_SECONDS,  # type: ignore[dict-item]  # redis-py takes fractions of seconds
            "socket_connect_timeout": STORAGE_SECONDS,  # type: ignore[dict-item]  # as above
        },
        in_memory_fallback_enabled=True,
        strategy="fixed-window",
        key_prefix="flaunt-rate",
        enabled=settings.rate_limits,
    )
    limiter.init_app(app)
    app.extensions["flaunt_limiter"] = limiter
    app.register_error_handler(RateLimitExceeded, lambda _: _too_often(limiter))


def _counter_address(redis_url: str) -> str:
    """The same Redis as the library names it: it has a scheme of its own for a socket in the file system."""
    return f"redis+{redis_url}" if redis_url.startswith("unix:") else redis_url


def asker() -> str:
    """Whom a request counts for: the person, or the network address of somebody who is not signed in."""
    actor = shown_actor()
    return str(actor.person_id) if actor.person_id else f"from {request.remote_addr}"


def _is_no_write() -> bool:
    return request.method in SAFE


def _is_no_api_read() -> bool:
    return request.method not in SAFE or not request.path.startswith(API)


def _too_often(limiter: Limiter) -> ResponseReturnValue:
    breached = limiter.current_limit
    wait = max(SHORTEST_WAIT, round(breached.reset_at - time.time())) if breached else SHORTEST_WAIT
    words = f"That was a lot in a short while. Please wait {wait} seconds, then go on where you were; nothing is lost."
    response = make_response(answer(HTTPStatus.TOO_MANY_REQUESTS, words, code="too_many_requests"))
    response.headers["Retry-After"] = str(wait)
    return response
