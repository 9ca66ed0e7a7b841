"""From the words of a round's form to a plan."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict

from campaign.errors import InvalidInput
from campaign.judging.rounds import Plan

LOCAL = "%Y-%m-%dT%H:%M"


@dataclass
class Form:
    """What stands in the fields (`panel` is a list of ids), and a sentence beside each that needs another look."""

    values: dict[str, str | list[str]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


def blank_form(number: int, panel: list[str]) -> Form:
    """The whole cast judge, each photo seen by up to three of them."""
    quorum = str(max(1, min(3, len(panel))))
    return Form({"title": f"Round {number}", "quorum": quorum, "closes_at": "", "panel": panel})


def kept_form(given: MultiDict[str, str], errors: dict[str, str]) -> Form:
    """The form again as it was sent."""
    values: dict[str, str | list[str]] = {name: given.get(name, "") for name in ("title", "quorum", "closes_at")}
    return Form(values | {"panel": given.getlist("panel")}, errors)


def read_form(given: MultiDict[str, str], time_zone: str) -> Plan:
    """Raises InvalidInput for what cannot even be read. Times are in the campaign's zone."""
    errors: dict[str, str] = {}
    quorum = _number(given.get("quorum", ""), errors)
    closes_at = _instant(given.get("closes_at", ""), time_zone, errors)
    panel = uuids(given.getlist("panel"), "panel", errors)
    if errors:
        raise InvalidInput("A few things need another look before the round can be saved.", fields=errors)
    return Plan(title=given.get("title", ""), quorum=quorum, panel=panel, closes_at=closes_at)


def uuids(words: list[str], name: str, errors: dict[str, str]) -> list[UUID]:
    """The ids that a form's boxes stand for."""
    try:
        return [UUID(word) for word in words]
    except ValueError:
        errors[name] = "Reload the page and choose again."
        return []


def _number(words: str, errors: dict[str, str]) -> int:
    if words.strip().isdecimal() and len(words) <= 4:  # noqa: PLR2004 -- the verb knows the real limit
        return int(words)
    errors["quorum"] = "Write a whole number."
    return 0


def _instant(words: str, time_zone: str, errors: dict[str, str]) -> datetime | None:
    if not words:
        return None
    try:
        return datetime.strptime(words, LOCAL).replace(tzinfo=ZoneInfo(time_zone))
    except ValueError:
        errors["closes_at"] = "Choose a day and a time, or leave it open."
        return None
