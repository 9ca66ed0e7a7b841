"""The providers of this installation, and the address at which each may send people back."""

from __future__ import annotations

from flask import Flask, current_app, url_for

from campaign.accounts.oauth2 import OAuth2Provider
from campaign.accounts.oidc import OidcProvider
from campaign.accounts.signing import SignIn
from campaign.config import Provider, Settings
from campaign.errors import NotFound
from campaign.extensions import settings

EXTENSION = "flaunt_providers"


def bind_providers(app: Flask, given: Settings) -> None:
    """Make the providers that the settings name. Nothing is asked of them until somebody signs in."""
    app.extensions[EXTENSION] = {one.name: provider_of(one) for one in given.oidc_providers}
    app.context_processor(lambda: {"providers": provider_links("")})


def provider_of(given: Provider) -> SignIn:
    """Who signs people in with these settings."""
    return OAuth2Provider(given) if given.kind == "oauth2" else OidcProvider(given)


def provider_named(name: str) -> SignIn:
    """Raises NotFound for a name that the settings do not have."""
    provider = _providers().get(name)
    if provider is None:
        raise NotFound("There is no such way to sign in here. The sign-in page shows those there are.")
    return provider


def provider_links(destination: str) -> list[tuple[str, str, str]]:
    """(name, label, address) of each way to sign in, in the settings' order."""
    return [
        (one.name, one.label, url_for("accounts.begin", name=one.name, next=destination or None))
        for one in _providers().values()
    ]


def callback_address(name: str) -> str:
    """Built from the settings, never from the request's Host, because the provider compares it letter by letter."""
    return settings().base_url.rstrip("/") + url_for("accounts.callback", name=name)


def _providers() -> dict[str, SignIn]:
    bound: dict[str, SignIn] = current_app.extensions[EXTENSION]
    return bound
