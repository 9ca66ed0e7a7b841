"""Hands due rows to RQ: a few at a time, the rest wait in PostgreSQL, and again when Redis lost them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from uuid import UUID

import structlog
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import or_, select, update

from campaign.db import db, transaction
from campaign.jobs.leases import from_now
from campaign.jobs.models import Job, JobState
from campaign.jobs.timing import Timing
from campaign.jobs.waiting import count_workers, push, queue_on, waiting_in

log = structlog.get_logger(__name__)

PER_WORKER = 2
"""Jobs in Redis for each worker process: one to start at once, one behind it."""
RECOUNT_SECONDS = 5.0
QUICK, SLOW = 0.02, 0.2
"""Seconds between looks while more rows are due than the workers hold: quick after success, slower while full."""


class Relay:
    """One leader's relay. `hand_over` is one look; its answer is how long to rest before the next."""

    def __init__(self, connection: Redis, timing: Timing, processes: int) -> None:
        self._queue = queue_on(connection)
        self._timing = timing
        self._processes = processes
        self._counted_at = float("-inf")
        self._capacity = PER_WORKER * processes
        self._pause = QUICK
        self._redis_away = False

    def hand_over(self) -> float | None:
        """Hand over what there is room for. Returns seconds to rest, or None: nothing is left, rest until woken.

        Needs an application context. Redis being away is a rest of a second and one line in the log; a database
        that does not answer is raised.
        """
        try:
            rest = self._hand_over()
        except RedisError as problem:
            if not self._redis_away:
                log.warning("relay.redis_away", problem=type(problem).__name__)
            self._redis_away = True
            return self._timing.poll
        if self._redis_away:
            log.info("relay.redis_back")
        self._redis_away = False
        return rest

    def _hand_over(self) -> float | None:
        waiting = waiting_in(self._queue)
        room = self._count_capacity() - len(waiting)
        if room <= 0:
            self._pause = min(self._pause * 2, SLOW)
            return self._pause
        self._pause = QUICK
        with transaction():
            rows = mark_handed(waiting, room, self._timing)
        if rows:
            push(self._queue, rows, time_limit=self._timing.time_limit)
        return QUICK if len(rows) == room else None

    def _count_capacity(self) -> int:
        if time.monotonic() - self._counted_at > RECOUNT_SECONDS:
            self._capacity = PER_WORKER * max(self._processes, count_workers(self._queue))
            self._counted_at = time.monotonic()
        return self._capacity


def mark_handed(waiting: Sequence[UUID], room: int, timing: Timing) -> list[tuple[UUID, int]]:
    """Choose up to `room` due rows, longest due first, and note that they are handed over now.

    Rows handed over lately, or still waiting in Redis, are passed by. Returns (id, number of the next attempt).
    """
    chosen = (
        select(Job.id)
        .where(
            Job.state == JobState.DUE,
            Job.run_at <= from_now(0),
            or_(Job.handed_at.is_(None), Job.handed_at < from_now(-timing.hand_again)),
            Job.id.not_in(waiting),
        )
        .order_by(Job.run_at, Job.id)
        .limit(room)
        .with_for_update(skip_locked=True)
    )
    change = update(Job).where(Job.id.in_(chosen)).values(handed_at=from_now(0))
    rows = db.session.execute(change.returning(Job.id, Job.attempt, Job.run_at)).all()
    return [(row.id, row.attempt + 1) for row in sorted(rows, key=lambda row: (row.run_at, row.id))]
