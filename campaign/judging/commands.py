"""`flaunt dossier`: write out what a final round's result follows from, and check it anywhere.

Nothing heavy loads with this module: checking a file takes neither the application nor a database driver.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from uuid import UUID

import click

if TYPE_CHECKING:
    from flask import Flask


def add_commands(group: click.Group, make_app: Callable[[], Flask]) -> None:
    """Add `dossier` to the command line. The application is made only to export: checking needs none."""
    group.context_settings["obj"] = make_app
    group.add_command(dossier_group)


@click.group("dossier")
def dossier_group() -> None:
    """What a round's result follows from: write it out, check it."""


@dossier_group.command("export")
@click.argument("round_id", metavar="ROUND", type=click.UUID)
@click.option("--output", "-o", type=click.File("wb"), default="-", help="A file; otherwise standard output.")
def export_command(round_id: UUID, output: BinaryIO) -> None:
    """Write the dossier of the final round with the id ROUND, without a name in it, as canonical JSON."""
    from campaign.commands import within_app  # noqa: PLC0415 -- checking needs no application
    from campaign.judging.record.sealing import dossier_of  # noqa: PLC0415 -- as above

    @within_app
    def export() -> None:
        dossier = dossier_of(round_id)
        output.write(dossier.canonical())
        click.echo(f"Sealed with {dossier.seal}. Keep this number elsewhere, to check against.", err=True)

    export()


@dossier_group.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--seal", metavar="HEX", help="The seal that was kept elsewhere: of the closing, or of the final result.")
def verify_command(file: Path, seal: str | None) -> None:
    """Check FILE without a database: chains, plan, ballots, result and seals. Exit status 1 where something breaks."""
    from pydantic import ValidationError  # noqa: PLC0415 -- only this command needs it

    from campaign.judging.record.dossier import Dossier  # noqa: PLC0415 -- as above
    from campaign.judging.record.proof import verify  # noqa: PLC0415 -- as above

    try:
        dossier = Dossier.model_validate_json(file.read_bytes())
    except ValidationError as problem:
        click.echo(f"{file.name} is not a dossier as Flaunt writes it:", err=True)
        for one in problem.errors()[:20]:
            click.echo(f"  {'.'.join(map(str, one['loc']))}: {one['msg']}", err=True)
        sys.exit(1)
    findings = verify(dossier, seal=seal.strip().lower() if seal is not None else None)
    for finding in findings:
        click.echo(finding, err=True)
    if findings:
        sys.exit(1)
    events = sum(len(one.events) for one in dossier.panel)
    click.echo(
        f"verified: {len(dossier.entries):,} photos, {len(dossier.panel):,} judges, {events:,} events, "
        f"{len(dossier.ballots):,} ballots. Sealed with {dossier.seal}."
    )
    kept = (
        "That is the seal you kept." if seal is not None else "Is it the one that was mailed to the panel? See --seal."
    )
    click.echo(kept, err=True)


@dossier_group.command("forget")
@click.argument("person")
@click.confirmation_option(prompt="This cannot be undone. Erase this person?")
def forget_command(person: str) -> None:
    """Erase PERSON (an id, an e-mail address or a name), who judged: their ballots stay under a pseudonym.

    Name, address, sign-in, roles, notes and conflicts go, and with them the link to “Judge N”. Every dossier stays as
    it is and verifies. Refused while PERSON sits on a round that is not closed, or has photos here.
    """
    from campaign.accounts.queries import find_person  # noqa: PLC0415 -- checking a dossier needs none of this
    from campaign.commands import within_app  # noqa: PLC0415 -- as above
    from campaign.db import transaction  # noqa: PLC0415 -- as above
    from campaign.judging.record.forgetting import erase_judge  # noqa: PLC0415 -- as above

    @within_app
    def forget() -> None:
        with transaction():
            seats = erase_judge(find_person(person))
        where = "1 panel" if seats == 1 else f"{seats:,} panels"
        click.echo(f"Erased. The ballots given on {where} stay under a pseudonym, and dossiers verify as before.")

    forget()
