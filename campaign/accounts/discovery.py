"""What a provider says about itself, and how much of it we believe."""

from __future__ import annotations

import time
from typing import Any

from authlib.integrations.base_client import BaseApp, OAuth2Mixin, OpenIDMixin
from authlib.integrations.requests_client import OAuth2Session

from campaign.config import Provider
from campaign.errors import Unavailable

CALL_SECONDS = 5
DOCUMENT_SECONDS = 3600
"""How long the provider's addresses and keys are believed before they are read again."""
FRESH_SECONDS = 30
"""How old they may be when somebody is sent to the provider: one that is down is told here, not by the browser."""

ASYMMETRIC = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
KEPT = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint")
CALLBACK_ISSUER = "authorization_response_iss_parameter_supported"


class DiscoveringClient(OAuth2Mixin, OpenIDMixin, BaseApp):  # type: ignore[misc]  # Authlib has no annotations
    """Authlib's client, which believes only the few fields of the discovery document that we use."""

    client_cls = OAuth2Session

    def __init__(self, provider: Provider) -> None:
        super().__init__(
            framework=None,
            name=provider.name,
            client_id=provider.client_id,
            client_secret=provider.client_secret.get_secret_value() or None,
            client_kwargs={
                "scope": provider.scope,
                "code_challenge_method": "S256",
                "default_timeout": CALL_SECONDS,
            },
        )
        self.issuer = provider.issuer
        self.read_at = float("-inf")

    def load_server_metadata(self, seconds: float = DOCUMENT_SECONDS) -> dict[str, Any]:
        """The document, read anew when it is older than so many seconds."""
        if time.monotonic() - self.read_at > seconds:
            self.server_metadata = self._read_document()
            self.read_at = time.monotonic()
        return self.server_metadata

    def _read_document(self) -> dict[str, Any]:
        url = f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"
        with self._get_session() as calls:
            response = calls.request("GET", url, withhold_token=True)
            response.raise_for_status()
            document = response.json()
        if document["issuer"] != self.issuer:
            raise Unavailable("The sign-in service says it is another one than we expected. The team has to look.")
        believed = {name: document[name] for name in KEPT if name in document}
        offered = document.get("id_token_signing_alg_values_supported") or ["RS256"]
        believed["id_token_signing_alg_values_supported"] = [name for name in ASYMMETRIC if name in offered] or [
            "RS256"
        ]
        believed[CALLBACK_ISSUER] = document.get(CALLBACK_ISSUER) is True
        methods = document.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        if self.client_secret and "client_secret_basic" not in methods and "client_secret_post" in methods:
            believed["token_endpoint_auth_method"] = "client_secret_post"  # noqa: S105  # a method's name
        return believed
