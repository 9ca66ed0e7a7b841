"""From a form's words to particulars, with the campaign's own zone for its times."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from campaign.campaigns.models import Campaign
from campaign.campaigns.particulars import Particulars
from campaign.errors import InvalidInput
from campaign.web.forms import LOCAL, Form, read_instant, read_number

FIELDS = ("title", "brief", "accent", "time_zone", "opens_at", "closes_at", "entry_limit", "minimum_age", "rules_text")
UNREAD = datetime.min.replace(tzinfo=UTC)
"""Stands in for a time that could not be read; the sentence beside the field stops the form before it is used."""


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
