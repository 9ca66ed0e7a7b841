"""From a form's words to particulars, with the campaign's own zone for its times."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from campaign.campaigns.models import Campaign
from campaign.campaigns.particulars import Particulars
from campaign.errors import InvalidInput
from campaign.web.forms import LOCAL, Form, read_instant, read_number

FIELDS = (
    "title",
    "brief",
    "wanted",
    "accent",
    "time_zone",
    "opens_at",
    "closes_at",
    "entry_limit",
    "minimum_age",
    "tell_before_hours",
    "rules_text",
)
LINES = {"categories": "\n", "decline_reasons": "\n\n"}
"""Fields with one thing a line, and what stands between two; sentences need room to be told apart."""
STARTING_REASONS = (
    "We like it, but it shows something else than we asked for. Have another look at what is wanted, and try again?",
    "Somebody in it can be recognised, and we do not know that they would like that. Send one they agreed to.",
    "It is too dark or too blurred for us to see what you saw. If you have a clearer one, please send it.",
    "A logo, a poster or a name is in the middle of it, and we may not show those. Another angle would do.",
    "It looks as if somebody else took it. We would love to see one of your own.",
)
"""What a new campaign's desk declines with, until somebody writes better ones."""
UNREAD = datetime.min.replace(tzinfo=UTC)
"""Stands in for a time that could not be read; the sentence beside the field stops the form before it is used."""


def blank_form(now: datetime) -> Form:
    """Sensible beginnings: opens now, stays open for two weeks."""
    values = dict.fromkeys(FIELDS, "")
    values |= {"accent": "#ffb547", "time_zone": "UTC", "entry_limit": "3", "minimum_age": "16", "slug": ""}
    values |= {"categories": "", "decline_reasons": "\n\n".join(STARTING_REASONS), "tell_before_hours": "24"}
    values |= {"opens_at": now.strftime(LOCAL), "closes_at": (now + timedelta(days=14)).strftime(LOCAL)}
    return Form(values)


def form_of(campaign: Campaign) -> Form:
    zone = ZoneInfo(campaign.time_zone)
    values = {name: str(getattr(campaign, name)) for name in FIELDS if hasattr(campaign, name)}
    for name in ("opens_at", "closes_at"):
        values[name] = getattr(campaign, name).astimezone(zone).strftime(LOCAL)
    values |= {name: between.join(getattr(campaign, name)) for name, between in LINES.items()}
    return Form(values | {"rules_text": campaign.current_rules.text, "slug": campaign.slug})


def read_form(given: Mapping[str, str], kept: Campaign | None = None) -> Particulars:
    """Raises InvalidInput for what cannot even be read: a number that is none, a time that is none.

    A time that the form shows only to the minute keeps its seconds where nobody changed it.
    """
    errors: dict[str, str] = {}
    opens_at = _instant(given, "opens_at", errors)
    closes_at = _instant(given, "closes_at", errors)
    entry_limit = _number(given, "entry_limit", errors)
    minimum_age = _number(given, "minimum_age", errors)
    tell_before_hours = _number(given, "tell_before_hours", errors)
    if errors:
        raise InvalidInput("A few things need another look before this can be saved.", fields=errors)
    return Particulars(
        title=given.get("title", "").strip(),
        brief=_words(given, "brief"),
        wanted=_words(given, "wanted"),
        categories=given.get("categories", "").splitlines(),
        decline_reasons=given.get("decline_reasons", "").splitlines(),
        tell_before_hours=tell_before_hours,
        accent=given.get("accent", "").strip().lower(),
        time_zone=given.get("time_zone", ""),
        rules_text=_words(given, "rules_text"),
        slug=None if kept else given.get("slug", "").strip() or None,
        opens_at=_unchanged(kept.opens_at, opens_at) if kept else opens_at,
        closes_at=_unchanged(kept.closes_at, closes_at) if kept else closes_at,
        entry_limit=entry_limit,
        minimum_age=minimum_age,
    )


def _words(given: Mapping[str, str], name: str) -> str:
    return given.get(name, "").replace("\r\n", "\n").strip()


def _instant(given: Mapping[str, str], name: str, errors: dict[str, str]) -> datetime:
    read = read_instant(given.get(name, ""), given.get("time_zone", ""))
    if read is None:
        errors[name] = "Choose a day and a time."
    return read or UNREAD


def _number(given: Mapping[str, str], name: str, errors: dict[str, str]) -> int:
    read = read_number(given.get(name, ""))
    if read is None:
        errors[name] = "Write a whole number."
    return read or 0


def _unchanged(kept: datetime, given: datetime) -> datetime:
    return kept if kept.astimezone(given.tzinfo).strftime(LOCAL) == given.strftime(LOCAL) else given


def read_instants(given: Mapping[str, str], zone: str, *names: str) -> list[datetime]:
    """Each named time, meant in the zone. Raises InvalidInput with a sentence for every one that cannot be read."""
    errors: dict[str, str] = {}
    read = [_instant({**given, "time_zone": zone}, name, errors) for name in names]
    if errors:
        raise InvalidInput("Choose a day and a time.", fields=errors)
    return read


def read_closing(given: Mapping[str, str], zone: str) -> datetime:
    """The closing time that was chosen: one that the form put forward, or another written beside it."""
    until = given.get("until", "other")
    if until == "other":
        return read_instants(given, zone, "closes_at")[0]
    with suppress(ValueError):
        at = datetime.fromisoformat(until)
        if at.tzinfo is not None:
            return at
    raise InvalidInput("Choose a closing time.", fields={"closes_at": "Choose a day and a time."})


def read_announcement(given: Mapping[str, str], zone: str) -> tuple[datetime, int]:
    """When, and how many hours before that winners and finalists hear of it."""
    errors: dict[str, str] = {}
    at = _instant({**given, "time_zone": zone}, "announces_at", errors)
    hours = _number(given, "tell_before_hours", errors)
    if errors:
        raise InvalidInput("The announcement needs another look.", fields=errors)
    return at, hours
