"""What every way of signing in shares: the question a browser carries away, the answer it brings back, and refusals."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

import requests
from authlib.common.errors import AuthlibBaseError
from joserfc.errors import JoseError

from campaign.errors import FlauntError, NotPermitted, Unavailable

LONGEST_SUBJECT = 255
MALFORMED = (RuntimeError, ValueError, TypeError, KeyError, AttributeError)
"""What reading somebody else's document raises when it is not as it should be."""


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
    """What the provider sent back through the browser. `name` is how some say what somebody is called, unproven."""

    code: str | None
    issuer: str | None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """Who signed in. Only issuer and subject say who it is."""

    issuer: str
    subject: str
    display_name: str
    email: str | None


class SignIn(Protocol):
    """Sign-in with one provider, in two halves: `begin` sends the browser away, `finish` reads what it brings back.

    Both raise Unavailable when the provider does not answer sensibly within 5 s; `finish` raises SignInRefused when
    anything does not fit.
    """

    name: str
    label: str
    answers_by_form: bool
    """Whether the browser comes back with a POST from the provider's page."""

    def begin(self, redirect_uri: str) -> tuple[str, Pending]:
        """The address to send the browser to, and what to remember until it returns."""
        ...

    def finish(self, pending: Pending, callback: Callback, redirect_uri: str) -> Profile:
        """Exchange the code and say who signed in."""
        ...


def unavailable(label: str) -> Unavailable:
    return Unavailable(f"{label} does not answer just now, so we cannot sign you in. Try again in a minute.")


@contextmanager
def asking(label: str) -> Iterator[None]:
    """While the browser is not under way yet: whatever goes wrong is the provider's."""
    try:
        yield
    except FlauntError:
        raise
    except (requests.RequestException, *MALFORMED) as problem:
        raise unavailable(label) from problem


@contextmanager
def judging(label: str) -> Iterator[None]:
    """While an answer is read: what does not fit proves nobody."""
    try:
        yield
    except FlauntError:
        raise
    except requests.RequestException as problem:
        raise unavailable(label) from problem
    except (AuthlibBaseError, JoseError) as problem:
        raise SignInRefused(str(getattr(problem, "error", "") or type(problem).__name__)) from problem
    except MALFORMED as problem:
        raise SignInRefused(f"malformed: {type(problem).__name__}") from problem


def sound_subject(subject: object) -> str:
    """The provider's name for somebody, fit to be a key. Raises SignInRefused."""
    if not isinstance(subject, str) or not subject or len(subject) > LONGEST_SUBJECT or not subject.isprintable():
        raise SignInRefused("unusable sub")
    return subject
