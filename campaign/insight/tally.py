"""Counting page views: in memory first, in the database every few seconds, so that a finale makes no hot row."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from multiprocessing.util import Finalize
from typing import NamedTuple

import structlog
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from campaign.db import db, transaction
from campaign.insight.models import Kind

log = structlog.get_logger(__name__)

KEY = "flaunt_tally"
QUARTER = 15
"""Minutes. Every zone's hours begin at a quarter of an hour in UTC, so quarters are counted and hours are kept."""

ADD = text("""
    INSERT INTO traffic (campaign_id, hour, kind, count)
    SELECT id, moment - date_part('minute', moment AT TIME ZONE time_zone) * interval '1 minute', :kind, :count
    FROM campaign, CAST(:at AS timestamptz) AS moment
    WHERE slug = :slug
    ON CONFLICT (campaign_id, hour, kind) DO UPDATE SET count = traffic.count + excluded.count
""")


class Seen(NamedTuple):
    """What is counted together: a kind of view of one campaign within a quarter of an hour."""

    slug: str
    at: datetime
    kind: Kind


class Tally:
    """The counts of this process. `every` is in seconds; None leaves it to the caller to flush."""

    def __init__(self, app: Flask, *, every: float | None) -> None:
        self._app = app
        self._every = every
        self._lock = threading.Lock()
        self._counts: Counter[Seen] = Counter()
        self._is_waiting = False
        if every is not None:
            Finalize(None, self.flush, exitpriority=0)  # granian's workers are forks, and end without `atexit`

    def add(self, slug: str, kind: Kind, at: datetime | None = None) -> None:
        """Count one view. Costs a dictionary's entry; the database hears of it later."""
        moment = (at or datetime.now(UTC)).replace(second=0, microsecond=0)
        quarter = moment.replace(minute=moment.minute - moment.minute % QUARTER)
        with self._lock:
            self._counts[Seen(slug, quarter, kind)] += 1
            if self._every is None or self._is_waiting:
                return
            self._is_waiting = True
        timer = threading.Timer(self._every, self.flush)
        timer.daemon = True
        timer.start()

    def flush(self) -> None:
        """Write the counts in a transaction of their own; where that fails they are kept for the next time."""
        with self._lock:
            counts, self._counts, self._is_waiting = self._counts, Counter(), False
        if not counts:
            return
        try:
            with self._app.app_context():
                _write(counts)
        except SQLAlchemyError as problem:
            log.warning("traffic_not_written", problem=type(problem).__name__)
            with self._lock:
                self._counts.update(counts)


def tally_of(app: Flask) -> Tally:
    tally: Tally = app.extensions[KEY]
    return tally


def _write(counts: Mapping[Seen, int]) -> None:
    """In one order in every process, so that two of them never wait for each other in a circle."""
    with transaction():
        for seen in sorted(counts):
            row = {"slug": seen.slug, "at": seen.at, "kind": seen.kind.value, "count": counts[seen]}
            db.session.execute(ADD, row)
