"""Dossiers of each kind, made by hand: what a judge said, event by event."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from campaign.judging import chain
from campaign.judging.dossier import Dossier, compose
from campaign.judging.papers import Event, JudgeRecord, RoundRecord, RoundRecord1

AT = "2026-11-22T20:00:00.000000Z"


PLAIN: dict[str, Any] = {
    "id": str(UUID(int=1)),
    "campaign": str(UUID(int=2)),
    "number": 1,
    "title": "First look",
    "quorum": 2,
    "opened_at": AT,
    "closes_at": None,
    "closed_at": AT,
}
OVERALL = [{"name": "Overall", "weight": 1}]
CRITERIA = [{"name": "Light", "weight": 2}, {"name": "Story", "weight": 1}]

Word = dict[str, Any] | int | None
"""What stands in an event: `word`; as a number, the stars of the first format; None takes it back."""


def record_of(method: str = "stars", criteria: list[dict[str, Any]] | None = None, **source: Any) -> RoundRecord:
    criteria = (OVERALL if method == "stars" else []) if criteria is None else criteria
    return RoundRecord.model_validate({**PLAIN, "method": method, "criteria": criteria, "source": source.get("source")})


def event_after(judge: str, last: Event | None, **body: Any) -> Event:
    before = chain.Link(last.sequence, {}, last.previous, last.hash) if last else None
    link = chain.append(judge, before, body)
    return Event.model_validate({"sequence": link.sequence, "body": body, "previous": link.previous, "hash": link.hash})


def judge_who(number: int, said: list[tuple[str, Word]], *, first_format: bool = False) -> JudgeRecord:
    """A judge who said (photo, word) in this order; numbers are stars, None takes back, "skip" puts aside."""
    judge = chain.commit_to(bytes([number]) * 32, UUID(int=number))
    events: list[Event] = []
    for photo, word in said:
        kind = "withdrawn" if word is None else "cast"
        body = {"kind": kind, "assignment": f"{judge[:6]}-{photo}", "subject": photo, "at": AT}
        if first_format:
            body["stars"] = word
        elif word == {}:
            body |= {"kind": "skipped", "word": None}
        else:
            body["word"] = {"scores": {"Overall": word}} if isinstance(word, int) else word
        events.append(event_after(judge, events[-1] if events else None, **body))
    return JudgeRecord(judge=judge, events=events)


def sealed(record: RoundRecord | RoundRecord1, judges: list[JudgeRecord], entries: str = "abcd") -> Dossier:
    heads = [one.events[-1].hash if one.events else one.judge for one in judges]
    return compose(record, entries, judges, chain.seal(record.model_dump(), entries, heads))


def _dossier() -> Dossier:
    judges = [
        judge_who(1, [("a", 5), ("b", {}), ("b", 2), ("b", 4), ("c", 3)]),
        judge_who(2, [("a", 4), ("b", 4), ("c", 1), ("c", None), ("c", {})]),
        judge_who(3, []),
    ]
    return sealed(record_of(), judges)


def _first_dossier() -> Dossier:
    """As it was written before there were criteria."""
    judges = [
        judge_who(1, [("a", 5), ("b", 2), ("b", 4), ("c", 3)], first_format=True),
        judge_who(2, [("a", 4), ("b", 4), ("c", 1), ("c", None)], first_format=True),
    ]
    return sealed(RoundRecord1(**PLAIN, method="stars"), judges)


def _weighted_dossier() -> Dossier:
    def scores(light: int, story: int) -> Word:
        return {"scores": {"Light": light, "Story": story}}

    judges = [
        judge_who(1, [("a", scores(5, 1)), ("b", scores(3, 5)), ("c", scores(1, 1))]),
        judge_who(2, [("a", scores(4, 2)), ("b", scores(4, 5))]),
    ]
    return sealed(record_of(criteria=CRITERIA, source={"round": str(UUID(int=7)), "top": 4}), judges)


def _shortlist_dossier() -> Dossier:
    judges = [
        judge_who(1, [("a", {"vote": "yes"}), ("b", {"vote": "maybe"}), ("c", {}), ("c", {"vote": "no"})]),
        judge_who(2, [("a", {"vote": "maybe"}), ("b", {"vote": "yes"}), ("d", {})]),
    ]
    return sealed(record_of("shortlist"), judges)


DOSSIERS = {
    "stars": _dossier(),
    "first format": _first_dossier(),
    "criteria": _weighted_dossier(),
    "shortlist": _shortlist_dossier(),
}
