"""Who does what: handlers, subscribers and periodic tasks, kept on the Flask application, bound while composing it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from flask import Flask, current_app

from campaign.jobs.attempt import Attempt
from campaign.jobs.timing import Timing

EXTENSION = "flaunt_jobs"


class Handler(Protocol):
    """Does one job. It is called with an application context and no open transaction, and opens its own short ones."""

    def __call__(self, payload: dict[str, Any], *, attempt: Attempt) -> None: ...


OnFailed = Callable[[dict[str, Any], str], None]
"""Called with the payload and the reason, in the transaction that makes the job failed. It never commits."""


OnRetry = Callable[[dict[str, Any]], None]
"""Called with the payload in the transaction that gives a failed job new strikes: undoes what `on_failed` did.

It raises Conflict, in words, where there is nothing left to try again.
"""


@dataclass(frozen=True)
class Bound:
    handler: Handler
    on_failed: OnFailed | None
    on_retry: OnRetry | None


@dataclass(frozen=True)
class Periodic:
    name: str
    seconds: float
    task: Callable[[], object]


@dataclass
class Registry:
    """What one application knows about jobs. Filled while it is put together, only read afterwards."""

    timing: Timing = field(default_factory=Timing)
    handlers: dict[str, Bound] = field(default_factory=dict)
    subscribers: dict[str, list[str]] = field(default_factory=dict)
    periodic: list[Periodic] = field(default_factory=list)


def registry_of(app: Flask) -> Registry:
    """The application's registry, made on first use."""
    found = app.extensions.setdefault(EXTENSION, Registry())
    assert isinstance(found, Registry)
    return found


def current_registry() -> Registry:
    """The running application's registry."""
    return registry_of(current_app)


def bind(
    app: Flask, kind: str, handler: Handler, *, on_failed: OnFailed | None = None, on_retry: OnRetry | None = None
) -> None:
    """Let `handler` do the jobs of this kind; raises `ValueError` where the kind already has a handler."""
    handlers = registry_of(app).handlers
    if kind in handlers:
        raise ValueError(f"the job kind {kind} is bound twice")
    handlers[kind] = Bound(handler, on_failed, on_retry)


def bind_periodic(app: Flask, name: str, seconds: float, task: Callable[[], object]) -> None:
    """Run `task` about every `seconds` in the clock process, in an application context and a thread of its own.

    At least once, not exactly: while leadership moves, two clocks may run it at the same time.
    """
    registry_of(app).periodic.append(Periodic(name, seconds, task))


def subscribers_of(event: str) -> Sequence[str]:
    """The kinds of job that follow an event."""
    return current_registry().subscribers.get(event, ())
