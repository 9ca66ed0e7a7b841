"""The OpenAPI description tells the truth about refusals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}


@pytest.fixture(scope="module")
def spec(app: Flask) -> dict[str, Any]:
    return app.test_client().get("/api/openapi.json").json  # type: ignore[no-any-return]  # JSON


def _operations(spec: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for address, path in spec["paths"].items():
        for operation in path.values():
            yield address, operation


def test_every_operation_tells_how_it_may_refuse(spec: dict[str, Any]) -> None:
    for address, operation in _operations(spec):
        told = {"400", "401", "403", "409", "503"} | ({"404"} if "{" in address else set())

        assert told <= set(operation["responses"]), address


def test_every_refusal_is_a_problem(spec: dict[str, Any]) -> None:
    for address, operation in _operations(spec):
        for status, response in operation["responses"].items():
            if status[0] in "45":
                name = response["$ref"].removeprefix("#/components/responses/")
                assert spec["components"]["responses"][name]["content"] == PROBLEM, address


def test_every_body_is_needed_and_may_be_too_large(spec: dict[str, Any]) -> None:
    with_body = [operation for _, operation in _operations(spec) if "requestBody" in operation]

    assert with_body
    for operation in with_body:
        assert operation["requestBody"]["required"]
        assert "413" in operation["responses"]
