"""A request id on every answer and log line, and one log line for each request."""

from __future__ import annotations

import re
import time
from uuid import uuid4

import structlog
from flask import Flask, Response, abort, g, request

log = structlog.get_logger(__name__)

SOUND_ID = re.compile(r"^[A-Za-z0-9_-]{8,64}$")


def log_requests(app: Flask) -> None:
    @app.before_request
    def _begin() -> None:
        given = request.headers.get("X-Request-ID", "")
        g.request_id = given if SOUND_ID.match(given) else uuid4().hex
        g.began = time.perf_counter()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=g.request_id)
        if "\x00" in request.path:
            abort(404)  # the database's text cannot hold it, so nothing has such a name

    @app.after_request
    def _end(response: Response) -> Response:
        response.headers["X-Request-ID"] = g.get("request_id", "")
        took = round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1)
        log.info("request", method=request.method, rule=str(request.url_rule), status=response.status_code, ms=took)
        return response
