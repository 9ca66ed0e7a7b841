"""`flaunt invite` and `flaunt token`: what an operator does from the command line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import click
from flask import Flask

from campaign.accounts.invitations import VALID, invite
from campaign.accounts.models import ApiToken, Role, Scope
from campaign.accounts.places import place_of
from campaign.accounts.queries import find_person
from campaign.accounts.tokens import create_token, find_token, revoke_token, tokens_of
from campaign.clock import database_now
from campaign.commands import within_app
from campaign.db import transaction
from campaign.extensions import settings


def add_commands(group: click.Group, make_app: Callable[[], Flask]) -> None:
    """Add `invite` and `token` to the command line. The application is made when one of them runs."""
    group.context_settings["obj"] = make_app
    group.add_command(invite_command)
    group.add_command(token_group)


@click.command("invite")
@click.argument("role", type=click.Choice([role.value for role in Role]))
@click.option("--campaign", "slug", metavar="SLUG", help="For this campaign only; otherwise for all of them.")
@within_app
def invite_command(role: str, slug: str | None) -> None:
    """Print a link that gives ROLE to the first person who opens it and signs in."""
    place = place_of(slug) if slug else None
    with transaction():
        _, secret = invite(Role(role), place.campaign_id if place else None)
    where = f"in “{place.title}”" if place else "in every campaign"
    click.echo(f"A link for one person, good for {VALID.days} days. It makes them {role} {where}:", err=True)
    click.echo(f"{settings().base_url.rstrip('/')}/invitations/{secret}")


@click.group("token")
def token_group() -> None:
    """API tokens: make, list, revoke."""


@token_group.command("create")
@click.argument("person")
@click.option(
    "--scope",
    "scopes",
    type=click.Choice([scope.value for scope in Scope]),
    multiple=True,
    required=True,
    help="What it may be used for. Give it once for each.",
)
@click.option("--days", type=click.IntRange(min=1), help="Let it run out after so many days.")
@within_app
def create_command(person: str, scopes: tuple[str, ...], days: int | None) -> None:
    """Print a new token for PERSON (an id, an e-mail address, a name, or "ISSUER SUBJECT"). It is shown this once."""
    with transaction():
        owner = find_person(person)
        expires_at = database_now() + timedelta(days=days) if days else None
        secret = create_token(owner.id, [Scope(scope) for scope in scopes], expires_at)
        name = owner.display_name
    click.echo(
        f"A token for {name}, for: {', '.join(sorted(set(scopes)))}. Keep it now, it is not shown again:", err=True
    )
    click.echo(secret)


@token_group.command("revoke")
@click.argument("token")
@within_app
def revoke_command(token: str) -> None:
    """End TOKEN (its id, or the token itself) at once."""
    with transaction():
        found = find_token(token)
        revoke_token(found.id)
        known_as = found.id
    click.echo(f"Revoked {known_as}. Programs that use it are refused from now on.")


@token_group.command("list")
@click.argument("person")
@within_app
def list_command(person: str) -> None:
    """List the tokens of PERSON, newest first."""
    owner = find_person(person)
    found = tokens_of(owner)
    for token in found:
        click.echo(_line(token))
    if not found:
        click.echo(f"{owner.display_name} has no tokens.", err=True)


def _line(token: ApiToken) -> str:
    if token.revoked_at is not None:
        state = "revoked"
    elif token.expires_at is None:
        state = "current"
    else:
        state = f"until {token.expires_at:%Y-%m-%d}" if token.expires_at > database_now() else "run out"
    return f"{token.id}  {token.created_at:%Y-%m-%d}  {state}  {' '.join(token.scopes)}"
