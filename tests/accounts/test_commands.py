"""`flaunt invite` and `flaunt token`."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

import click
import pytest
from click.testing import CliRunner, Result
from flask import Flask

from campaign.accounts.accepting import accept_invitation
from campaign.accounts.commands import add_commands
from campaign.accounts.models import Person, Role
from campaign.accounts.places import KEY, Place
from campaign.db import db
from tests.people import Someone

Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask, database: None) -> Run:
    @click.group()
    def flaunt() -> None:
        """The command line."""

    add_commands(flaunt, lambda: app)
    return lambda *words: CliRunner().invoke(flaunt, words)


def test_invite_prints_a_link_that_works(run: Run, fan: Someone) -> None:
    result = run("invite", "staff")
    assert result.exit_code == 0
    address, _, secret = result.stdout.strip().rpartition("/")
    assert address == "http://localhost/invitations"
    accept_invitation(secret, db.session.get_one(Person, fan.person_id))
    assert fan.actor.grants == {(Role.STAFF, None)}


def test_invite_refuses_a_role_that_is_none(run: Run) -> None:
    result = run("invite", "fan")
    assert result.exit_code == 2
    assert "'cast', 'staff', 'marketer', 'admin'" in result.output


def test_invite_to_a_campaign_nobody_knows_is_told(run: Run) -> None:
    result = run("invite", "cast", "--campaign", "nowhere")
    assert result.exit_code == 1
    assert "There is no campaign “nowhere”" in result.output


def test_admin_is_not_invited_to_one_campaign(run: Run, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def directory(*, slug: str | None = None, campaign_id: UUID | None = None) -> Place:
        return Place(campaign_id or uuid4(), slug or "somewhere", "Somewhere")

    monkeypatch.setitem(app.extensions, KEY, directory)
    result = run("invite", "admin", "--campaign", "somewhere")
    assert result.exit_code == 1
    assert "whole installation" in result.output


def test_token_is_shown_once_and_works(run: Run, app: Flask, fan: Someone) -> None:
    result = run("token", "create", "fan@example.test", "--scope", "read", "--scope", "submit", "--days", "7")
    assert result.exit_code == 0
    token = result.stdout.strip()
    assert token.startswith("flaunt_")
    me = app.test_client().get("/api/v1/me", headers={"Authorization": f"Bearer {token}"})
    assert me.json["scopes"] == ["read", "submit"]
    listed = run("token", "list", "Fan").stdout
    assert token not in listed
    assert "read submit" in listed
    assert "until 2" in listed


@pytest.mark.parametrize("by_id", [True, False])
def test_token_revoked_is_refused_from_then_on(run: Run, app: Flask, fan: Someone, by_id: bool) -> None:  # noqa: FBT001 -- a parameter of the test
    token = run("token", "create", str(fan.person_id), "--scope", "read").stdout.strip()
    named = run("token", "list", str(fan.person_id)).stdout.split()[0] if by_id else token
    assert run("token", "revoke", named).exit_code == 0
    assert run("token", "revoke", named).exit_code == 0
    answer = app.test_client().get("/api/v1/me", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 401
    assert "revoked" in run("token", "list", str(fan.person_id)).stdout


def test_token_needs_a_scope(run: Run, fan: Someone) -> None:
    assert run("token", "create", "Fan").exit_code == 2
    assert run("token", "create", "Fan", "--scope", "everything").exit_code == 2


def test_token_for_nobody_is_told(run: Run) -> None:
    result = run("token", "create", "nobody@example.test", "--scope", "read")
    assert result.exit_code == 1
    assert "Nobody here is known as" in result.output


def test_token_that_is_none_is_told(run: Run) -> None:
    for words in ("nonsense", str(uuid4())):
        assert run("token", "revoke", words).exit_code == 1


def test_list_of_none_is_empty(run: Run, fan: Someone) -> None:
    result = run("token", "list", "Fan")
    assert result.stdout == ""
    assert "has no tokens" in result.stderr
