"""The part of a round's form that says where its photos come from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from werkzeug.datastructures import MultiDict

from campaign.judging.life.origins import Source, source_of
from campaign.judging.models import Round, SourceKind
from campaign.web.forms import read_number

WORDS = ("source_kind", "source", "top", "least", "category", "reason")
USUAL_TOP = "10"
LONGEST_SCORE = 20
BLANK: dict[str, Any] = {**dict.fromkeys(WORDS, ""), "source_kind": "published", "top": USUAL_TOP, "picked": []}


def source_values(prepared: Round) -> dict[str, Any]:
    """What the form shows of a round's source."""
    source = source_of(prepared)
    if source is None:
        return dict(BLANK)
    return {
        "source_kind": source.kind.value,
        "source": str(source.round_id or ""),
        "top": str(source.top or USUAL_TOP),
        "least": "" if source.least is None else f"{source.least:g}",
        "category": source.category or "",
        "reason": source.reason or "",
        "picked": [str(one) for one in source.picked or []],
    }


def kept_values(given: MultiDict[str, str]) -> dict[str, Any]:
    """The same as it was sent."""
    sent = {name: given.get(name, "") for name in WORDS} | {"picked": given.getlist("picked")}
    return sent | {"source_kind": _kind(given)}


def source_in(values: Mapping[str, Any]) -> Source | None:
    """The source that these fields mean as far as they can be read, for a look ahead."""
    words = [(name, str(values.get(name) or "")) for name in WORDS]
    return read_source(MultiDict([*words, *(("picked", one) for one in values.get("picked", ()))]), {})


def read_source(given: MultiDict[str, str], errors: dict[str, str]) -> Source | None:
    """Where the photos come from; None for all published ones. What belongs to another way is passed over."""
    match _kind(given):
        case SourceKind.CATEGORY:
            return Source(category=given.get("category", ""))
        case SourceKind.TOP:
            return Source(round_id=_round(given, errors), top=_top(given, errors))
        case SourceKind.LEAST:
            return Source(round_id=_round(given, errors), least=_least(given, errors))
        case SourceKind.PICKED:
            picked = _ids(given.getlist("picked"))
            return Source(round_id=_round(given, errors), picked=picked, reason=given.get("reason", ""))
        case SourceKind.PUBLISHED:
            return None
        case _:
            errors["source"] = "Choose where the photos come from."
            return None


def _kind(given: MultiDict[str, str]) -> str:
    """What is chosen; a link that names only a round and how many of its best means those."""
    return given.get("source_kind") or ("top" if given.get("source") else "published")


def _round(given: MultiDict[str, str], errors: dict[str, str]) -> UUID | None:
    found = _ids([given.get("source", "")])
    if not found:
        errors["source"] = "Choose the round whose result it is."
    return found[0] if found else None


def _top(given: MultiDict[str, str], errors: dict[str, str]) -> int | None:
    read = read_number(given.get("top", ""))
    if read is None:
        errors["top"] = "Write a whole number."
    return read


def _least(given: MultiDict[str, str], errors: dict[str, str]) -> float | None:
    words = given.get("least", "").strip().replace(",", ".")[:LONGEST_SCORE]
    try:
        return float(words[:-1]) / 100 if words.endswith("%") else float(words)
    except ValueError:
        errors["least"] = "Write a number, such as 3.5 or 60 %."
        return None


def _ids(words: list[str]) -> list[UUID]:
    try:
        return [UUID(word) for word in words]
    except ValueError:
        return []
