"""What a marketer writes about a campaign, and what can be said against it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from zoneinfo import available_timezones

from campaign.errors import InvalidInput
from campaign.wording import one_line

LONGEST_TITLE = 120
LONGEST_BRIEF = 2_000
LONGEST_WANTED = 1_000
LONGEST_RULES = 20_000
MOST_CATEGORIES = 20
LONGEST_CATEGORY = 60
MOST_REASONS = 20
LONGEST_DECLINE_REASON = 280
MOST_HOURS_BEFORE = 720
MOST_ENTRIES = 100
OLDEST_LIMIT = 99
TIME_ZONES = frozenset(available_timezones()) - {"localtime", "posixrules", "Factory"}
"""Zones by their names; what only stands for a machine's own setting is left out."""
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
COLOUR = re.compile(r"#[0-9a-f]{6}")
UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
"""What the database's text cannot hold."""
YEARS = range(2000, 2200)
"""Nearer to the first or the last year there is, an instant cannot be told in every zone."""


@dataclass(frozen=True, kw_only=True)
class Particulars:
    """Times are instants with a zone; `entry_limit` counts photos a fan; `minimum_age` is in years, 0 for none.

    `wanted` says what a photo should show, `categories` are what a fan chooses one of, `decline_reasons` are sentences
    the desk declines with, and winners hear of it `tell_before_hours` before an arranged announcement.
    """

    title: str
    brief: str
    accent: str
    time_zone: str
    opens_at: datetime
    closes_at: datetime
    entry_limit: int
    minimum_age: int
    rules_text: str
    slug: str | None = None
    wanted: str = ""
    categories: Sequence[str] = ()
    decline_reasons: Sequence[str] = ()
    tell_before_hours: int = 0

    def columns(self) -> dict[str, object]:
        """The parts that are columns of the campaign's row."""
        kept = {name: value for name, value in asdict(self).items() if name not in {"slug", "rules_text"}}
        return kept | {"categories": tidy_lines(self.categories), "decline_reasons": tidy_lines(self.decline_reasons)}


def tidy_lines(lines: Sequence[str]) -> list[str]:
    """Each line in its normal form, without the empty ones."""
    return [kept for line in lines if (kept := one_line(line))]


def check_particulars(given: Particulars) -> None:
    """Raise one InvalidInput that has a sentence for every field that cannot be used."""
    fields = {name: sentence for name, sentence in _complaints(given).items() if sentence}
    if fields:
        raise InvalidInput("A few things need another look before this can be saved.", fields=fields)


def _complaints(given: Particulars) -> dict[str, str | None]:
    return {
        "title": _length(given.title, LONGEST_TITLE, "Give the campaign a name that fans will read first."),
        "brief": _length(given.brief, LONGEST_BRIEF),
        "rules_text": _length(given.rules_text, LONGEST_RULES, "Write the rules fans agree to."),
        "slug": _slug(given.slug),
        "accent": None if COLOUR.fullmatch(given.accent) else "Write the colour as # and six digits, such as #ffb547.",
        "time_zone": None if given.time_zone in TIME_ZONES else "Choose a zone such as Europe/Lisbon.",
        "wanted": _length(given.wanted, LONGEST_WANTED),
        "categories": _lines(given.categories, MOST_CATEGORIES, LONGEST_CATEGORY),
        "decline_reasons": _lines(given.decline_reasons, MOST_REASONS, LONGEST_DECLINE_REASON),
        "tell_before_hours": hours_complaint(given.tell_before_hours),
        "opens_at": year_complaint(given.opens_at),
        "closes_at": year_complaint(given.closes_at)
        or (None if given.closes_at > given.opens_at else "Closing comes after opening."),
        "entry_limit": None
        if 1 <= given.entry_limit <= MOST_ENTRIES
        else f"Between 1 and {MOST_ENTRIES} photos a fan.",
        "minimum_age": None if 0 <= given.minimum_age <= OLDEST_LIMIT else f"Between 0 and {OLDEST_LIMIT} years.",
    }


def _length(text: str, most: int, when_empty: str | None = None) -> str | None:
    if not text.strip():
        return when_empty
    if UNSTORABLE.search(text):
        return "There is a character in it that cannot be kept. Type it anew rather than pasting it."
    return None if len(text) <= most else f"That is {len(text):,} characters; {most:,} fit."


def _lines(lines: Sequence[str], most: int, longest: int) -> str | None:
    seen: set[str] = set()
    for line in tidy_lines(lines):
        if len(line) > longest:
            return f"“{line[:30]}…” has {len(line):,} characters; {longest} fit on a line."
        if line.casefold() in seen:
            return f"“{line}” is there twice. Once is enough."
        seen.add(line.casefold())
    return None if len(seen) <= most else f"That is {len(seen)} lines; {most} fit."


def hours_complaint(hours: int) -> str | None:
    """What can be said against telling winners and finalists so many hours before, or None."""
    return None if 0 <= hours <= MOST_HOURS_BEFORE else f"Between 0 and {MOST_HOURS_BEFORE} hours (30 days)."


def year_complaint(at: datetime) -> str | None:
    """What can be said against this instant, or None: its year has to be one that every zone can tell."""
    return None if at.year in YEARS else f"Choose a year from {YEARS[0]} to {YEARS[-1]}."


def _slug(slug: str | None) -> str | None:
    if slug is None or (SLUG.fullmatch(slug) and len(slug) <= LONGEST_TITLE):
        return None
    return "Use small letters a-z, digits and single hyphens, such as flaunt-your-city."
