"""`flaunt doctor`: every examination, a line for each, and exit status 1 where something ails."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial

import click

from campaign.app import storage_settings
from campaign.config import Settings, load_settings
from campaign.doctor.database import examine_database
from campaign.doctor.finding import Ailing, Examination, Finding
from campaign.doctor.mail import examine_mail
from campaign.doctor.providers import examine_provider
from campaign.doctor.redis import examine_redis
from campaign.doctor.sandbox import examine_sandbox
from campaign.doctor.store import examine_store


@click.command("doctor")
def doctor() -> None:
    """Try the database, Redis, the photo store, the decoder's sandbox, the sign-in providers and the mail server."""
    settings = load_settings()
    click.echo("✓ settings: every one can be read")
    findings = []
    for finding in examine(settings):
        findings.append(finding)
        mark = "·" if finding.note else "✓" if finding.is_well else "✗"
        click.echo(f"{mark} {finding.name}: {finding.said}" + (f"\n    → {finding.remedy}" if finding.remedy else ""))
    ailing = sum(not finding.is_well for finding in findings)
    click.echo("Everything is well." if not ailing else f"{ailing} of {len(findings)} need a look.")
    sys.exit(bool(ailing))


def examine(settings: Settings) -> Iterator[Finding]:
    """Each examination's finding, as soon as it is known; an examination that breaks is a finding too."""
    examinations: list[tuple[str, Examination]] = [
        ("database", examine_database),
        ("redis", examine_redis),
        ("decoder's sandbox", examine_sandbox),
        ("photo store", lambda given: examine_store(given, storage_settings(given))),
        *((f"sign-in with {one.name}", partial(_provider, one.name)) for one in settings.oidc_providers),
        ("mail", examine_mail),
    ]
    for name, examination in examinations:
        try:
            yield examination(settings)
        except Ailing as ailing:
            yield Finding(name, ailing.said, ailing.remedy)
        except Exception as problem:  # noqa: BLE001 -- a doctor who faints helps nobody: the other lines still come
            yield Finding(name, f"could not be tried: {type(problem).__name__}: {problem}", "Check its settings.")


def _provider(name: str, settings: Settings) -> Finding:
    provider = next(one for one in settings.oidc_providers if one.name == name)
    callback = f"{settings.base_url.rstrip('/')}/sign-in/{name}/callback"
    return examine_provider(provider, callback)
