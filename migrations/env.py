"""Alembic's environment: the models' metadata, and time limits so that a migration never holds up a live campaign."""

from __future__ import annotations

from alembic import context
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

import campaign.accounts.audit
import campaign.accounts.idempotency
import campaign.accounts.models
import campaign.awards.models
import campaign.campaigns.models
import campaign.insight.models
import campaign.jobs.models
import campaign.judging.models
import campaign.moments.models
import campaign.pictures.models
import campaign.submissions.desk_models
import campaign.submissions.models  # noqa: F401 -- each import adds its tables to the metadata
from campaign.config import load_settings
from campaign.db import Base, Choice

LOCK_TIMEOUT = "4s"
STATEMENT_TIMEOUT = "10min"


def render_item(kind: str, item: object, _autogen_context: object) -> str | bool:
    """A migration is history: it names plain column types, not our own that may move."""
    return "sa.Text()" if kind == "type" and isinstance(item, Choice) else False


url = context.config.attributes.get("database_url") or load_settings().database_url
engine = create_engine(url, poolclass=NullPool)
with engine.connect() as connection:
    connection.execute(text(f"SET lock_timeout = '{LOCK_TIMEOUT}'"))
    connection.execute(text(f"SET statement_timeout = '{STATEMENT_TIMEOUT}'"))
    connection.commit()
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        transaction_per_migration=True,
        render_item=render_item,
    )
    with context.begin_transaction():
        context.run_migrations()
