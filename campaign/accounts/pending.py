"""Sign-ins under way in this browser, kept in Flask's signed cookie until the provider sends the browser back."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from typing import Any

from flask import session

from campaign.accounts.signing import Pending

KEY = "signing_in"
MOST = 3
"""Three tabs at once. A cookie over 4 kB is dropped by browsers, and with it everything it holds."""
SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Departure:
    """Which provider somebody went to, and where they want to be afterwards."""

    provider: str
    destination: str
    pending: Pending


def remember(departure: Departure) -> None:
    kept = [*_kept(), {**asdict(departure), "at": int(time.time())}]
    session[KEY] = kept[-MOST:]


def take(provider: str, state: str | None) -> Departure | None:
    """The departure this state belongs to, once: a second return with it finds nothing."""
    kept = _kept()
    found = next((one for one in kept if one["pending"]["state"] == state and one["provider"] == provider), None)
    if found is None:
        return None
    session[KEY] = [one for one in kept if one is not found]
    return Departure(found["provider"], found["destination"], Pending(**found["pending"]))


def _kept() -> list[dict[str, Any]]:
    earliest = time.time() - SECONDS
    return [one for one in session.get(KEY, []) if one["at"] >= earliest]
