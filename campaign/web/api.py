"""What every API blueprint shares: its address, how its JSON is read, and its refusals in the OpenAPI description."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from apiflask import APIBlueprint, APIFlask
from flask.json.provider import DefaultJSONProvider

from campaign.web.errors import PROBLEM, TITLES

PREFIX = "/api/v1"

ANYWHERE = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.CONFLICT,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.SERVICE_UNAVAILABLE,
)
"""How any operation may refuse. 404 comes with whatever is named in the address, 413 with a body."""


class BoundedJson(DefaultJSONProvider):
    """JSON that is nested too deep is malformed, and no fault of ours."""

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """Raises ValueError for what is not JSON, or nested deeper than we can follow."""
        try:
            return super().loads(s, **kwargs)
        except RecursionError:
            raise ValueError("nested too deep") from None


def api_blueprint(name: str) -> APIBlueprint:
    """A blueprint under `/api/v1`; its tag in the description is the slice's name."""
    return APIBlueprint(f"{name}_api", name, url_prefix=PREFIX, tag=name.capitalize())


def describe_api(app: APIFlask, *, session_cookie: str) -> None:
    """Read JSON within bounds, and say in the OpenAPI description how operations refuse and what proves who asks."""
    app.json = BoundedJson(app)

    @app.spec_processor
    def _describe(spec: dict[str, Any] | str) -> dict[str, Any] | str:
        assert isinstance(spec, dict), "the description is asked for as JSON"
        for address, path in spec.get("paths", {}).items():
            for method, operation in path.items():
                if isinstance(operation, dict):
                    if method == "post":
                        _describe_idempotency(operation)
                    _describe_refusals(operation, named="{" in address)
        components = spec.setdefault("components", {})
        components.setdefault("responses", {}).update({_name(status): _refusal(status) for status in TITLES})
        schemes = components.setdefault("securitySchemes", {})
        schemes["token"] = {"type": "http", "scheme": "bearer"}
        schemes["session"] = {"type": "apiKey", "in": "cookie", "name": session_cookie}
        spec["security"] = [{"token": []}, {"session": []}, {}]
        return spec


def _describe_idempotency(operation: dict[str, Any]) -> None:
    """Every POST may carry a key, and is then done once however often it is sent."""
    operation.setdefault("parameters", []).append(
        {
            "name": "Idempotency-Key",
            "in": "header",
            "required": False,
            "description": "A name of your own for this request, such as a UUID. Sent again within a day, it is not "
            "done twice: you get the first answer, with `Idempotency-Replayed: true`.",
            "schema": {"type": "string", "pattern": "^[!-~]{1,255}$"},
        }
    )
    operation.setdefault("responses", {}).setdefault("422", {})


def _describe_refusals(operation: dict[str, Any], *, named: bool) -> None:
    """Each refusal of this operation, once; what APIFlask wrote about some of them is replaced."""
    responses: dict[str, Any] = operation.setdefault("responses", {})
    statuses = {*ANYWHERE, *(HTTPStatus(int(status)) for status in responses if status[0] in "45")}
    if named:
        statuses.add(HTTPStatus.NOT_FOUND)
    if "requestBody" in operation:
        operation["requestBody"]["required"] = True
        statuses.add(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    for status in sorted(statuses):
        responses[str(status.value)] = {"$ref": f"#/components/responses/{_name(status)}"}


def _refusal(status: HTTPStatus) -> dict[str, Any]:
    return {
        "description": TITLES[status],
        "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


def _name(status: HTTPStatus) -> str:
    return status.phrase.replace(" ", "")
