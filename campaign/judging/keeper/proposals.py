"""What the round keeper proposes, in words: remind, deal again, lower the quorum, extend, close. People decide."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from campaign.judging.keeper.forecasts import (
    Course,
    Forecast,
    Gait,
    Judge,
    Outlook,
    forecast,
    forecast_round,
    outlooks,
    patience,
)
from campaign.web.times import plural

REMIND_AGAIN = timedelta(hours=20)
"""Nobody is reminded twice within it: one kind word a day is enough."""
LEAST_QUORUM = 2
"""With one judge for each photo nobody can tell a harsh judge from a weak photo, so less is never proposed."""
LONGEST_MORE = timedelta(days=60)
HOUR = timedelta(hours=1)

BEHIND = {Gait.BEHIND, Gait.QUIET, Gait.NOT_BEGUN}


class Remedy(StrEnum):
    REMIND = "remind"
    DEAL_AGAIN = "deal_again"
    LOWER_QUORUM = "lower_quorum"
    EXTEND = "extend"
    CLOSE = "close"


class Proposal(NamedTuple):
    """What could be done, and why in a sentence or two; `judges`, `quorum` or `until` say with what."""

    remedy: Remedy
    why: str
    judges: tuple[str, ...] = ()
    quorum: int | None = None
    until: datetime | None = None


def proposals(course: Course, now: datetime) -> list[Proposal]:
    """What the keeper would do, the gentlest first; nothing where all goes well."""
    seen, whole = outlooks(course, now), forecast_round(course, now)
    return [
        *_close(course),
        *_remind(course, seen, now),
        *_deal_again(course, seen, now),
        *_in_time(course, whole, now),
    ]


def may_remind(judge: Judge, now: datetime) -> bool:
    """Whether a reminder would be kind: there is something left, and none went out lately."""
    return judge.left > 0 and (judge.reminded_at is None or now - judge.reminded_at >= REMIND_AGAIN)


def _close(course: Course) -> Iterator[Proposal]:
    if course.photos and not course.short and not course.missing():
        yield Proposal(Remedy.CLOSE, "Every photo has as many ballots as you asked for. Close the round when you like.")
    elif course.judges and not any(one.left for one in course.judges) and any(one.done for one in course.judges):
        yield Proposal(
            Remedy.CLOSE,
            f"Nobody has anything left, and {plural(course.short, 'photo')} cannot reach the quorum with this panel. "
            "Add a judge, or close the round as it is.",
        )


def _remind(course: Course, seen: Sequence[Outlook], now: datetime) -> Iterator[Proposal]:
    for one in seen:
        if one.gait in BEHIND and course.missing() and may_remind(one.judge, now):
            yield Proposal(Remedy.REMIND, _why_remind(one, course, now), (one.judge.judge,))


def _why_remind(seen: Outlook, course: Course, now: datetime) -> str:
    judge = seen.judge
    if seen.gait is Gait.NOT_BEGUN:
        return f"{judge.name} has not begun, {spell(now - max(course.opened_at, judge.joined_at))} in."
    if seen.gait is Gait.QUIET:
        silent = spell(now - (judge.last_at or judge.joined_at))
        return f"{judge.name} has {judge.left} left and gave nothing for {silent}."
    until = "the deadline" if course.closes_at else "the others"
    return f"{judge.name} has {judge.left} left, and at this pace comes after {until}."


def _deal_again(course: Course, seen: Sequence[Outlook], now: datetime) -> Iterator[Proposal]:
    """What lies before judges who were reminded in vain, or are silent for twice as long as anybody should wonder."""
    absent = [one.judge for one in seen if one.gait in BEHIND and _is_absent(one.judge, course, now)]
    if not absent or not course.missing() or len(absent) == len(seen):
        return
    waiting = sum(one.left for one in absent)
    names = [one.name for one in absent]
    named = f"{', '.join(names[:-1])} and {names[-1]}" if names[1:] else names[0]
    yield Proposal(
        Remedy.DEAL_AGAIN,
        f"{named} {'have' if names[1:] else 'has'} been away for a while. Dealt again, the {waiting} that wait "
        "there go to the others; whoever comes back finds work all the same.",
        tuple(one.judge for one in absent),
    )


def _is_absent(judge: Judge, course: Course, now: datetime) -> bool:
    last = max(course.opened_at, judge.joined_at, judge.last_at or judge.joined_at)
    in_vain = judge.reminded_at is not None and last < judge.reminded_at <= now - REMIND_AGAIN
    return in_vain or now - last >= 2 * patience(course)


def _in_time(course: Course, whole: Forecast | None, now: datetime) -> Iterator[Proposal]:
    """Where the deadline comes before the end: a quorum that can be reached, and a deadline that suffices."""
    if course.closes_at is None or not course.missing() or whole is None or whole.likely <= course.closes_at:
        return
    late = spell(whole.likely - course.closes_at)
    reachable = _reachable(course, course.closes_at, now)
    if reachable is not None:
        yield Proposal(
            Remedy.LOWER_QUORUM,
            f"At this pace the round would be done {late} after its deadline. With {reachable} for each photo in place "
            f"of {course.quorum} it would be done in time; the result would be a little less sure.",
            quorum=reachable,
        )
    until = _full_hour(min(whole.late, now + LONGEST_MORE))
    yield Proposal(
        Remedy.EXTEND,
        f"At this pace the round would be done {late} after its deadline. Give it more time.",
        until=until,
    )


def _reachable(course: Course, closes_at: datetime, now: datetime) -> int | None:
    """The highest quorum below the present one that would be reached in time."""
    for quorum in range(course.quorum - 1, LEAST_QUORUM - 1, -1):
        expected = forecast(course.missing(quorum), course.sittings, course.opened_at, now)
        if expected is not None and expected.likely <= closes_at:
            return quorum
    return None


def _full_hour(instant: datetime) -> datetime:
    return instant.replace(minute=0, second=0, microsecond=0) + HOUR


def spell(span: timedelta) -> str:
    """`3 days`, `5 hours`, `20 minutes`: a length of time as one says it, rounded to what matters."""
    hours = span / HOUR
    if hours >= 36:  # noqa: PLR2004 -- up to a day and a half one says hours
        return plural(round(hours / 24), "day")
    return plural(round(hours), "hour") if hours >= 1 else plural(max(1, math.ceil(hours * 60)), "minute")
