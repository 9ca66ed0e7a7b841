"""One clock leads, by a lock that its connection holds; the same connection hears when jobs are written."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy import Engine

from campaign.db import Lock

CHANNEL = "flaunt_job"
ASK_AGAIN = 1.0
"""Seconds between a follower's looks at whether the leader is gone."""


class Line:
    """The leader's own connection."""

    def __init__(self, connection: psycopg.Connection[tuple[bool]]) -> None:
        self._connection = connection

    def wait(self, seconds: float) -> None:
        """Rest until a job is written, at most so long. Raises `psycopg.OperationalError` when the line is cut."""
        for _ in self._connection.notifies(timeout=seconds, stop_after=1):
            return
        self._connection.execute("SELECT true")


@contextmanager
def leading(engine: Engine, stop: threading.Event) -> Iterator[Line | None]:
    """Wait to become the leader, and stay it inside the block; None where `stop` was set first.

    Needs a connection that belongs to one session: a pooler in transaction mode does not keep session locks.
    """
    borrowed = engine.raw_connection()
    connection = borrowed.driver_connection
    borrowed.detach()
    assert isinstance(connection, psycopg.Connection)
    try:
        connection.autocommit = True
        while not _take_lead(connection):
            if stop.wait(ASK_AGAIN):
                yield None
                return
        connection.execute(f"LISTEN {CHANNEL}")
        yield Line(connection)
    finally:
        connection.close()


def _take_lead(connection: psycopg.Connection[tuple[bool]]) -> bool:
    row = connection.execute("SELECT pg_try_advisory_lock(%s, 0)", (int(Lock.CLOCK),)).fetchone()
    return row is not None and row[0]
