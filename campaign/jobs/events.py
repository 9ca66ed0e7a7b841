"""Something low tells something high: recording an event writes one job per subscriber, in the same transaction."""

from __future__ import annotations

from typing import Any

from flask import Flask

from campaign.jobs.queue import enqueue
from campaign.jobs.registry import Handler, OnFailed, bind, registry_of, subscribers_of


def subscribe(
    app: Flask, event_kind: str, job_kind: str, handler: Handler, *, on_failed: OnFailed | None = None
) -> None:
    """Let `handler` follow an event, as a job of its own kind with its own attempts."""
    bind(app, job_kind, handler, on_failed=on_failed)
    registry_of(app).subscribers.setdefault(event_kind, []).append(job_kind)


def record(kind: str, payload: dict[str, Any]) -> None:
    """Write down that something happened. Nobody has to be listening."""
    for job_kind in subscribers_of(kind):
        enqueue(job_kind, payload)
