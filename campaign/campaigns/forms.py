"""From a form's words to particulars, with the campaign's own zone for its times."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from campaign.campaigns.models import Campaign
from campaign.campaigns.particulars import Particulars
from campaign.errors import InvalidInput

LOCAL = "%Y-%m-%dT%H:%M"
FIELDS = ("title", "brief", "accent", "time_zone", "opens_at", "closes_at", "entry_limit", "minimum_age", "rules_text")


@dataclass
class Form:
    """What stands in the fields, and a sentence beside each that needs another look."""

    values: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


def blank_form(now: datetime) -> Form:
    """Sensible beginnings: opens now, stays open for two weeks."""
    values = dict.fromkeys(FIELDS, "")
    values |= {"accent": "#ffb547", "time_zone": "UTC", "entry_limit": "3", "minimum_age": "16", "slug": ""}
    values |= {"opens_at": now.strftime(LOCAL), "closes_at": (now + timedelta(days=14)).strftime(LOCAL)}
    return Form(values)


def form_of(campaign: Campaign) -> Form:
    zone = ZoneInfo(campaign.time_zone)
    values = {name: str(getattr(campaign, name)) for name in FIELDS if hasattr(campaign, name)}
    for name in ("opens_at", "closes_at"):
        values[name] = getattr(campaign, name).astimezone(zone).strftime(LOCAL)
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
    if errors:
        raise InvalidInput("A few things need another look before this can be saved.", fields=errors)
    return Particulars(
        title=given.get("title", "").strip(),
        brief=given.get("brief", "").strip(),
        accent=given.get("accent", "").strip().lower(),
        time_zone=given.get("time_zone", ""),
        rules_text=given.get("rules_text", "").replace("\r\n", "\n").strip(),
        slug=None if kept else given.get("slug", "").strip() or None,
        opens_at=_unchanged(kept.opens_at, opens_at) if kept else opens_at,
        closes_at=_unchanged(kept.closes_at, closes_at) if kept else closes_at,
        entry_limit=entry_limit,
        minimum_age=minimum_age,
    )


def _instant(given: Mapping[str, str], name: str, errors: dict[str, str]) -> datetime:
    zone = given.get("time_zone", "")
    try:
        known = ZoneInfo(zone) if zone in available_timezones() else ZoneInfo("UTC")
        return datetime.strptime(given.get(name, ""), LOCAL).replace(tzinfo=known)
    except ValueError:
        errors[name] = "Choose a day and a time."
        return datetime.min  # noqa: DTZ901 -- never used: the sentence above stops the form


def _number(given: Mapping[str, str], name: str, errors: dict[str, str]) -> int:
    try:
        return int(given.get(name, ""))
    except ValueError:
        errors[name] = "Write a whole number."
        return 0


def _unchanged(kept: datetime, given: datetime) -> datetime:
    return kept if kept.astimezone(given.tzinfo).strftime(LOCAL) == given.strftime(LOCAL) else given
