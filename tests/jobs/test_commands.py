"""`flaunt jobs`: what an operator sees of them, and trying again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID, uuid4

import click
import pytest
from click.testing import CliRunner, Result
from flask import Flask

from campaign.db import transaction
from campaign.errors import Conflict
from campaign.jobs import bind, leases
from campaign.jobs.commands import add_commands
from campaign.jobs.models import JobState
from campaign.jobs.registry import registry_of
from tests.jobs.rows import given_claim, given_job, row

Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask, database: None) -> Run:
    @click.group()
    def flaunt() -> None:
        """The command line."""

    add_commands(flaunt, lambda: app)
    return lambda *words: CliRunner().invoke(flaunt, words)


def failed(kind: str = "test.trace", problem: str = "It fell over.") -> UUID:
    job_id = given_job(kind)
    with transaction():
        leases.fail(given_claim(job_id).attempt, problem)
    return job_id


@pytest.fixture
def undone(app: Flask) -> Iterator[list[dict[str, Any]]]:
    """What the kind `test.undoing` is told when it is tried again; refused with the payload {"gone": true}."""
    told: list[dict[str, Any]] = []

    def undo(payload: dict[str, Any]) -> None:
        told.append(payload)
        if len(told) > 1:
            raise Conflict("There is nothing left of it.")

    bind(app, "test.undoing", lambda _payload, *, attempt: None, on_retry=undo)  # noqa: ARG005 -- a handler's signature
    yield told
    del registry_of(app).handlers["test.undoing"]


def test_failed_jobs_are_listed_with_their_problem(run: Run) -> None:
    job_id = failed()
    given_job()

    result = run("jobs", "list")

    assert result.exit_code == 0
    assert result.stdout.split()[:2] == [str(job_id), "test.trace"]
    assert "It fell over." in result.stdout
    assert len(result.stdout.splitlines()) == 1
    assert "1 due" in result.stderr
    assert "1 failed" in result.stderr


def test_other_states_and_kinds_can_be_asked_for(run: Run) -> None:
    failed("test.one")
    other = given_job("test.other")

    assert run("jobs", "list", "--kind", "test.nothing").stdout == ""
    assert str(other) in run("jobs", "list", "--state", "due").stdout


def test_programs_get_json(run: Run) -> None:
    job_id = failed()

    document = json.loads(run("jobs", "list", "--json").stdout)

    assert (document["id"], document["problem"], document["state"]) == (str(job_id), "It fell over.", "failed")


def test_failed_job_is_tried_again(run: Run) -> None:
    job_id = failed()

    result = run("jobs", "retry", str(job_id))

    assert (result.exit_code, result.stdout) == (0, "1 to be tried again.\n")
    assert (row(job_id).state, row(job_id).strikes) == (JobState.DUE, 0)


def test_all_failed_jobs_are_tried_again(run: Run) -> None:
    jobs = [failed() for _ in range(3)]

    result = run("jobs", "retry", "--all")

    assert result.stdout == "3 to be tried again.\n"
    assert {row(job).state for job in jobs} == {JobState.DUE}


def test_what_the_failure_did_is_undone_or_told(run: Run, undone: list[dict[str, Any]]) -> None:
    jobs = [failed("test.undoing") for _ in range(2)]

    result = run("jobs", "retry", "--all", "--kind", "test.undoing")

    assert len(undone) == 2
    assert result.stdout == "1 to be tried again. 1 left as they are.\n"
    assert "There is nothing left of it." in result.stderr
    assert sorted(row(job).state for job in jobs) == [JobState.DUE, JobState.FAILED]


@pytest.mark.parametrize("words", [(), (str(uuid4()), "--all")])
def test_one_or_all_has_to_be_said(run: Run, words: tuple[str, ...]) -> None:
    assert run("jobs", "retry", *words).exit_code == 2


def test_job_that_is_not_there_or_not_failed_is_told(run: Run) -> None:
    unknown, due = run("jobs", "retry", str(uuid4())), run("jobs", "retry", str(given_job()))

    assert (unknown.exit_code, due.exit_code) == (1, 1)
    assert "There is no such job" in unknown.output
    assert "has not failed" in due.output
