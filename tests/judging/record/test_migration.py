"""What was judged before there were criteria keeps its words, and what is sealed keeps its format, both ways."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from campaign.cli import ROOT
from tests.servers import LocalServers

ROUND = """
INSERT INTO round (id, campaign_id, number, title, method, quorum, stage, opened_at, closed_at, seal)
VALUES (:id, :campaign, :number, 'Look', :method, 1, :stage, now(), :closed_at, :seal)
"""
ASSIGNMENT = """
INSERT INTO assignment (id, round_id, judge_id, subject, position, judged)
VALUES (:id, :round, gen_random_uuid(), 'a', 1, true)
"""


@pytest.fixture
def scratch(local_servers: LocalServers, worker_database: str) -> Iterator[str]:
    """Address of a database of its own, migrated to head."""
    assert worker_database
    name = f"judging_{local_servers.worker}"
    address = local_servers.new_database(name)
    # These tests are about rounds and ballots alone, without the people and the campaign around them.
    run(address, ("ALTER TABLE round DROP CONSTRAINT fk_round_campaign_id", {}))
    run(address, ("ALTER TABLE assignment DROP CONSTRAINT fk_assignment_judge_id", {}))
    yield address
    local_servers.drop_database(name)


def alembic(address: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.attributes["database_url"] = address
    return config


def run(address: str, *statements: tuple[str, dict[str, Any]]) -> list[Any]:
    """Each statement with its values; returns the last one's rows."""
    rows: list[Any] = []
    with create_engine(address, poolclass=NullPool).begin() as connection:
        for statement, values in statements:
            result = connection.execute(text(statement), values)
            rows = list(result.all()) if result.returns_rows else []
    return rows


def test_ballots_and_seals_from_before_are_kept(scratch: str) -> None:
    command.downgrade(alembic(scratch), "0005")
    sealed, under_way, campaign, assignment = (uuid4() for _ in range(4))
    rounds = {"campaign": campaign, "method": "stars"}
    run(
        scratch,
        (ROUND, {**rounds, "id": sealed, "number": 1, "stage": "closed", "closed_at": "2026-01-01", "seal": "x"}),
        (ROUND, {**rounds, "id": under_way, "number": 2, "stage": "open", "closed_at": None, "seal": None}),
        (ASSIGNMENT, {"id": assignment, "round": under_way}),
        ("INSERT INTO ballot (assignment_id, stars) VALUES (:id, 4)", {"id": assignment}),
    )

    command.upgrade(alembic(scratch), "head")

    assert run(scratch, ("SELECT scores, vote FROM ballot", {})) == [([4], None)]
    formats = run(scratch, ("SELECT record_format, criteria FROM round ORDER BY number", {}))
    assert [tuple(row) for row in formats] == [
        (1, [{"name": "Overall", "weight": 1}]),
        (3, [{"name": "Overall", "weight": 1}]),
    ]
    command.downgrade(alembic(scratch), "0005")
    assert run(scratch, ("SELECT stars FROM ballot", {})) == [(4,)]


def test_what_the_release_before_cannot_hold_goes(scratch: str) -> None:
    shortlist, campaign, assignment = uuid4(), uuid4(), uuid4()
    values = {"id": shortlist, "campaign": campaign, "number": 1, "stage": "open", "closed_at": None, "seal": None}
    run(
        scratch,
        (
            ROUND.replace("closed_at, seal)", "closed_at, seal, criteria)").replace(":seal)", ":seal, '[]')"),
            {**values, "method": "shortlist"},
        ),
        (ASSIGNMENT, {"id": assignment, "round": shortlist}),
        ("INSERT INTO ballot (assignment_id, vote) VALUES (:id, 'yes')", {"id": assignment}),
    )

    command.downgrade(alembic(scratch), "0005")

    assert run(scratch, ("SELECT stars FROM ballot", {})) == []
    assert run(scratch, ("SELECT judged FROM assignment", {})) == [(False,)]
