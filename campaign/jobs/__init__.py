"""Work that must happen: a durable row, written with what makes it necessary, done by workers at least once.

`enqueue` in a transaction; `bind` handlers while the application is put together; raise `Retry` from a handler when
something it needs is out of reach. The row is the job, RQ is the runner, Redis may be emptied at any moment.
"""

from __future__ import annotations

from campaign.jobs.attempt import Attempt, Retry, Superseded
from campaign.jobs.composition import register
from campaign.jobs.events import record, subscribe
from campaign.jobs.queue import enqueue
from campaign.jobs.registry import bind, bind_periodic
from campaign.jobs.timing import Timing

__all__ = [
    "Attempt",
    "Retry",
    "Superseded",
    "Timing",
    "bind",
    "bind_periodic",
    "enqueue",
    "record",
    "register",
    "subscribe",
]
