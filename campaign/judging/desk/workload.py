"""How much work a round is for each judge, in photos and in hours, before anybody has begun. Pure."""

from __future__ import annotations

import math
from typing import NamedTuple

from campaign.judging.methods import METHODS
from campaign.judging.methods.shape import Method, Terms
from campaign.web.times import number, plural

SECONDS = {Method.STARS: 35, Method.SHORTLIST: 12, Method.DUEL: 15, Method.RANKING: 12}
"""What one ballot takes a judge who looks properly; for a ranking, each photo of the list."""
EACH_FURTHER_CRITERION = 10
NAMES = {Method.DUEL: ("duel", "duels"), Method.RANKING: ("list", "lists")}
MINUTE, HOUR = 60, 3600
HALVES = ("an hour", "an hour and a half", "two hours", "two and a half hours", "three hours")
MANY_HOURS = 10


class Workload(NamedTuple):
    """What each judge would have before them: ballots, and seconds in all."""

    ballots: int
    seconds: int
    words: str


def workload(method: Method, terms: Terms, *, photos: int, judges: int) -> Workload:
    """How much it is for each of the judges; the words show the sum, so that everybody can check it."""
    each = min(METHODS[method].photos_each(terms), max(photos, 1))
    ballots = math.ceil(photos * terms.quorum / each / max(judges, 1))
    seconds = ballots * _seconds(method, terms, each)
    if not photos or not judges:
        return Workload(0, 0, "As soon as there are photos and judges, the work for each is told here.")
    one, many = NAMES.get(method, ("photo", "photos"))
    times = "" if method not in NAMES else f" {one if terms.quorum == 1 else many} ÷ {each} photos in each"
    share = f"{plural(photos, 'photo')} × {terms.quorum}{times} ÷ {plural(judges, 'judge')}"
    return Workload(ballots, seconds, f"{share}: about {plural(ballots, one, many)} each, {lasting(seconds)}.")


def lasting(seconds: float) -> str:
    """`a minute`, `25 minutes`, `an hour and a half`, `12 hours`: how long it takes, as one tells a friend."""
    minutes = seconds / MINUTE
    if minutes < 55:  # noqa: PLR2004 -- from there on it is an hour
        rounded = round(minutes) if minutes < 10 else 5 * round(minutes / 5)  # noqa: PLR2004 -- finer below ten
        return "a minute" if rounded <= 1 else f"{rounded} minutes"
    halves = round(seconds / HOUR * 2)
    if halves - 2 < len(HALVES):
        return HALVES[halves - 2]
    hours = seconds / HOUR
    return f"{number(round(hours))} hours" if hours >= MANY_HOURS or halves % 2 == 0 else f"{halves // 2}½ hours"


def _seconds(method: Method, terms: Terms, each: int) -> int:
    if method is Method.RANKING:
        return SECONDS[method] * each
    return SECONDS[method] + EACH_FURTHER_CRITERION * max(0, len(terms.criteria) - 1)
