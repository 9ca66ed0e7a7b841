"""What the job runner itself binds into an application."""

from __future__ import annotations

from flask import Flask

from campaign.jobs.reconciler import reconcile, sweep
from campaign.jobs.registry import bind_periodic, registry_of
from campaign.jobs.timing import Timing

SWEEP_EVERY = 3600.0


def register(app: Flask, timing: Timing | None = None) -> None:
    """Give the application its registry of jobs, with the clock's own periodic tasks in it."""
    registry = registry_of(app)
    if timing is not None:
        registry.timing = timing
    bind_periodic(app, "jobs.reconcile", registry.timing.reconcile, reconcile)
    bind_periodic(app, "jobs.sweep", SWEEP_EVERY, sweep)
