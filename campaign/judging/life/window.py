"""The closing rule for rounds (decision 3): who votes holds the shared lock, who opens or closes the exclusive one."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from campaign.db import Lock, db, lock_exclusive, lock_shared
from campaign.errors import NotFound
from campaign.judging.models import Round


def hold_round(round_id: UUID) -> tuple[Round, datetime]:
    """Wait until every vote under way is written, keep others out, and read the round with the clock."""
    lock_exclusive(Lock.ROUND, round_id)
    return _read(round_id)


def share_round(round_id: UUID) -> Round:
    """Read a round that nobody closes, opens, or decides about until the transaction ends."""
    lock_shared(Lock.ROUND, round_id)
    return _read(round_id)[0]


def _read(round_id: UUID) -> tuple[Round, datetime]:
    """A statement of its own, after the lock: its snapshot sees what the last holder committed."""
    row = db.session.execute(
        select(Round, func.clock_timestamp()).where(Round.id == round_id).execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        raise NotFound("There is no such round.")
    return row[0], row[1]
