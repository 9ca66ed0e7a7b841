"""What the clock and the workers do for rounds."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from campaign.db import db, transaction
from campaign.jobs import Attempt
from campaign.judging.life.rounds import close_due_round, due_rounds
from campaign.judging.models import Round
from campaign.judging.results.reckoning import reckon


def close_due_rounds() -> int:
    """Seal the rounds whose deadline has passed, each in a transaction of its own; returns how many."""
    with transaction():
        due = due_rounds()
    closed = 0
    for round_id in due:
        with transaction():
            closed += close_due_round(round_id)
    return closed


def reckon_closed_round(payload: dict[str, Any], *, attempt: Attempt) -> None:  # noqa: ARG001 -- a handler's shape
    """Reckon the result of a round that has closed, so that nobody has to wait for it; whoever comes first does it."""
    with transaction():
        closed = db.session.get(Round, UUID(payload["round_id"]))
        if closed is not None and closed.is_judged:
            reckon(closed)
