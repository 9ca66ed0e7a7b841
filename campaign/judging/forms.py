"""From the words of a round's form to a plan, and back; and from a ballot's form to what was said."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict

from campaign.errors import InvalidInput
from campaign.judging.methods.shape import Criterion, Method, Said
from campaign.judging.methods.stars import MOST_CRITERIA
from campaign.judging.models import Round
from campaign.judging.plan import Plan, Source
from campaign.web.forms import LOCAL, Form, read_instant, read_number

WORDS = ("title", "method", "quorum", "closes_at", "source", "top")
ROWS = range(1, MOST_CRITERIA + 1)
SCORE = "score:"
"""Before a criterion's name: the field of its score."""
USUAL_TOP = "10"


def blank_form(number: int, panel: list[str], *, source: str = "", top: str = "") -> Form:
    """The whole cast judge, each photo seen by up to three of them."""
    quorum = str(max(1, min(3, len(panel))))
    values = {"title": f"Round {number}", "method": Method.STARS.value, "quorum": quorum, "closes_at": ""}
    return Form({**values, "source": source, "top": top or USUAL_TOP, "panel": panel, "criteria": _rows([])})


def form_of(prepared: Round, panel: list[UUID]) -> Form:
    """The form of a draft as it was saved; times are in the campaign's zone."""
    zone = ZoneInfo(prepared.campaign.time_zone)
    closes_at = prepared.closes_at.astimezone(zone).strftime(LOCAL) if prepared.closes_at else ""
    criteria = [] if prepared.terms.criteria == Plan(title="", quorum=1).named_criteria else prepared.terms.criteria
    return Form(
        {
            "title": prepared.title,
            "method": prepared.method.value,
            "quorum": str(prepared.quorum),
            "closes_at": closes_at,
            "source": str(prepared.source_round_id or ""),
            "top": str(prepared.source_top or USUAL_TOP),
            "panel": [str(one) for one in panel],
            "criteria": _rows([(one.name, str(one.weight)) for one in criteria]),
        }
    )


def kept_form(given: MultiDict[str, str], errors: dict[str, str]) -> Form:
    """The form again as it was sent."""
    values: dict[str, object] = {name: given.get(name, "") for name in WORDS}
    rows = [(given.get(f"criterion-{row}", ""), given.get(f"weight-{row}", "")) for row in ROWS]
    return Form(values | {"panel": given.getlist("panel"), "criteria": _rows(rows)}, errors)


def read_form(given: MultiDict[str, str], time_zone: str, kept: Round | None = None) -> Plan:
    """Raises InvalidInput for what cannot even be read. Times are in the campaign's zone.

    A deadline that the form shows only to the minute keeps its seconds where nobody changed it.
    """
    errors: dict[str, str] = {}
    method = _method(given.get("method", Method.STARS.value), errors)
    quorum = _number(given.get("quorum", ""), "quorum", errors)
    closes_at = read_deadline(given.get("closes_at", ""), time_zone, errors, kept.closes_at if kept else None)
    panel = uuids(given.getlist("panel"), "panel", errors)
    criteria = _criteria(given, errors) if method is Method.STARS else None
    source = _source(given, errors)
    if errors:
        raise InvalidInput("A few things need another look before the round can be saved.", fields=errors)
    return Plan(
        title=given.get("title", ""),
        method=method,
        criteria=criteria,
        source=source,
        quorum=quorum,
        panel=panel,
        closes_at=closes_at,
    )


def read_ballot(given: MultiDict[str, str]) -> Said:
    """What a ballot's form says; what is no number counts as not given."""
    scores = {name.removeprefix(SCORE): read_number(word) for name, word in given.items() if name.startswith(SCORE)}
    stars = read_number(given.get("stars", ""))
    return Said(stars=None if scores else stars, scores=scores or None, vote=given.get("vote"))


def read_deadline(words: str, time_zone: str, errors: dict[str, str], kept: datetime | None = None) -> datetime | None:
    """The instant a deadline's field means; empty, none."""
    read = read_instant(words, time_zone)
    if words and read is None:
        errors["closes_at"] = "Choose a day and a time, or leave it open."
    return kept if kept and read and read == kept.replace(second=0, microsecond=0) else read


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


def _source(given: MultiDict[str, str], errors: dict[str, str]) -> Source | None:
    if not given.get("source"):
        return None
    ids = uuids([given["source"]], "source", errors)
    top = _number(given.get("top", ""), "top", errors)
    return Source(ids[0], top) if ids else None


def _method(word: str, errors: dict[str, str]) -> Method:
    if word not in set(Method):
        errors["method"] = "Choose how the photos are judged."
        return Method.STARS
    return Method(word)


def _number(words: str, name: str, errors: dict[str, str]) -> int:
    read = read_number(words)
    if read is None:
        errors[name] = "Write a whole number."
    return read or 0
