"""What can go wrong in the domain, without a word of HTTP. `web/errors.py` alone turns these into answers.

Each message is read by a person: it names what happened and what they can do next.
"""

from __future__ import annotations


class FlauntError(Exception):
    """Parent of every refusal. `message` is shown as it is; `code` is stable and for programs."""

    code = "refused"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if code is not None:
            self.code = code


class NotFound(FlauntError):
    """The thing does not exist, or the acting person may not know that it does."""

    code = "not_found"


class NotPermitted(FlauntError):
    """The thing exists and the acting person may not do this to it."""

    code = "not_permitted"


class SignInNeeded(NotPermitted):
    """Nobody is signed in, and this needs somebody."""

    code = "sign_in_needed"


class Conflict(FlauntError):
    """What is asked does not fit the present state: closed, already decided, over the limit."""

    code = "conflict"


class InvalidInput(FlauntError):
    """What was sent cannot be used. `fields` maps a field's name to a sentence about it."""

    code = "invalid_input"

    def __init__(self, message: str, *, fields: dict[str, str] | None = None, code: str | None = None) -> None:
        super().__init__(message, code=code)
        self.fields = fields or {}


class Unavailable(FlauntError):
    """Something of ours (storage, database, provider) does not answer just now; trying again helps."""

    code = "unavailable"
