"""The local OpenID provider: our people, one issuer for good, and nothing fetched from elsewhere."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from joserfc import jwt
from joserfc.jwk import KeySet

from campaign.dev.answers import answers
from campaign.dev.home import LocalProblem
from campaign.dev.ports import choose
from campaign.dev.starting import wait_until
from tests.servers import LocalServers

QUESTION = {
    "response_type": "code",
    "client_id": "flaunt",
    "redirect_uri": "http://127.0.0.1:8000/back",
    "scope": "openid profile email",
    "state": "a state",
    "nonce": "a nonce",
}
DISCOVERY = "/.well-known/openid-configuration"


def provider_command(folder: Path, port: int, public_url: str) -> list[str]:
    return [
        *(sys.executable, "-m", "campaign.dev.provider", "--host", "127.0.0.1", "--port", str(port)),
        *("--public-url", public_url, "--key-file", str(folder / "key.json")),
    ]


@contextmanager
def a_provider(folder: Path, port: int, public_url: str) -> Iterator[str]:
    with subprocess.Popen(
        provider_command(folder, port, public_url), env={**os.environ, "ENVIRONMENT": "test"}
    ) as process:
        wait_until(lambda: answers("127.0.0.1", port, DISCOVERY), lambda: LocalProblem("no answer"), seconds=30)
        yield f"http://127.0.0.1:{port}"
        process.terminate()


@pytest.mark.parametrize("environment", ["production", ""])
def test_provider_refuses_to_start_in_production(environment: str, tmp_path: Path) -> None:
    done = subprocess.run(
        provider_command(tmp_path, 1, "http://127.0.0.1:1"),
        env={**os.environ, "ENVIRONMENT": environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("This provider lets anybody be anybody")
    assert list(tmp_path.iterdir()) == []


def test_page_offers_each_persona_and_asks_nobody_else(local_servers: LocalServers) -> None:
    page = requests.get(f"{local_servers.issuer}/oauth2/authorize", params=QUESTION, timeout=5)
    offered = re.findall(r'name="sub" value="([^"]+)"', page.text)
    assert offered[:7] == ["fan-1", "fan-2", "cast-1", "cast-2", "staff-1", "marketer-1", "admin-1"]
    assert re.findall(r"(?:https?:)?//", page.text) == []


def test_one_click_signs_a_persona_in(local_servers: LocalServers) -> None:
    claims = sign_in(local_servers.issuer, "fan-1")
    told = {name: claims[name] for name in ("iss", "sub", "name", "email", "email_verified", "nonce")}
    assert told == {
        "iss": local_servers.issuer,
        "sub": "fan-1",
        "name": "First fan",
        "email": "fan-1@example.test",
        "email_verified": True,
        "nonce": "a nonce",
    }


def test_no_debugger_answers(local_servers: LocalServers) -> None:
    asked = requests.get(f"{local_servers.issuer}/?__debugger__=yes&cmd=resource&f=debugger.js", timeout=5)
    assert asked.headers["Content-Type"] == "text/html; charset=utf-8"
    assert requests.get(f"{local_servers.issuer}/console", timeout=5).status_code == 404


def test_same_key_and_issuer_after_a_restart_elsewhere(tmp_path: Path) -> None:
    port = choose(["provider"])["provider"]
    with a_provider(tmp_path, port, f"http://127.0.0.1:{port}") as issuer:
        before = requests.get(f"{issuer}/jwks", timeout=5).json()
        first = requests.get(issuer + DISCOVERY, timeout=5).json()
    with a_provider(tmp_path, port, f"http://192.0.2.7:{port}") as issuer:
        after = requests.get(f"{issuer}/jwks", timeout=5).json()
        second = requests.get(issuer + DISCOVERY, headers={"Host": f"192.0.2.7:{port}"}, timeout=5).json()
    assert after == before
    assert second["issuer"] == first["issuer"] == f"http://127.0.0.1:{port}"
    assert second["authorization_endpoint"] == f"http://192.0.2.7:{port}/oauth2/authorize"
    assert second["token_endpoint"] == first["token_endpoint"]
    assert (tmp_path / "key.json").stat().st_mode & 0o777 == 0o600


def sign_in(issuer: str, subject: str) -> dict[str, object]:
    """Claims of the id token, its signature checked against the provider's keys."""
    clicked = requests.post(
        f"{issuer}/oauth2/authorize", params=QUESTION, data={"sub": subject}, allow_redirects=False, timeout=5
    )
    code = parse_qs(urlsplit(clicked.headers["Location"]).query)["code"][0]
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": QUESTION["redirect_uri"]}
    token = requests.post(f"{issuer}/oauth2/token", data=form, auth=("flaunt", "anything"), timeout=5).json()
    keys = KeySet.import_key_set(json.loads(requests.get(f"{issuer}/jwks", timeout=5).text))
    return dict(jwt.decode(token["id_token"], keys).claims)
