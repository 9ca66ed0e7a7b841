"""PostgreSQL: does it answer, is it new enough, does it know letters, and has it the shape this release needs?"""

from __future__ import annotations

from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from campaign.cli import ROOT
from campaign.config import Settings
from campaign.doctor.finding import Ailing, Finding

NAME = "database"
OLDEST = 150000
"""PostgreSQL 15, as `server_version_num` says it."""
SECONDS = 5


def examine_database(settings: Settings) -> Finding:
    """Raises Ailing where it cannot be used as it is."""
    engine = create_engine(
        settings.database_url, poolclass=NullPool, connect_args={"connect_timeout": SECONDS}, hide_parameters=True
    )
    try:
        with engine.connect() as connection:
            version = _version(connection)
            locale = _locale(connection)
            _shape(connection)
    except SQLAlchemyError as problem:
        said = str(getattr(problem, "orig", None) or problem).strip().splitlines()[0]
        raise Ailing(f"does not answer: {said}", "Start PostgreSQL, and check DATABASE_URL.") from problem
    return Finding(NAME, f"PostgreSQL {version}, UTF-8, locale {locale}, in the shape this release needs")


def _version(connection: Connection) -> str:
    row = connection.execute(
        text("SELECT current_setting('server_version_num')::int, current_setting('server_version')")
    )
    number, version = row.one()
    if number < OLDEST:
        raise Ailing(f"is PostgreSQL {version}", "Flaunt needs PostgreSQL 15 or newer: upgrade the server.")
    return str(version).split()[0]


def _locale(connection: Connection) -> str:
    row = connection.execute(
        text(
            "SELECT pg_encoding_to_char(encoding), coalesce(datcollate, ''), lower('É') = 'é'"
            " FROM pg_database WHERE datname = current_database()"
        )
    )
    encoding, locale, knows_letters = row.one()
    remedy = "Make the database anew: CREATE DATABASE … ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0."
    if encoding != "UTF8":
        raise Ailing(f"is encoded as {encoding}, so it cannot hold every name", remedy)
    if not knows_letters:
        raise Ailing(f"has the locale {locale}, in which lower('É') is not é: searches would miss names", remedy)
    return str(locale)


def _shape(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    head = ScriptDirectory.from_config(config).get_current_head()
    known = connection.execute(text("SELECT to_regclass('alembic_version')")).scalar()
    now = connection.execute(text("SELECT version_num FROM alembic_version")).scalar() if known else None
    if now != head:
        raise Ailing(f"has shape {now or 'none'}, and this release needs {head}", "Run `flaunt db upgrade`.")
