"""Requests generated from the OpenAPI description: no 5xx, and nothing outside what the description says."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as chosen
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.people import Someone
from tests.world import names_in_addresses, populate

EXAMPLES = int(os.environ.get("GENERATED", "2"))
"""Generated requests for each operation; each is sent by five people, about real things and about made-up ones."""
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
Headers = Mapping[str, str]
PLAIN = {"Accept-Encoding": "identity"}
"""What asks does not unpack an answer that is packed."""


@pytest.fixture
def real(fan: Someone, cast_member: Someone, marketer: Someone) -> dict[str, str]:
    return dict(names_in_addresses(populate(fan=fan, judge=cast_member, marketer=marketer)))


@pytest.fixture
def askers(fan: Someone, cast_member: Someone, staff: Someone, admin: Someone) -> list[Headers]:
    return [{}, fan.bearer(), cast_member.bearer(), staff.bearer(), admin.bearer()]


def test_no_answer_is_a_fault_or_a_surprise(app: Flask, real: dict[str, str], askers: list[Headers]) -> None:
    description = schemathesis.openapi.from_wsgi("/api/openapi.json", app)
    faults: dict[str, str] = {}
    asked = 0
    for found in description.get_all_operations():
        operation = found.ok()
        assert operation is not None, found
        asked += 1
        try:
            _try(operation, real, askers)
        except (FailureGroup, AssertionError) as surprise:
            faults[operation.label] = str(surprise)

    assert asked
    assert not faults, "\n\n".join(f"{label}: {said}" for label, said in faults.items())


def _try(operation: Any, real: Mapping[str, str], askers: Sequence[Headers]) -> None:
    names = re.findall(r"{(\w+)}", operation.path)

    @given(case=operation.as_strategy())
    @chosen(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: Any) -> None:
        made_up = dict(case.path_parameters or {})
        for headers in askers:
            for named in (made_up, made_up | {name: real[name] for name in names if name in real}):
                case.path_parameters = named
                case.validate_response(case.call(headers={**headers, **PLAIN}), checks=CHECKS)

    ask()
