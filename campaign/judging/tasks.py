"""What the clock does for rounds."""

from __future__ import annotations

from campaign.db import transaction
from campaign.judging.rounds import close_due_round, due_rounds


def close_due_rounds() -> int:
    """Seal the rounds whose deadline has passed, each in a transaction of its own; returns how many."""
    with transaction():
        due = due_rounds()
    closed = 0
    for round_id in due:
        with transaction():
            closed += close_due_round(round_id)
    return closed
