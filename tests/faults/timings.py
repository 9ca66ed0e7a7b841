"""The job runner's pauses, cut down where a short run cannot wait for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace

from campaign.jobs import endings
from campaign.jobs.registry import Registry
from campaign.jobs.timing import Timing

PAUSES = (0.3, 0.6)
"""Seconds before the second and the third attempt, in place of the job runner's own."""
SHORT = Timing(lease=2.0, beat=0.4, reconcile=0.5, hand_again=1.0, longest_wait=2.0)


def told(given: Timing) -> dict[str, float]:
    """As plain figures, for an environment."""
    return asdict(given)


def shorten_strikes() -> None:
    """Let this process wait less before it tries again what raised; for processes of a fault's own."""
    endings.STRIKE_PAUSES = PAUSES


def shorten(registry: Registry, figures: Mapping[str, float]) -> None:
    """Give an application these pauses, and its periodic look at silent workers the same."""
    registry.timing = Timing(**figures)
    registry.periodic[:] = [
        replace(task, seconds=registry.timing.reconcile) if task.name == "jobs.reconcile" else task
        for task in registry.periodic
    ]
