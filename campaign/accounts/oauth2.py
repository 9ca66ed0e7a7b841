"""One provider of plain OAuth 2: no id_token, so a call for the profile says who it is.

Some social sites have only this. The profile comes straight from the provider over TLS, asked for with a token that
our own code and secret obtained, so it proves as much as an id_token does; what it lacks is an issuer, which the
settings name.
"""

from __future__ import annotations

from typing import Any

from authlib.integrations.base_client import BaseApp, OAuth2Mixin
from authlib.integrations.requests_client import OAuth2Session

from campaign.accounts.discovery import CALL_SECONDS
from campaign.accounts.signing import (
    Callback,
    Pending,
    Profile,
    SignInRefused,
    asking,
    judging,
    sound_subject,
    unavailable,
)
from campaign.config import Provider

LARGEST_PROFILE = 256 * 1024
"""Bytes; more is nobody's profile."""


class PlainClient(OAuth2Mixin, BaseApp):  # type: ignore[misc]  # Authlib has no annotations
    """Authlib's client on the addresses that the settings name."""

    client_cls = OAuth2Session

    def __init__(self, provider: Provider) -> None:
        super().__init__(
            framework=None,
            name=provider.name,
            client_id=provider.client_id,
            client_secret=provider.client_secret.get_secret_value() or None,
            authorize_url=provider.authorize_url,
            access_token_url=provider.token_url,
            client_kwargs={
                "scope": provider.scope,
                "code_challenge_method": "S256",
                "default_timeout": CALL_SECONDS,
                "token_endpoint_auth_method": f"client_secret_{provider.client_auth}",
            },
        )


class OAuth2Provider:
    """A `SignIn` by a profile call."""

    def __init__(self, provider: Provider) -> None:
        self.name = provider.name
        self.label = provider.label
        self.issuer = provider.issuer
        self.answers_by_form = provider.response_mode == "form_post"
        self._provider = provider
        self._client = PlainClient(provider)

    def begin(self, redirect_uri: str) -> tuple[str, Pending]:
        asked = {"response_mode": "form_post"} if self.answers_by_form else {}
        with asking(self.label):
            began = self._client.create_authorization_url(redirect_uri, **asked)
        return began["url"], Pending(began["state"], "", began["code_verifier"])

    def finish(self, pending: Pending, callback: Callback, redirect_uri: str) -> Profile:
        with judging(self.label):
            if callback.issuer is not None and callback.issuer != self.issuer:
                raise SignInRefused("callback with another iss")
            if not callback.code:
                raise SignInRefused("no code")
            token = self._client.fetch_access_token(
                redirect_uri, code=callback.code, state=pending.state, code_verifier=pending.verifier
            )
            told = self._ask_profile(token)
            return self._profile(told, callback.name)

    def _ask_profile(self, token: dict[str, Any]) -> dict[str, Any]:
        answer = self._client.request("GET", self._provider.profile_url, token=token, allow_redirects=False)
        if answer.status_code >= 500:  # noqa: PLR2004 -- HTTP: it is the provider's own trouble
            raise unavailable(self.label)
        answer.raise_for_status()
        if len(answer.content) > LARGEST_PROFILE:
            raise SignInRefused("a profile far too long")
        told = answer.json()
        if not isinstance(told, dict):
            raise SignInRefused("no profile")
        return told

    def _profile(self, told: dict[str, Any], called: str) -> Profile:
        given = self._provider
        subject = _at(told, given.subject_field)
        # Many of these sites number their people.
        known_as = str(subject) if isinstance(subject, int) and not isinstance(subject, bool) else subject
        name, email = _at(told, given.name_field), _at(told, given.email_field)
        return Profile(
            self.issuer,
            sound_subject(known_as),
            name if isinstance(name, str) and name.strip() else called,
            email if isinstance(email, str) and email else None,
        )


def _at(told: dict[str, Any], path: str) -> object:
    """What stands under a name, or under names within names: `id`, `data.user.name`. None where nothing does."""
    found: object = told
    for name in path.split("."):
        found = found.get(name) if isinstance(found, dict) else None
    return found
