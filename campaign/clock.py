"""One clock for everybody: the database's."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from campaign.db import db


def database_now() -> datetime:
    """The database's clock at this statement (not at the start of the transaction), with its time zone."""
    now: datetime = db.session.scalars(select(func.clock_timestamp())).one()
    return now
