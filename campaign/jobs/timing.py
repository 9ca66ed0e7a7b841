"""How long each rule of the job runner waits. Production uses the defaults; tests may shorten them."""

from __future__ import annotations

from dataclasses import dataclass

MOST_STRIKES = 3
"""Attempts that may crash or raise before the job is failed."""

STRIKE_PAUSES = (2.0, 10.0)
"""Seconds before the second and the third attempt of a job that raised."""


@dataclass(frozen=True)
class Timing:
    """All in seconds."""

    lease: float = 20.0
    """A job whose worker is silent this long is taken from it."""
    beat: float = 5.0
    """How often a worker says that it is still at it."""
    time_limit: float = 300.0
    """The longest one attempt may take."""
    hand_again: float = 5.0
    """A row that was handed over and neither waits in Redis nor was claimed after this long is handed over again."""
    poll: float = 1.0
    """How often the relay looks for due rows when nothing wakes it."""
    reconcile: float = 10.0
    """How often expired leases are looked for."""
    shortest_wait: float = 1.0
    longest_wait: float = 30.0
    """Between these two, the pause while something is out of reach doubles."""
    patience: float = 24 * 3600.0
    """How long a job waits for what is out of reach before it is failed."""
    stop_grace: float = 20.0
    """How long a stopping worker may finish the job it holds before the job is given back."""
    kept: float = 14 * 24 * 3600.0
    """How long a finished row is kept for people to look at."""
