"""The sign-in providers: does each describe itself, as itself, and with everything that signing in needs?"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import requests

from campaign.config import Provider
from campaign.doctor.finding import Ailing, Finding

NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")
SECONDS = 5
CHALLENGE = "S256"


def examine_provider(provider: Provider, callback: str) -> Finding:
    """Reads what the provider says of itself. Raises Ailing where nobody could sign in."""
    if provider.kind == "oauth2":
        return _examine_plain(provider, callback)
    return _examine_openid(provider, callback)


def _examine_plain(provider: Provider, callback: str) -> Finding:
    """A site without discovery says nothing before somebody signs in; it can only be knocked at."""
    for address in (provider.token_url, provider.profile_url):
        try:
            requests.get(str(address), timeout=SECONDS)
        except requests.RequestException as problem:
            raise Ailing(
                f"does not answer at {address}: {type(problem).__name__}",
                f"Check token_url and profile_url of “{provider.name}” in OIDC_PROVIDERS.",
            ) from problem
    return Finding(f"sign-in with {provider.name}", f"{provider.issuer} answers; it must know {callback}")


def _examine_openid(provider: Provider, callback: str) -> Finding:
    name = f"sign-in with {provider.name}"
    document = _read(f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration", provider)
    if document.get("issuer") != provider.issuer:
        raise Ailing(
            f"says it is {document.get('issuer')!r}",
            "Write the issuer in OIDC_PROVIDERS letter by letter as the provider says it, with or without a last “/”.",
        )
    missing = [one for one in NEEDED if not document.get(one)]
    if missing:
        raise Ailing(
            f"does not say its {', '.join(missing)}", "Ask the provider whether OpenID Connect is switched on."
        )
    if not _read(str(document["jwks_uri"]), provider).get("keys"):
        raise Ailing("offers no keys to check signatures with", "Ask the provider; nobody can sign in without them.")
    offered = document.get("code_challenge_methods_supported")
    if offered is not None and CHALLENGE not in offered:
        raise Ailing("does not know PKCE with S256", "Use a provider or a client kind that does.")
    return Finding(name, f"{provider.issuer} describes itself; it must know {callback}")


def _read(address: str, provider: Provider) -> dict[str, Any]:
    try:
        answer = requests.get(address, timeout=SECONDS)
    except requests.RequestException as problem:
        raise Ailing(
            f"does not answer: {type(problem).__name__}",
            f"Check the issuer of “{provider.name}” in OIDC_PROVIDERS, and that this machine may reach it.",
        ) from problem
    if answer.status_code != HTTPStatus.OK:
        raise Ailing(
            f"answers {answer.status_code} where it should describe itself",
            f"Check the issuer of “{provider.name}” in OIDC_PROVIDERS: its address ends where /.well-known begins.",
        )
    try:
        document = answer.json()
    except requests.JSONDecodeError as problem:
        raise Ailing("answers with something else than JSON", "Check the issuer in OIDC_PROVIDERS.") from problem
    return document if isinstance(document, dict) else {}
