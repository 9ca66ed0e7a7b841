"""What is kept in the home folder, and what a person reads when something there is in the way."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from campaign.config import Settings
from campaign.dev.addresses import Addresses, addresses_for
from campaign.dev.checks import check_machine, check_ports, check_redis
from campaign.dev.cluster import check_cluster
from campaign.dev.home import Home, hold, open_home
from campaign.dev.ports import choose
from campaign.dev.problem import LocalProblem
from campaign.dev.stack import local_settings, write_settings
from campaign.dev.state import LocalState, choose_state, keep_state, state_of

HERE = Addresses("127.0.0.1", ("127.0.0.1",), "127.0.0.1")


def kept(home: Home, **environ: str) -> LocalState:
    state = state_of(home, environ)
    keep_state(home, state)
    return state


def test_ports_and_secrets_are_kept(tmp_path: Path) -> None:
    home = open_home({"FLAUNT_HOME": str(tmp_path)})
    first = kept(home)
    assert kept(home) == first
    assert first.ports.app == 8000
    assert len({*first.ports.model_dump().values()}) == 5


def test_port_moves_the_app_alone_and_is_kept(tmp_path: Path) -> None:
    home = open_home({"FLAUNT_HOME": str(tmp_path)})
    first = kept(home)
    moved = kept(home, PORT="8123")
    assert moved.ports == first.ports.model_copy(update={"app": 8123})
    assert kept(home) == moved


@pytest.mark.parametrize("port", ["eight", "0", "65536", "-1"])
def test_port_that_is_none_is_told(port: str, tmp_path: Path) -> None:
    home = open_home({"FLAUNT_HOME": str(tmp_path)})
    with pytest.raises(LocalProblem, match=f"PORT={port} is not a port"):
        state_of(home, {"PORT": port})


def test_private_files_are_for_their_owner(tmp_path: Path) -> None:
    home = open_home({"FLAUNT_HOME": str(tmp_path)})
    state = kept(home)
    write_settings(home, local_settings(state, HERE, {}))
    assert [path.stat().st_mode & 0o777 for path in (home.settings, home.state)] == [0o600, 0o600]


def test_settings_file_is_read_by_the_application(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("REDIS_URL", "DATABASE_URL", "PORT", "HOST", "BASE_URL", "ENVIRONMENT"):
        monkeypatch.delenv(name, raising=False)
    home = open_home({"FLAUNT_HOME": str(tmp_path)})
    state = kept(home)
    write_settings(home, local_settings(state, HERE, {}))
    settings = Settings(_env_file=home.settings)
    assert settings.environment == "development"
    assert settings.port == state.ports.app
    assert settings.hosts == ["127.0.0.1", "localhost"]
    assert settings.oidc_providers[0].issuer == f"http://127.0.0.1:{state.ports.provider}"


def test_a_phone_gets_addresses_it_can_reach_and_people_stay_the_same() -> None:
    state = choose_state()
    here, shared = (local_settings(state, addresses, {}) for addresses in (HERE, addresses_for("192.0.2.7")))
    changed = {name for name in here if here[name] != shared[name]}
    assert changed == {"BASE_URL", "HOST", "S3_PUBLIC_ENDPOINT_URL", "TRUSTED_HOSTS"}
    assert shared["S3_PUBLIC_ENDPOINT_URL"] == f"http://192.0.2.7:{state.ports.s3}"
    assert shared["OIDC_PROVIDERS"] == here["OIDC_PROVIDERS"]


def test_redis_url_of_ones_own_is_used(tmp_path: Path) -> None:
    settings = local_settings(choose_state(), HERE, {"REDIS_URL": "redis://127.0.0.1:6379/3"})
    assert settings["REDIS_URL"] == "redis://127.0.0.1:6379/3"


def test_redis_url_that_nobody_answers_is_told() -> None:
    port = choose(["nobody"])["nobody"]
    with pytest.raises(LocalProblem, match=f"no Redis answers at 127.0.0.1:{port}"):
        check_redis([], f"redis://127.0.0.1:{port}/0")


def test_taken_port_is_told(tmp_path: Path) -> None:
    home = open_home({"FLAUNT_HOME": str(tmp_path)})
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        state = state_of(home, {"PORT": str(taken)})
        with pytest.raises(LocalProblem, match=f"Port {taken} is taken .* make run PORT={taken + 1}"):
            check_ports(home, state, HERE)
    assert not home.state.exists()


def test_port_that_another_server_of_ours_keeps_is_told(tmp_path: Path) -> None:
    home = open_home({"FLAUNT_HOME": str(tmp_path)})
    provider = kept(home).ports.provider
    with pytest.raises(LocalProblem, match=f"Port {provider} is kept for provider"):
        check_ports(home, state_of(home, {"PORT": str(provider)}), HERE)


def test_address_of_another_machine_is_told(tmp_path: Path) -> None:
    home = open_home({"FLAUNT_HOME": str(tmp_path)})
    with pytest.raises(LocalProblem, match=r"HOST=192\.0\.2\.7 is not an address of this machine"):
        check_ports(home, kept(home), addresses_for("192.0.2.7"))


def test_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LocalProblem, match="could not write there"):
        open_home({"FLAUNT_HOME": str(tmp_path / "file" / "var")})


def test_second_holder_of_a_home_is_told(tmp_path: Path) -> None:
    home = open_home({"FLAUNT_HOME": str(tmp_path)})
    hold(home)
    with pytest.raises(LocalProblem, match="Flaunt is already running"):
        hold(home)


@pytest.mark.parametrize("words", ["", "{", "[]", json.dumps({"ports": {"app": 0}})])
def test_state_that_is_damaged_is_told(words: str, tmp_path: Path) -> None:
    home = open_home({"FLAUNT_HOME": str(tmp_path)})
    home.state.write_text(words)
    with pytest.raises(LocalProblem, match="cannot be read"):
        kept(home)


@pytest.mark.parametrize(("version", "words"), [(None, "is incomplete"), ("15", "was made by PostgreSQL 15")])
def test_cluster_that_cannot_start_is_told(version: str | None, words: str, tmp_path: Path) -> None:
    if version:
        (tmp_path / "PG_VERSION").write_text(version)
    with pytest.raises(LocalProblem, match=words):
        check_cluster(tmp_path, None)


def test_production_is_told_to_use_the_procfile() -> None:
    with pytest.raises(LocalProblem, match="ENVIRONMENT says production"):
        check_machine({"ENVIRONMENT": "production"})
