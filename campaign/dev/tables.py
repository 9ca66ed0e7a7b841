"""The database's tables, brought up to date; passed over in a moment where nothing has changed since last time."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import psycopg

from campaign.cli import ROOT
from campaign.dev.home import Home, write_private
from campaign.dev.postgres import ROLE, connect, provide_database
from campaign.dev.starting import DidNotStart
from campaign.dev.state import LocalState


def bring_up_to_date(home: Home, state: LocalState) -> bool:
    """Make the database and run `flaunt db upgrade` where needed; True if it ran. Raises `DidNotStart`."""
    ports, secrets = state.ports, state.secrets
    made = provide_database(ports.postgres, secrets.postgres_password)
    note = home.run / "tables.json"
    if not made and _read(note) == [_migrations(), _version(state)]:
        return False
    upgrade(home)
    write_private(note, json.dumps([_migrations(), _version(state)]))
    return True


def look_current(home: Home) -> bool:
    """Whether no migration came since the last start, as far as one can tell before the database answers."""
    kept = _read(home.run / "tables.json")
    return isinstance(kept, list) and kept[:1] == [_migrations()]


def upgrade(home: Home) -> None:
    """Run the migrations as an operator does; raises `DidNotStart` when they fail."""
    log = home.log_of("migrations")
    command = [str(Path(sys.executable).with_name("flaunt")), "db", "upgrade"]
    with log.open("wb") as out:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        raise DidNotStart("The database's tables", "Mend what the lines above say, then start again.", log)


def _migrations() -> str:
    """A mark of all migration files. Loading Alembic to ask it takes a second of each start."""
    mark = hashlib.sha256()
    for path in sorted((ROOT / "migrations" / "versions").glob("*.py")):
        mark.update(path.name.encode() + path.read_bytes())
    return mark.hexdigest()


def _version(state: LocalState) -> str | None:
    """What the database itself says it is at."""
    with connect(state.ports.postgres, state.secrets.postgres_password, ROLE) as connection:
        try:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except psycopg.errors.UndefinedTable:
            return None
    return str(row[0]) if row else None


def _read(note: Path) -> object:
    try:
        return json.loads(note.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
