"""From the words of a round's form to a plan, and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict

from campaign.errors import InvalidInput
from campaign.judging.desk.source_forms import BLANK, kept_values, read_source, source_values
from campaign.judging.life.plan import Plan
from campaign.judging.methods.shape import Criterion, Method
from campaign.judging.methods.stars import MOST_CRITERIA
from campaign.judging.models import Round, TieRule
from campaign.web.forms import LOCAL, Form, read_instant, read_number

WORDS = ("title", "method", "quorum", "closes_at", "scale", "list_size", "is_blind", "tie_rule", "chair")
ROWS = range(1, MOST_CRITERIA + 1)
USUAL: dict[str, Any] = {
    "method": Method.STARS.value,
    "closes_at": "",
    "scale": "5",
    "list_size": "10",
    "is_blind": "",
    "tie_rule": TieRule.SHARED.value,
    "chair": "",
}

OneOf = TypeVar("OneOf", bound=StrEnum)


def blank_form(number: int, panel: list[str], given: Mapping[str, Any] | None = None) -> Form:
    """The whole cast judge, each photo seen by up to three of them; `given` fills in where photos come from."""
    quorum = str(max(1, min(3, len(panel))))
    values = {**USUAL, **BLANK, "title": f"Round {number}", "quorum": quorum}
    return Form({**values, **(given or {}), "panel": panel, "criteria": _rows([])})


def form_of(prepared: Round, panel: list[UUID]) -> Form:
    """The form of a round as it was saved; times are in the campaign's zone."""
    criteria = [] if prepared.terms.criteria == Plan(title="", quorum=1).named_criteria else prepared.terms.criteria
    chair = next((str(one.person_id) for one in prepared.panel if one.is_chair), "")
    return Form(
        {
            **source_values(prepared),
            "title": prepared.title,
            "method": prepared.method.value,
            "quorum": str(prepared.quorum),
            "closes_at": local_words(prepared.closes_at, prepared.campaign.time_zone),
            "scale": str(prepared.scale),
            "list_size": str(prepared.list_size),
            "is_blind": "yes" if prepared.is_blind else "",
            "tie_rule": prepared.tie_rule.value,
            "chair": chair,
            "panel": [str(one) for one in panel],
            "criteria": _rows([(one.name, str(one.weight)) for one in criteria]),
        }
    )


def copy_form(like: Round, panel: list[UUID], number: int) -> Form:
    """The form of another round like this one: the same rules and people, a name and a time of its own."""
    form = form_of(like, panel)
    return Form({**form.values, "title": f"Round {number}", "closes_at": ""})


def kept_form(given: MultiDict[str, str], errors: dict[str, str]) -> Form:
    """The form again as it was sent."""
    values: dict[str, object] = {name: given.get(name, "") for name in WORDS} | kept_values(given)
    rows = [(given.get(f"criterion-{row}", ""), given.get(f"weight-{row}", "")) for row in ROWS]
    return Form(values | {"panel": given.getlist("panel"), "criteria": _rows(rows)}, errors)


def read_form(given: MultiDict[str, str], time_zone: str, kept: Round | None = None) -> Plan:
    """Raises InvalidInput for what cannot even be read. Times are in the campaign's zone.

    A deadline that the form shows only to the minute keeps its seconds where nobody changed it.
    """
    errors: dict[str, str] = {}
    method = _one_of(Method, given.get("method"), "method", errors) or Method.STARS
    chair = uuids([word for word in (given.get("chair", ""),) if word], "chair", errors)
    plan = Plan(
        title=given.get("title", ""),
        method=method,
        criteria=_criteria(given, errors) if method is Method.STARS else None,
        scale=_number(given.get("scale") or "5", "scale", errors),
        list_size=_number(given.get("list_size") or "10", "list_size", errors),
        source=read_source(given, errors),
        quorum=_number(given.get("quorum", ""), "quorum", errors),
        panel=uuids(given.getlist("panel"), "panel", errors),
        chair=chair[0] if chair else None,
        closes_at=read_deadline(given.get("closes_at", ""), time_zone, errors, kept.closes_at if kept else None),
        is_blind=bool(given.get("is_blind")),
        tie_rule=_one_of(TieRule, given.get("tie_rule"), "tie_rule", errors) or TieRule.SHARED,
    )
    if errors:
        raise InvalidInput("A few things need another look before the round can be saved.", fields=errors)
    return plan


def read_deadline(words: str, time_zone: str, errors: dict[str, str], kept: datetime | None = None) -> datetime | None:
    """The instant a deadline's field means; empty, none."""
    read = read_instant(words, time_zone)
    if words and read is None:
        errors["closes_at"] = "Choose a day and a time, or leave it open."
    return kept if kept and read and read == kept.replace(second=0, microsecond=0) else read


def local_words(instant: datetime | None, time_zone: str) -> str:
    """An instant as a deadline's field holds it; empty for none."""
    return instant.astimezone(ZoneInfo(time_zone)).strftime(LOCAL) if instant else ""


def uuids(words: list[str], name: str, errors: dict[str, str]) -> list[UUID]:
    """The ids that a form's boxes stand for."""
    try:
        return [UUID(word) for word in words]
    except ValueError:
        errors[name] = "Reload the page and choose again."
        return []


def _rows(filled: list[tuple[str, str]]) -> list[tuple[int, str, str]]:
    """(number, name, weight) for each row that the form has for criteria."""
    filled = filled + [("", "1")] * (MOST_CRITERIA - len(filled))
    return [(row, name, weight) for row, (name, weight) in zip(ROWS, filled, strict=True)]


def _criteria(given: MultiDict[str, str], errors: dict[str, str]) -> list[Criterion] | None:
    """The rows that have a name; without any, the one criterion that needs none."""
    named = [
        (name, given.get(f"weight-{row}", "")) for row in ROWS if (name := given.get(f"criterion-{row}", "").strip())
    ]
    weights = [read_number(weight or "1") for _, weight in named]
    if None in weights:
        errors["criteria"] = "Write a weight as a whole number."
    read = [Criterion(name, weight or 0) for (name, _), weight in zip(named, weights, strict=True)]
    return read or None


def _one_of(choices: type[OneOf], word: str | None, name: str, errors: dict[str, str]) -> OneOf | None:
    """The member this word names; None, without a complaint, for no word at all."""
    if not word:
        return None
    if word not in set(choices):
        errors[name] = "Choose one of those that stand here."
        return None
    return choices(word)


def _number(words: str, name: str, errors: dict[str, str]) -> int:
    read = read_number(words)
    if read is None:
        errors[name] = "Write a whole number."
    return read or 0
