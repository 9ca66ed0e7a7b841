"""The round keeper: from each judge's pace, when a round will be done and who falls behind. Pure; it never acts.

People judge in sittings: an evening of sixty photos, then nothing for two days. So ballots are read as a compound
Poisson process: sittings come at random, each brings its ballots. Over a time in which `s` sittings brought `n`
ballots, the count's squared coefficient of variation is `Σ sizeᵢ² / n²`, and over the `R` ballots still to come it is
`(Σ sizeᵢ² / n) / R` (the variance of a compound Poisson sum is rate × E[size²]; see S. M. Ross, "Introduction to
Probability Models", section 5.4.2). The sum of both is the variance of the logarithm of the time that is left, to first
order, and gives the range.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

DAY = timedelta(days=1)
WINDOW = 7 * DAY
"""The pace is that of the last week: how somebody worked long ago says little."""
LIKELY = 1.2816
"""The 90 % point of the normal distribution: between `early` and `late` lie 80 % of the outcomes."""
WIDEST = 1.2
"""Where next to nothing is known, the range stops at a factor of about five."""
QUIET = 2 * DAY
"""After so long without a ballot somebody counts as quiet; sooner in a short round (see `patience`)."""
SHORTEST_PATIENCE = timedelta(hours=6)


class Sitting(NamedTuple):
    """Ballots that one judge gave without a longer pause."""

    judge: str
    began: datetime
    ended: datetime
    ballots: int


class Judge(NamedTuple):
    """One judge who is on the panel now. `left` counts what lies before them, planned or handed out."""

    judge: str
    name: str
    done: int
    left: int
    joined_at: datetime
    last_at: datetime | None = None
    reminded_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Course:
    """A round under way. `photos` maps how often photos were judged to how many were judged so often."""

    quorum: int
    photos: Mapping[int, int]
    judges: Sequence[Judge]
    sittings: Sequence[Sitting]
    opened_at: datetime
    closes_at: datetime | None = None
    each: int = 1
    """Photos of one ballot: 1, or 2 for a duel, or a list's length."""
    asked: int = 0
    """Ballots that are planned and not given yet, those asked for beyond the quorum with them."""

    def missing(self, quorum: int | None = None) -> int:
        """How many ballots there still have to be for every photo to have this quorum.

        Without one, for the round's own quorum and all that was asked for beyond it, as far as a judge has it ahead.
        """
        wanted = self.quorum if quorum is None else quorum
        short = math.ceil(sum(count * max(0, wanted - times) for times, count in self.photos.items()) / self.each)
        beyond = min(self.asked, sum(one.left for one in self.judges)) if quorum is None else 0
        return max(short, beyond)

    @property
    def short(self) -> int:
        """How many photos are below the quorum."""
        return sum(count for times, count in self.photos.items() if times < self.quorum)


class Forecast(NamedTuple):
    """When it will be done: most likely, and the ends of an 80 % range."""

    likely: datetime
    early: datetime
    late: datetime


class Gait(StrEnum):
    """How a judge goes along."""

    DONE = "done"
    STEADY = "steady"
    BEHIND = "behind"
    """At this pace their part will not be done in time."""
    QUIET = "quiet"
    """They have begun, and then nothing for a while."""
    NOT_BEGUN = "not_begun"
    """For a while, nothing at all."""
    EXPECTED = "expected"
    """Nothing yet, and nobody need wonder."""


class Outlook(NamedTuple):
    """How one judge goes along. `seconds` a ballot takes them while they sit; `per_day` is over days without, too."""

    judge: Judge
    gait: Gait
    per_day: float
    seconds: float | None
    forecast: Forecast | None

    @property
    def minutes_left(self) -> int | None:
        """How long what lies before them takes at their pace, in minutes."""
        return None if self.seconds is None else math.ceil(self.judge.left * self.seconds / 60)


def forecast(left: int, sittings: Sequence[Sitting], since: datetime, now: datetime) -> Forecast | None:
    """When `left` ballots will be given at the pace of these sittings; None where nobody has judged lately.

    `since` is when the work began. The first day counts as a whole one: an hour's zeal is no rate for a day.
    """
    recent = [one.ballots for one in sittings if one.ended > now - WINDOW]
    given = sum(recent)
    if not given:
        return None
    if not left:
        return Forecast(now, now, now)
    per_day = given / _days(since, now)
    squares = sum(size * size for size in recent)
    spread = min(math.sqrt(squares / given**2 + squares / given / left), WIDEST)
    span, factor = left / per_day, math.exp(LIKELY * spread)
    return Forecast(now + span * DAY, now + span / factor * DAY, now + span * factor * DAY)


def forecast_round(course: Course, now: datetime) -> Forecast | None:
    """When the whole round will be done: judges who are ahead take over, so the panel's pace is what counts."""
    return forecast(course.missing(), course.sittings, course.opened_at, now)


def outlooks(course: Course, now: datetime) -> list[Outlook]:
    """How each judge goes along, in the order given."""
    whole = forecast_round(course, now)
    return [_outlook(one, course, whole, now) for one in course.judges]


def patience(course: Course) -> timedelta:
    """How long a judge may be silent before anybody wonders: two days, or a quarter of a round that is short."""
    if course.closes_at is None:
        return QUIET
    return max(SHORTEST_PATIENCE, min(QUIET, (course.closes_at - course.opened_at) / 4))


def _outlook(judge: Judge, course: Course, whole: Forecast | None, now: datetime) -> Outlook:
    mine = [one for one in course.sittings if one.judge == judge.judge]
    since = max(course.opened_at, judge.joined_at)
    expected = forecast(judge.left, mine, since, now)
    recent = sum(one.ballots for one in mine if one.ended > now - WINDOW)
    gait = _gait(judge, course, expected, whole, now)
    return Outlook(judge, gait, recent / _days(since, now), _seconds(mine), expected)


def _gait(judge: Judge, course: Course, expected: Forecast | None, whole: Forecast | None, now: datetime) -> Gait:
    if not judge.left:
        return Gait.DONE if judge.done else Gait.EXPECTED
    silent = now - max(course.opened_at, judge.joined_at, judge.last_at or judge.joined_at)
    if silent >= patience(course):
        return Gait.QUIET if judge.done else Gait.NOT_BEGUN
    if not judge.done or expected is None:
        return Gait.EXPECTED if not judge.done else Gait.STEADY
    if course.closes_at is not None:
        return Gait.BEHIND if expected.likely > course.closes_at else Gait.STEADY
    # Without a deadline the others are the measure: twice as long as the panel, and a day at least.
    is_slow = whole is not None and expected.likely - now > max(2 * (whole.likely - now), DAY)
    return Gait.BEHIND if is_slow else Gait.STEADY


def _seconds(sittings: Sequence[Sitting]) -> float | None:
    """Seconds from one ballot to the next within a sitting; None where no sitting has two."""
    gaps = sum(one.ballots - 1 for one in sittings)
    return sum((one.ended - one.began).total_seconds() for one in sittings) / gaps if gaps else None


def _days(since: datetime, now: datetime) -> float:
    return max((now - max(since, now - WINDOW)) / DAY, 1.0)
