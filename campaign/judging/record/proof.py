"""Checking a dossier: everything in it that does not hold, in words, found without a database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from campaign.judging.methods import METHODS
from campaign.judging.methods.shape import photos_in
from campaign.judging.record import chain
from campaign.judging.record.dossier import (
    Dossier,
    final_seal_of,
    links_of,
    result_of,
    seal_of,
    seat_of,
    standing_ballots,
)
from campaign.judging.record.papers import KINDS, JudgeRecord, ResultRow, RoundRecord, rules_of

NEAR = 2e-6
"""Machines may differ in the last of six decimals; what was written down is held by the seals to the letter."""
SHOWN = 20
"""How many findings of one kind are told one by one."""


def verify(dossier: Dossier, *, seal: str | None = None) -> list[str]:
    """Everything that does not hold, in words; empty for a sound dossier.

    `seal` is the one that was kept elsewhere, if any: that of the closing, or that of the final result.
    """
    checks = (_lists(dossier), _chains(dossier), _plans(dossier), _times(dossier), _outcome(dossier), _seals(dossier))
    findings = [finding for found in checks for finding in _few(_readable(found))]
    if seal is not None and seal not in {dossier.seal, dossier.final_seal}:
        findings.append("seal: is not the one that was kept")
    return findings


def _readable(found: Iterator[str]) -> Iterator[str]:
    """The findings; what Flaunt could never have written, and stumbles over, is one too."""
    try:
        yield from found
    except (ValueError, ArithmeticError, LookupError, TypeError, AssertionError) as problem:
        yield f"dossier: holds what Flaunt would never write: {problem or type(problem).__name__}"


def _few(found: Iterable[str]) -> Iterator[str]:
    findings = list(found)
    yield from findings[:SHOWN]
    if len(findings) > SHOWN:
        yield f"and {len(findings) - SHOWN:,} more like these"


def _lists(dossier: Dossier) -> Iterator[str]:
    if dossier.entries != sorted(set(dossier.entries)):
        yield "entries: are not listed once each, in order"
    names = [one.judge for one in dossier.panel]
    for name, times in Counter(names).items():
        if times > 1:
            yield f"{name}: is listed {times} times"
    numbers = [_number(name) for name in names]
    if None in numbers or numbers != sorted(numbers, key=lambda number: number or 0):
        yield "panel: is not listed in the order of its seats"
    if sum(one.is_chair for one in dossier.panel) > 1:
        yield "panel: has more than one chair"
    if dossier.round.tie_rule != "chair" and dossier.ties:
        yield "ties: were voted on, and the round’s rule is another"


def _number(pseudonym: str) -> int | None:
    name, _, number = pseudonym.partition(" ")
    return int(number) if name == "Judge" and number.isdecimal() and number.isascii() else None


def _chains(dossier: Dossier) -> Iterator[str]:
    for one in dossier.panel:
        links = links_of(one)
        yield from (f"{one.judge}, {finding}" for finding in chain.verify_chain(one.commitment, links))
        if one.head != chain.head(one.commitment, links):
            yield f"{one.judge}: head: is not where the chain ends"


def _plans(dossier: Dossier) -> Iterator[str]:
    assignments = Counter(row.assignment for one in dossier.panel for row in one.plan if row.assignment)
    yield from (f"assignment {name}: is planned {n} times" for name, n in assignments.items() if n > 1)
    for one in dossier.panel:
        yield from _plan(one, dossier.round)


def _plan(one: JudgeRecord, record: RoundRecord) -> Iterator[str]:
    subjects = Counter(row.subject for row in one.plan)
    yield from (f"{one.judge}: was to judge {subject} {n} times" for subject, n in subjects.items() if n > 1)
    rules = rules_of(record, [])
    most = METHODS[rules.method].photos_each(rules.terms)
    for row in one.plan:
        photos = photos_in(row.subject)
        if list(photos) != sorted(set(photos)) or len(photos) > most:
            yield f"{one.judge}: {row.subject} is not what the method judges at once"
        if (row.assignment is None) != (row.handed_at is None):
            yield f"{one.judge}: {row.subject} was handed out, or it was not"
    handed = {row.assignment: row.subject for row in one.plan}
    for number, event in enumerate(one.events, start=1):
        if event.kind not in KINDS:
            yield f"{one.judge}, event {number}: is of no kind that is known"
        if handed.get(event.assignment) != event.subject:
            yield f"{one.judge}, event {number}: is on what this judge was not given"


def _times(dossier: Dossier) -> Iterator[str]:
    """The round was open from one instant to another, with gaps where it was closed; nothing happened outside."""
    opened, spans = dossier.round.opened_at, []
    for former in dossier.reopenings:
        spans.append((opened, former.closed_at))
        opened = former.at
    spans.append((opened, dossier.round.closed_at))
    edges = [edge for span in spans for edge in span]
    if edges != sorted(edges) or dossier.finished_at < dossier.round.closed_at:
        yield "round: its openings and closings do not follow each other"
    for one in dossier.panel:
        before = ""
        for number, event in enumerate(one.events, start=1):
            if not any(start <= event.at <= end for start, end in spans):
                yield f"{one.judge}, event {number}: happened while the round was not open"
            if event.at < before:
                yield f"{one.judge}, event {number}: happened before the one that it follows"
            before = event.at


def _outcome(dossier: Dossier) -> Iterator[str]:
    if dossier.ballots != standing_ballots(dossier.panel):
        yield "ballots: are not what the events come to"
    try:
        result = result_of(dossier.round, dossier.entries, dossier.panel, dossier.ballots, dossier.ties)
    except ValueError as problem:
        yield f"ballots: do not fit the round: {problem}"
        return
    if len(result) != len(dossier.result):
        yield f"result: has {len(dossier.result)} photos, and {len(result)} took part"
        return
    for number, (told, found) in enumerate(zip(dossier.result, result, strict=True), start=1):
        wrong = [name for name in ResultRow.model_fields if not _agrees(getattr(told, name), getattr(found, name))]
        if wrong:
            yield f"result, row {number}: {', '.join(wrong)} is not what the ballots come to"


def _agrees(told: object, found: object) -> bool:
    if isinstance(told, dict) and isinstance(found, dict):
        return told.keys() == found.keys() and all(_agrees(told[key], found[key]) for key in told)
    if isinstance(told, float) and isinstance(found, float):
        return abs(told - found) <= NEAR
    return told == found


def _seals(dossier: Dossier) -> Iterator[str]:
    if dossier.seal != seal_of(dossier.round, dossier.entries, map(seat_of, dossier.panel), dossier.reopenings):
        yield "seal: does not fit the rules, the photos, the panel, its plan and its chains"
    if dossier.final_seal != final_seal_of(dossier.seal, dossier.finished_at, dossier.ties, dossier.result):
        yield "final seal: does not fit the seal, the votes on ties and the result"
