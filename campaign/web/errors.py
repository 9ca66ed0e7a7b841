"""The one place that knows both our refusals and HTTP: a warm page for people, an RFC 9457 problem for programs."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

import structlog
from apiflask.exceptions import HTTPError
from flask import Flask, jsonify, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, Field
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from werkzeug.exceptions import HTTPException, SecurityError

from campaign.db import db
from campaign.errors import Conflict, FlauntError, InvalidInput, NotFound, NotPermitted, SignInNeeded, Unavailable
from uploads.objects import StorageUnavailable

log = structlog.get_logger(__name__)

PROBLEM = "application/problem+json"
RETRY_SECONDS = "5"

STATUS: dict[type[FlauntError], HTTPStatus] = {
    SignInNeeded: HTTPStatus.UNAUTHORIZED,
    NotPermitted: HTTPStatus.FORBIDDEN,
    NotFound: HTTPStatus.NOT_FOUND,
    Conflict: HTTPStatus.CONFLICT,
    InvalidInput: HTTPStatus.UNPROCESSABLE_ENTITY,
    Unavailable: HTTPStatus.SERVICE_UNAVAILABLE,
}

TITLES = {
    HTTPStatus.BAD_REQUEST: "That did not reach us whole",
    HTTPStatus.UNAUTHORIZED: "Please sign in first",
    HTTPStatus.FORBIDDEN: "This is not yours to open",
    HTTPStatus.NOT_FOUND: "There is nothing here",
    HTTPStatus.METHOD_NOT_ALLOWED: "That is not possible here",
    HTTPStatus.CONFLICT: "That does not fit just now",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "That is larger than we can take",
    HTTPStatus.UNPROCESSABLE_ENTITY: "Something needs another look",
    HTTPStatus.TOO_MANY_REQUESTS: "One moment, please",
    HTTPStatus.SERVICE_UNAVAILABLE: "We are catching our breath",
    HTTPStatus.INTERNAL_SERVER_ERROR: "That was our fault",
}

SENTENCES = {
    HTTPStatus.BAD_REQUEST: "A part of the request was missing or mixed up. Go back, reload the page and try again.",
    HTTPStatus.NOT_FOUND: "The page has moved, was taken down, or never was. The campaigns are all on the first page.",
    HTTPStatus.METHOD_NOT_ALLOWED: "This address answers another kind of request.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "That is more than we can take at once. Pick a smaller file and try again.",
    HTTPStatus.SERVICE_UNAVAILABLE: "A part of the house does not answer just now. Nothing is lost: try again soon.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something broke on our side and the team can see it. Please try again.",
}

UNKNOWN_HOST = "Flaunt does not answer under this host name. Whoever runs it can add the name to TRUSTED_HOSTS."


class Problem(BaseModel):
    """RFC 9457. `code` is stable; `fields` names what to mend in the request."""

    type: str = "about:blank"
    title: str = ""
    status: int = 0
    detail: str = ""
    code: str = ""
    fields: dict[str, Any] = Field(default_factory=dict)


def handle_errors(app: Flask) -> None:
    """Bind every way a request can fail to one answer in the right form."""
    app.register_error_handler(FlauntError, _refusal)
    app.register_error_handler(HTTPError, _api_refusal)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(SecurityError, _unknown_host)
    app.register_error_handler(StorageUnavailable, _storage)
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(InterfaceError, _database)
    app.register_error_handler(Exception, _unforeseen)


def wants_problem() -> bool:
    """Whether the one who asked is a program."""
    return request.path.startswith("/api/")


def answer(status: HTTPStatus, message: str, *, code: str, fields: dict[str, Any] | None = None) -> ResponseReturnValue:
    """One refusal, as a page or as a problem."""
    headers = {}
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = RETRY_SECONDS
    title = TITLES.get(status, "That did not work")
    if wants_problem():
        if status is HTTPStatus.UNAUTHORIZED:
            headers["WWW-Authenticate"] = "Bearer"
        problem = Problem(title=title, status=status, detail=message, code=code, fields=fields or {})
        response = jsonify(problem.model_dump())
        response.content_type = PROBLEM
        return response, status, headers
    page = render_template(
        "errors/problem.html", title=title, message=message, status=int(status), next_steps=_next_steps(status)
    )
    return page, status, headers


def _next_steps(status: HTTPStatus) -> list[tuple[str, str]]:
    """Where a person can go from here, the likeliest first; none where the page knows better by itself."""
    home = ("See the campaigns", "/")
    if request.method == "GET":
        return [("Try again", request.url), home] if status >= HTTPStatus.INTERNAL_SERVER_ERROR else []
    came_from = request.referrer or ""
    is_ours = came_from.startswith(request.host_url) and status is not HTTPStatus.UNAUTHORIZED
    return [("Back to where I was", came_from), home] if is_ours else []


def _refusal(problem: FlauntError) -> ResponseReturnValue:
    db.session.rollback()
    if problem.code == SignInNeeded.code and not wants_problem() and request.method == "GET":
        return redirect(f"/sign-in?{urlencode({'next': request.full_path.rstrip('?')})}")
    status = next(status for kind, status in STATUS.items() if isinstance(problem, kind))
    fields = problem.fields if isinstance(problem, InvalidInput) else None
    return answer(status, problem.message, code=problem.code, fields=fields)


def _api_refusal(problem: HTTPError) -> ResponseReturnValue:
    """APIFlask's own refusals: a body or a query that does not fit its schema."""
    db.session.rollback()
    detail = problem.detail if isinstance(problem.detail, dict) else {}
    fields = {name: value for place in detail.values() if isinstance(place, dict) for name, value in place.items()}
    named = "; ".join(
        f"{name}: {', '.join(map(str, value))}" for name, value in fields.items() if isinstance(value, list)
    )
    message = f"The request does not fit. {named}" if named else str(problem.message)
    return answer(HTTPStatus(problem.status_code), message, code="invalid_input", fields=fields)


def _http(problem: HTTPException) -> ResponseReturnValue:
    db.session.rollback()
    if problem.response is not None or problem.code is None or problem.code < HTTPStatus.BAD_REQUEST:
        return problem
    status = HTTPStatus(problem.code)
    message = SENTENCES.get(status, problem.description or "")
    answered = make_response(answer(status, message, code=status.phrase.lower().replace(" ", "_")))
    for name, value in problem.get_headers():
        if name.lower() in {"allow", "retry-after"}:
            answered.headers[name] = value
    return answered


def _unknown_host(_problem: SecurityError) -> ResponseReturnValue:
    """The request names a host that is not ours. No page can be made: it would not know its own address."""
    status = HTTPStatus.BAD_REQUEST
    if wants_problem():
        return answer(status, UNKNOWN_HOST, code="unknown_host")
    return UNKNOWN_HOST, status, {"Content-Type": "text/plain; charset=utf-8"}


def _storage(problem: StorageUnavailable) -> ResponseReturnValue:
    db.session.rollback()
    log.warning("storage_unavailable", problem=type(problem.__cause__).__name__)
    return answer(HTTPStatus.SERVICE_UNAVAILABLE, SENTENCES[HTTPStatus.SERVICE_UNAVAILABLE], code="unavailable")


def _database(problem: DBAPIError) -> ResponseReturnValue:
    log.warning("database_unavailable", problem=type(problem.orig).__name__)
    try:
        db.session.rollback()
    except DBAPIError:
        db.session.remove()
    return answer(HTTPStatus.SERVICE_UNAVAILABLE, SENTENCES[HTTPStatus.SERVICE_UNAVAILABLE], code="unavailable")


def _unforeseen(problem: Exception) -> ResponseReturnValue:
    db.session.rollback()
    log.error("request_failed", rule=str(request.url_rule), exc_info=problem)
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    return answer(status, SENTENCES[status], code="our_fault")
