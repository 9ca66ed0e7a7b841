"""One OpenID Connect provider, checked more strictly than the library does by itself.

Authlib speaks the protocol. What it leaves to its caller is checked here: the issuer is the configured one, the
audience names us, only asymmetric signatures count, an answer without an id_token is none, `iss` in the callback
(RFC 9207), and no document of the provider may change our own settings.
"""

from __future__ import annotations

from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError

from campaign.accounts.discovery import CALLBACK_ISSUER, FRESH_SECONDS, DiscoveringClient
from campaign.accounts.signing import Callback, Pending, Profile, SignInRefused, asking, judging, sound_subject
from campaign.config import Provider

LEEWAY_SECONDS = 60


class OidcProvider:
    """A `SignIn` by an id_token."""

    def __init__(self, provider: Provider) -> None:
        self.name = provider.name
        self.label = provider.label
        self.issuer = provider.issuer
        self.answers_by_form = provider.response_mode == "form_post"
        self._client = DiscoveringClient(provider)

    def begin(self, redirect_uri: str) -> tuple[str, Pending]:
        asked = {"response_mode": "form_post"} if self.answers_by_form else {}
        with asking(self.label):
            self._client.load_server_metadata(FRESH_SECONDS)
            began = self._client.create_authorization_url(redirect_uri, **asked)
        return began["url"], Pending(began["state"], began["nonce"], began["code_verifier"])

    def finish(self, pending: Pending, callback: Callback, redirect_uri: str) -> Profile:
        with judging(self.label):
            self._check_callback_issuer(callback.issuer)
            if not callback.code:
                raise SignInRefused("no code")
            token = self._client.fetch_access_token(
                redirect_uri, code=callback.code, state=pending.state, code_verifier=pending.verifier
            )
            claims = self._identify(token, pending.nonce)
        return self._profile(claims, callback.name)

    def _check_callback_issuer(self, issuer: str | None) -> None:
        """RFC 9207: an answer that another provider caused must not be taken for this one's."""
        if issuer is None and self._client.load_server_metadata()[CALLBACK_ISSUER]:
            raise SignInRefused("callback without iss")
        if issuer is not None and issuer != self.issuer:
            raise SignInRefused("callback with another iss")

    def _identify(self, token: dict[str, Any], nonce: str) -> dict[str, Any]:
        if not token.get("id_token"):
            raise SignInRefused("no id_token")
        checks = {
            "iss": {"essential": True, "value": self.issuer},
            "aud": {"essential": True, "value": self._client.client_id},
            "sub": {"essential": True},
            "exp": {"essential": True},
            "nonce": {"essential": True, "value": nonce},
        }
        claims = self._client.parse_id_token(token, nonce=nonce, claims_options=checks, leeway=LEEWAY_SECONDS)
        return self._completed(dict(claims), token)

    def _completed(self, claims: dict[str, Any], token: dict[str, Any]) -> dict[str, Any]:
        """Some providers tell the name only when asked again. Without an answer the sign-in stands all the same."""
        if claims.get("name") or "userinfo_endpoint" not in self._client.load_server_metadata():
            return claims
        try:
            told = self._client.userinfo(token=token)
        except (requests.RequestException, AuthlibBaseError, ValueError, TypeError):
            return claims
        if told.get("sub") != claims["sub"]:
            raise SignInRefused("userinfo about somebody else")
        return {**told, **claims}

    def _profile(self, claims: dict[str, Any], called: str) -> Profile:
        subject = sound_subject(claims["sub"])
        names = (claims.get(name) for name in ("name", "nickname", "given_name", "preferred_username"))
        name = next((name for name in names if isinstance(name, str) and name.strip()), called)
        email = claims.get("email")
        is_usable = isinstance(email, str) and claims.get("email_verified") is not False
        return Profile(self.issuer, subject, name, email if is_usable else None)
