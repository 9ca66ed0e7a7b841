"""Settings: every one is written down, every bad one is named at once, and nonsense is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from campaign.cli import ROOT
from campaign.config import Provider, Settings, SettingsProblem, load_settings

GOOD = {
    "SECRET_KEY": "s" * 32,
    "BASE_URL": "https://photos.example.org",
    "DATABASE_URL": "postgresql://flaunt@localhost/flaunt",
    "REDIS_URL": "redis://localhost/0",
    "S3_BUCKET": "flaunt",
    "S3_ACCESS_KEY_ID": "key",
    "S3_SECRET_ACCESS_KEY": "secret",
    "OIDC_PROVIDERS": '[{"name":"p","label":"P","issuer":"https://login.example.org","client_id":"c"}]',
}


@pytest.fixture(autouse=True)
def _only_these(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)


def test_every_setting_is_written_down() -> None:
    example = (ROOT / ".env.example").read_text()
    written = {line.split("=")[0] for line in example.splitlines() if "=" in line and not line.startswith("#")}

    assert written == {name.upper() for name in Settings.model_fields}


def test_good_settings_are_read() -> None:
    settings = load_settings()

    assert settings.is_production
    assert settings.hosts == ["photos.example.org"]
    assert settings.oidc_providers[0].issuer == "https://login.example.org"


def test_every_bad_variable_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    bad = {"PORT": "many", "PROXY_HOPS": "-1", "SECRET_KEY": "short", "BASE_URL": "photos", "RATE_OF_READS": "often"}
    monkeypatch.delenv("S3_BUCKET")
    for name, value in bad.items():
        monkeypatch.setenv(name, value)

    with pytest.raises(SettingsProblem) as problem:
        load_settings()

    assert {line.split(":")[0] for line in str(problem.value).splitlines()} == {"S3_BUCKET", *bad}
    assert "RATE_OF_READS: is a number for each second, minute, hour or day" in str(problem.value)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SECRET_KEY", "short", "at least 32"),
        ("BASE_URL", "http://photos.example.org", "https://"),
        ("BASE_URL", "photos", "BASE_URL"),
        ("OIDC_PROVIDERS", "[]", "at least one provider"),
        ("OIDC_PROVIDERS", "not json", "JSON"),
        ("MAIL_SERVER", "mail.example.org", "MAIL_FROM is the address"),
        ("MAIL_FOLDER", "/tmp/mail", "for development"),
        ("MAIL_PORT", "0", "MAIL_PORT"),
    ],
)
def test_nonsense_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsProblem, match=said):
        load_settings()


def test_mail_is_encrypted_one_way_or_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAIL_SERVER", "mail.example.org")
    monkeypatch.setenv("MAIL_FROM", "Photos <photos@example.org>")
    assert load_settings().starttls

    monkeypatch.setenv("MAIL_USE_SSL", "true")
    assert not load_settings().starttls

    monkeypatch.setenv("MAIL_USE_TLS", "true")
    with pytest.raises(SettingsProblem, match="exclude each other"):
        load_settings()


def test_local_stack_is_found_without_a_database_url(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.setenv("FLAUNT_HOME", str(tmp_path))
    (tmp_path / "dev.env").write_text("DATABASE_URL='postgresql://local/flaunt'\n")

    assert load_settings().database_url == "postgresql://local/flaunt"


def test_operating_guide_names_every_setting() -> None:
    guide = (ROOT / "docs" / "operating.md").read_text()

    assert [name for name in Settings.model_fields if f"`{name.upper()}`" not in guide] == []
    assert [name for name in Provider.model_fields if f'"{name}"' not in guide and f"`{name}`" not in guide] == []
