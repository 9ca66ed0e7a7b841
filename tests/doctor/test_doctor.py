"""`flaunt doctor` against the real servers, and against servers that ail in one way each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from click.testing import CliRunner
from sqlalchemy import create_engine, text

from campaign.config import Settings
from campaign.doctor import command, sandbox
from campaign.doctor.command import examine
from campaign.doctor.finding import Finding
from tests.servers import LocalServers
from uploads.reasons import PhotoRefused, Reason
from uploads.sandbox.apart import Answer

NOWHERE = "127.0.0.1:1"


def finding(settings: Settings, name: str, **changes: Any) -> Finding:
    return {one.name: one for one in examine(settings.model_copy(update=changes))}[name]


@pytest.fixture
def quiet_store() -> Iterator[str]:
    """A store that says yes to everything, whoever asks."""

    class Silent(WSGIRequestHandler):
        def log_message(self, *_: object) -> None:
            return

    kept: dict[str, bytes] = {}

    def yes(environ: dict[str, Any], start: Any) -> list[bytes]:
        path = environ["PATH_INFO"]
        if environ["REQUEST_METHOD"] == "PUT":
            kept[path] = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
            start("200 OK", [("ETag", '"x"'), ("Content-Length", "0")])
            return []
        body = kept.get(path, b"")
        start("200 OK", [("Content-Length", str(len(body))), ("ETag", '"x"')])
        return [body]

    with make_server("127.0.0.1", 0, yes, handler_class=Silent) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_every_server_of_the_tests_is_well(settings: Settings) -> None:
    findings = list(examine(settings))

    assert [one.name for one in findings] == [
        "database",
        "redis",
        "decoder's sandbox",
        "photo store",
        "sign-in with local",
        "mail",
    ]
    assert [one.name for one in findings if not one.is_well] == []
    assert "PostgreSQL 18" in findings[0].said


def test_line_for_each_and_status_of_the_command(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "load_settings", lambda: settings)
    well = CliRunner().invoke(command.doctor)
    monkeypatch.setattr(
        command, "load_settings", lambda: settings.model_copy(update={"redis_url": f"redis://{NOWHERE}/0"})
    )
    ailing = CliRunner().invoke(command.doctor)

    assert (well.exit_code, ailing.exit_code) == (0, 1)
    assert "✓ database: PostgreSQL" in well.output
    assert "✗ redis: does not answer" in ailing.output
    assert "→ Start Redis, and check REDIS_URL." in ailing.output
    assert "✓ photo store" in ailing.output


@pytest.mark.parametrize(
    ("name", "changes", "remedy"),
    [
        ("database", {"database_url": f"postgresql://nobody@{NOWHERE}/none"}, "DATABASE_URL"),
        ("redis", {"redis_url": f"redis://{NOWHERE}/0"}, "REDIS_URL"),
        ("photo store", {"s3_endpoint_url": f"http://{NOWHERE}"}, "S3_ENDPOINT_URL"),
        ("photo store", {"s3_bucket": "not-there"}, "not-there"),
        ("mail", {"mail_server": "127.0.0.1", "mail_port": 1, "mail_from": "a@example.test"}, "MAIL_SERVER"),
    ],
)
def test_server_that_is_not_there_is_told_with_its_setting(
    settings: Settings, name: str, changes: dict[str, Any], remedy: str
) -> None:
    found = finding(settings, name, **changes)

    assert not found.is_well
    assert remedy in found.remedy


def test_wrong_key_of_the_store_is_told(settings: Settings) -> None:
    wrong = type(settings.s3_secret_access_key)("another secret key, quite long")

    assert "the keys" in finding(settings, "photo store", s3_secret_access_key=wrong).remedy


def test_store_open_to_strangers_is_told(settings: Settings, quiet_store: str) -> None:
    found = finding(settings, "photo store", s3_endpoint_url=quiet_store)

    assert "without a signature" in found.said
    assert "Block public access" in found.remedy


def test_store_that_does_not_know_our_pages_is_told(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    import requests  # noqa: PLC0415 -- only to take one header away

    real = requests.options

    def without_welcome(*args: Any, **kwargs: Any) -> requests.Response:
        answer = real(*args, **kwargs)
        answer.headers.pop("Access-Control-Allow-Origin", None)
        return answer

    monkeypatch.setattr(requests, "options", without_welcome)

    assert "CORS" in finding(settings, "photo store").remedy


def test_provider_that_is_another_one_is_told(settings: Settings) -> None:
    local = settings.oidc_providers[0]
    other = local.model_copy(update={"issuer": local.issuer + "/"})

    found = finding(settings, "sign-in with local", oidc_providers=(other,))

    assert "letter by letter" in found.remedy


def test_provider_that_is_not_there_is_told(settings: Settings) -> None:
    gone = settings.oidc_providers[0].model_copy(update={"issuer": f"http://{NOWHERE}"})

    assert "does not answer" in finding(settings, "sign-in with local", oidc_providers=(gone,)).said


def test_database_of_an_older_release_is_told(settings: Settings, local_servers: LocalServers) -> None:
    address = local_servers.new_database("doctor_shape")
    try:
        engine = create_engine(address)
        with engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
        engine.dispose()

        assert finding(settings, "database", database_url=address).remedy == "Run `flaunt db upgrade`."
    finally:
        local_servers.drop_database("doctor_shape")


def test_plain_provider_is_knocked_at(settings: Settings) -> None:
    local = settings.oidc_providers[0]
    plain = local.model_copy(
        update={
            "kind": "oauth2",
            "token_url": f"{local.issuer}/oauth2/token",
            "profile_url": f"{local.issuer}/userinfo",
        }
    )
    away = plain.model_copy(update={"profile_url": f"http://{NOWHERE}/me"})

    assert finding(settings, "sign-in with local", oidc_providers=(plain,)).is_well
    assert "profile_url" in finding(settings, "sign-in with local", oidc_providers=(away,)).remedy


def test_a_sandbox_that_lets_something_through_is_a_note(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    told = {"ok": True, "refused": ["start a program"]}
    monkeypatch.setattr(sandbox, "ask_apart", lambda *_: Answer(json.dumps(told).encode(), 0))

    found = finding(settings, "decoder's sandbox")

    assert (found.note, found.is_well) == (True, True)
    assert "could use the network, start processes, read our settings" in found.said


def test_a_sandbox_that_does_not_start_ails(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PhotoRefused(Reason.DECODER_FAILED, "the decoder's parent process died")

    monkeypatch.setattr(sandbox, "ask_apart", refuse)

    assert not finding(settings, "decoder's sandbox").is_well
