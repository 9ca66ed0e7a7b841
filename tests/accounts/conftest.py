"""Browsers that sign in, with the friendly provider and with a hostile one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
import requests
from flask import Flask
from flask.testing import FlaskClient
from pydantic import SecretStr
from werkzeug.test import TestResponse

from campaign.accounts.providers import EXTENSION, provider_of
from campaign.config import Provider
from tests.accounts.hostile import CLIENT_ID, CLIENT_SECRET, HostileProvider, hostile_provider


@dataclass
class Journey:
    """One browser on its way through one provider."""

    browser: FlaskClient
    provider: str
    person: str | None = None
    """Whom to be at the friendly provider, which asks."""

    def leave(self, destination: str = "") -> str:
        """Start at our door; the answer is the address at the provider."""
        answer = self.browser.get(
            f"/sign-in/{self.provider}", query_string={"next": destination} if destination else {}
        )
        assert answer.status_code == 302, answer.text
        return answer.location

    def come_back(self, address: str) -> str:
        """Be at the provider; the answer is the path and query it sends the browser back to."""
        if self.person is None:
            answer = requests.get(address, allow_redirects=False, timeout=5)
        else:
            answer = requests.post(address, data={"sub": self.person}, allow_redirects=False, timeout=5)
        assert answer.status_code == 302, answer.text
        parts = urlsplit(answer.headers["Location"])
        return f"{parts.path}?{parts.query}"

    def sign_in(self, destination: str = "") -> TestResponse:
        return self.browser.get(self.come_back(self.leave(destination)))

    @property
    def me(self) -> TestResponse:
        return self.browser.get("/api/v1/me")


@pytest.fixture
def friendly(app: Flask, database: None) -> Journey:
    """A browser and the provider that `flaunt dev` runs too."""
    return Journey(app.test_client(), next(iter(app.extensions[EXTENSION])), "ada@example.test")


@pytest.fixture
def hostile() -> Iterator[HostileProvider]:
    with hostile_provider() as provider:
        yield provider


@pytest.fixture
def journey(app: Flask, database: None, hostile: HostileProvider, monkeypatch: pytest.MonkeyPatch) -> Journey:
    """A browser and the hostile provider."""
    settings = Provider(
        name="hostile",
        label="Hostile",
        issuer=hostile.issuer,
        client_id=CLIENT_ID,
        client_secret=SecretStr(CLIENT_SECRET),
    )
    monkeypatch.setitem(app.extensions[EXTENSION], "hostile", provider_of(settings))
    return Journey(app.test_client(), "hostile")
