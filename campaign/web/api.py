"""What every API blueprint shares: its address and the shapes of its refusals in the OpenAPI description."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint, APIFlask

from campaign.web.errors import PROBLEM

PREFIX = "/api/v1"


def api_blueprint(name: str) -> APIBlueprint:
    """A blueprint under `/api/v1`; its tag in the description is the slice's name."""
    return APIBlueprint(f"{name}_api", name, url_prefix=PREFIX, tag=name.capitalize())


def describe_api(app: APIFlask, *, session_cookie: str) -> None:
    """Say in the OpenAPI description that refusals are RFC 9457 problems, and which proofs of identity there are."""

    @app.spec_processor
    def _describe(spec: dict[str, Any] | str) -> dict[str, Any] | str:
        assert isinstance(spec, dict), "the description is asked for as JSON"
        for path in spec.get("paths", {}).values():
            for operation in path.values():
                if isinstance(operation, dict):
                    _relabel(operation.get("responses", {}))
        schemes = spec.setdefault("components", {}).setdefault("securitySchemes", {})
        schemes["token"] = {"type": "http", "scheme": "bearer"}
        schemes["session"] = {"type": "apiKey", "in": "cookie", "name": session_cookie}
        spec["security"] = [{"token": []}, {"session": []}, {}]
        return spec


def _relabel(responses: dict[str, Any]) -> None:
    for status, response in responses.items():
        content = response.get("content", {})
        if str(status)[:1] in "45" and "application/json" in content:
            content[PROBLEM] = content.pop("application/json")
