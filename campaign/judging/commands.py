"""`flaunt dossier`: write out what a round's result follows from, and check it anywhere."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

import click
from flask import Flask
from pydantic import ValidationError

from campaign.commands import within_app
from campaign.judging.dossier import Dossier, verify
from campaign.judging.record import dossier_of


def add_commands(group: click.Group, make_app: Callable[[], Flask]) -> None:
    """Add `dossier` to the command line. The application is made only to export: checking needs none."""
    group.context_settings["obj"] = make_app
    group.add_command(dossier_group)


@click.group("dossier")
def dossier_group() -> None:
    """What a round's result follows from: write it out, check it."""


@dossier_group.command("export")
@click.argument("round_id", type=click.UUID)
@click.option("--output", "-o", type=click.File("wb"), default="-", help="A file; otherwise standard output.")
@within_app
def export_command(round_id: UUID, output: BinaryIO) -> None:
    """Write the dossier of a closed round, without a name in it, as canonical JSON."""
    dossier = dossier_of(round_id)
    output.write(dossier.canonical())
    click.echo(f"Sealed with {dossier.seal}. Keep this number elsewhere, to check against.", err=True)


@dossier_group.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--seal", metavar="HEX", help="The seal that was kept elsewhere.")
def verify_command(file: Path, seal: str | None) -> None:
    """Check FILE without a database: every judge's chain, the ballots, the result and the seal."""
    try:
        dossier = Dossier.model_validate_json(file.read_bytes())
    except ValidationError as problem:
        click.echo(f"{file.name} is not a dossier as Flaunt writes it:", err=True)
        for one in problem.errors():
            click.echo(f"  {'.'.join(map(str, one['loc']))}: {one['msg']}", err=True)
        sys.exit(1)
    findings = verify(dossier, seal=seal)
    for finding in findings:
        click.echo(finding, err=True)
    if findings:
        sys.exit(1)
    events = sum(len(one.events) for one in dossier.judges)
    click.echo(
        f"Everything holds: {len(dossier.entries)} photos, {len(dossier.judges)} judges, {events} events, "
        f"{len(dossier.ballots)} ballots. Sealed with {dossier.seal}."
    )
