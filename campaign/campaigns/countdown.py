"""How long there still is until a campaign opens or closes, in words that need no script."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from campaign.campaigns.models import State
from campaign.web.times import plural

DAY, HOUR, MINUTE = 86_400, 3_600, 60


@dataclass(frozen=True, slots=True)
class Countdown:
    """`lead` stands before the time that is left, `passed` in its place once there is none; `now` is the server's."""

    lead: str
    to: datetime
    now: datetime
    passed: str

    @property
    def left(self) -> str:
        return in_words(self.to - self.now)


def countdown_to(state: State, opens_at: datetime, closes_at: datetime, now: datetime) -> Countdown | None:
    """What a campaign in this state waits for; None where no clock decides it."""
    if state is State.SCHEDULED:
        return Countdown("Opens in", opens_at, now, "It is open now.")
    if state is State.OPEN:
        return Countdown("Closes in", closes_at, now, "It has just closed.")
    return None


def in_words(span: timedelta) -> str:
    """`6 days 3 hours`: the two largest units, rounded down, so that nobody is promised more than there is."""
    seconds = int(span.total_seconds())
    if seconds < MINUTE:
        return "less than a minute"
    days, hours, minutes = seconds // DAY, seconds % DAY // HOUR, seconds % HOUR // MINUTE
    if days:
        return _joined(plural(days, "day"), hours and plural(hours, "hour"))
    if hours:
        return _joined(plural(hours, "hour"), minutes and plural(minutes, "minute"))
    return plural(minutes, "minute")


def _joined(first: str, second: str | int) -> str:
    return f"{first} {second}" if second else first
