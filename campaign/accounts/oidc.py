"""One OpenID Connect provider, checked more strictly than the library does by itself.

Authlib speaks the protocol. What it leaves to its caller is checked here: the issuer is the configured one, the
audience names us, only asymmetric signatures count, an answer without an id_token is none, `iss` in the callback
(RFC 9207), and no document of the provider may change our own settings.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError
from joserfc.errors import JoseError

from campaign.accounts.discovery import CALLBACK_ISSUER, DiscoveringClient
from campaign.config import Provider
from campaign.errors import FlauntError, NotPermitted, Unavailable

LEEWAY_SECONDS = 60
LONGEST_SUBJECT = 255


class SignInRefused(NotPermitted):
    """The provider's answer does not prove who this is. `reason` is for the log."""

    code = "sign_in_refused"

    def __init__(self, reason: str) -> None:
        super().__init__("We could not be sure that it was you, so nobody was signed in. Please start again from here.")
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Pending:
    """What this browser must bring back: it ties the provider's answer to the question."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Callback:
    """What the provider sent back through the browser."""

    code: str | None
    issuer: str | None


@dataclass(frozen=True, slots=True)
class Profile:
    """Who signed in. Only issuer and subject say who it is."""

    issuer: str
    subject: str
    display_name: str
    email: str | None


class OidcProvider:
    """Sign-in with one provider, in two halves: `begin` sends the browser away, `finish` reads what it brings back.

    Both raise Unavailable when the provider does not answer sensibly within 5 s.
    """

    def __init__(self, provider: Provider) -> None:
        self.name = provider.name
        self.label = provider.label
        self.issuer = provider.issuer
        self._client = DiscoveringClient(provider)

    def begin(self, redirect_uri: str) -> tuple[str, Pending]:
        """The address to send the browser to, and what to remember until it returns."""
        try:
            began = self._client.create_authorization_url(redirect_uri)
        except FlauntError:
            raise
        except (requests.RequestException, RuntimeError, ValueError, TypeError, KeyError, AttributeError) as problem:
            raise self._unavailable() from problem
        return began["url"], Pending(began["state"], began["nonce"], began["code_verifier"])

    def finish(self, pending: Pending, callback: Callback, redirect_uri: str) -> Profile:
        """Exchange the code and say who signed in. Raises SignInRefused when anything does not fit."""
        try:
            self._check_callback_issuer(callback.issuer)
            if not callback.code:
                raise SignInRefused("no code")
            token = self._client.fetch_access_token(
                redirect_uri, code=callback.code, state=pending.state, code_verifier=pending.verifier
            )
            claims = self._identify(token, pending.nonce)
        except FlauntError:
            raise
        except requests.RequestException as problem:
            raise self._unavailable() from problem
        except (AuthlibBaseError, JoseError) as problem:
            raise SignInRefused(str(getattr(problem, "error", "") or type(problem).__name__)) from problem
        except (RuntimeError, ValueError, TypeError, KeyError, AttributeError) as problem:
            raise SignInRefused(f"malformed: {type(problem).__name__}") from problem
        return self._profile(claims)

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

    def _profile(self, claims: dict[str, Any]) -> Profile:
        subject = claims["sub"]
        if not subject or len(subject) > LONGEST_SUBJECT or not subject.isprintable():
            raise SignInRefused("unusable sub")
        names = (claims.get(name) for name in ("name", "nickname", "given_name", "preferred_username"))
        name = next((name for name in names if isinstance(name, str) and name.strip()), "")
        email = claims.get("email")
        is_usable = isinstance(email, str) and claims.get("email_verified") is not False
        return Profile(self.issuer, subject, name, email if is_usable else None)

    def _unavailable(self) -> Unavailable:
        return Unavailable(f"{self.label} does not answer just now, so we cannot sign you in. Try again in a minute.")
