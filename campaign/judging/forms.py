"""From the words of a round's form to a plan."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from werkzeug.datastructures import MultiDict

from campaign.errors import InvalidInput
from campaign.judging.rounds import Plan
from campaign.web.forms import Form, read_instant, read_number


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
    read = read_number(words)
    if read is None:
        errors["quorum"] = "Write a whole number."
    return read or 0


def _instant(words: str, time_zone: str, errors: dict[str, str]) -> datetime | None:
    read = read_instant(words, time_zone)
    if words and read is None:
        errors["closes_at"] = "Choose a day and a time, or leave it open."
    return read
