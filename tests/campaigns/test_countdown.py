"""How long there still is, in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from campaign.campaigns.countdown import countdown_to, in_words
from campaign.campaigns.models import State

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(days=6, hours=3, minutes=59), "6 days 3 hours"),
        (timedelta(days=1, minutes=59), "1 day"),
        (timedelta(hours=23, minutes=1), "23 hours 1 minute"),
        (timedelta(hours=1, seconds=59), "1 hour"),
        (timedelta(minutes=2, seconds=59), "2 minutes"),
        (timedelta(seconds=59), "less than a minute"),
        (timedelta(seconds=-5), "less than a minute"),
    ],
)
def test_words_promise_no_more_than_there_is(span: timedelta, words: str) -> None:
    assert in_words(span) == words


def test_a_clock_decides_only_what_is_to_come() -> None:
    opens_at, closes_at = NOW + timedelta(hours=2), NOW + timedelta(days=2)

    said = {state: countdown_to(state, opens_at, closes_at, NOW) for state in State}

    waiting = {state: one for state, one in said.items() if one}
    assert set(waiting) == {State.SCHEDULED, State.OPEN}
    assert (waiting[State.SCHEDULED].lead, waiting[State.SCHEDULED].left) == ("Opens in", "2 hours")
    assert (waiting[State.OPEN].lead, waiting[State.OPEN].left) == ("Closes in", "2 days")
