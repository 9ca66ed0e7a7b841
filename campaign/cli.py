"""`flaunt`: everything an operator types."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from flask import Flask

    from campaign.config import Settings

ROOT = Path(__file__).parent.parent
PROCESSES = ("dev", "web", "worker", "clock")
"""What starts often and together: loading the slices' commands would cost each of them a second."""
TOOLS = {
    "allocate": "campaign.judging.allocate_command",
    "score": "campaign.judging.score_tool.command",
}
"""Commands that stand alone, and the modules they are in: no settings, no database, nothing of the web is loaded."""


@click.group()
def flaunt() -> None:
    """Run and look after a Flaunt installation."""


@flaunt.command()
def dev() -> None:
    """Start everything on this machine, with a demo in it. Ctrl-C ends it all."""
    from campaign.dev.command import run_dev  # noqa: PLC0415 -- the local servers are a development dependency

    sys.exit(run_dev())


@flaunt.command()
def web() -> None:
    """Serve the pages and the API (granian)."""
    settings = _settings()
    command = [
        "granian", "--interface", "wsgi", "--factory", "--no-ws",
        "--host", settings.host, "--port", str(settings.port),
        "--workers", str(settings.web_processes), "--blocking-threads", str(settings.web_threads),
        "--workers-kill-timeout", "10", "--respawn-failed-workers", "--backpressure", str(settings.web_threads * 8),
        "campaign.wsgi:create",
    ]  # fmt: skip
    os.execv(Path(sys.executable).with_name("granian"), command)  # noqa: S606 -- becomes the server, no shell


@flaunt.command()
def worker() -> None:
    """Do the jobs that the clock hands over."""
    from campaign.jobs.worker import run_worker  # noqa: PLC0415 -- each process loads only what it runs

    run_worker(_app(), _settings())


@flaunt.command()
def clock() -> None:
    """Hand due jobs to the workers, heal what crashed, and write down what time has brought."""
    from campaign.jobs.clock import run_clock  # noqa: PLC0415 -- each process loads only what it runs

    run_clock(_app(), _settings())


@flaunt.group(name="db")
def database() -> None:
    """The database's shape."""


@database.command()
def upgrade() -> None:
    """Bring the database to the shape this release needs."""
    from alembic import command  # noqa: PLC0415 -- only this command needs it
    from alembic.config import Config  # noqa: PLC0415 -- as above

    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.attributes["database_url"] = _settings().database_url
    command.upgrade(config, "head")
    click.echo("The database is up to date.")


def _settings() -> Settings:
    from campaign.config import load_settings  # noqa: PLC0415 -- tools that stand alone have no settings

    return load_settings()


def _app() -> Flask:
    from campaign.app import create_app  # noqa: PLC0415 -- settings are checked before anything heavy loads

    return create_app(_settings())


def _add_tool(name: str) -> None:
    flaunt.add_command(getattr(import_module(TOOLS[name]), name))


def _add_dossier() -> None:
    """Checking a dossier is for anybody, without settings or servers, so nothing else is loaded with it."""
    from campaign.judging.commands import add_commands as add_judging_commands  # noqa: PLC0415 -- each loads its own

    add_judging_commands(flaunt, _app)


def _add_commands_of_slices() -> None:
    from campaign.accounts.commands import add_commands as add_account_commands  # noqa: PLC0415 -- slow to load
    from campaign.doctor.command import doctor  # noqa: PLC0415 -- slow to load
    from campaign.jobs.commands import add_commands as add_job_commands  # noqa: PLC0415 -- slow to load

    _add_dossier()
    add_account_commands(flaunt, _app)
    add_job_commands(flaunt, _app)
    flaunt.add_command(doctor)
    for tool in TOOLS:
        _add_tool(tool)


def main() -> None:
    """Run the command line; a bad setting is a line, not a traceback."""
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name in TOOLS:
        _add_tool(name)
        flaunt()
    from campaign.config import SettingsProblem  # noqa: PLC0415 -- as above

    if name == "dossier":
        _add_dossier()
    elif name not in PROCESSES:
        _add_commands_of_slices()
    try:
        flaunt()
    except SettingsProblem as problem:
        click.echo(f"These settings need a look before Flaunt can start:\n{problem}", err=True)
        sys.exit(1)
