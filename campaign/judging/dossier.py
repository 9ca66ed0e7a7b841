"""A closed round on paper: everything its result follows from, without a name in it, and how to check it.

The dossier can be checked anywhere, without the database: each judge's chain, the ballots that the events leave, the
seal over all of it and the result. Whoever keeps the seal elsewhere also finds a dossier that was rewritten whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Literal

import rfc8785
from pydantic import BaseModel, ConfigDict, Field

from campaign.judging import chain, scoring

Hash = str
Instant = str
"""ISO 8601 in UTC with microseconds and `Z`."""


class Strict(BaseModel):
    """Exactly these fields, of exactly these kinds: an addition is an edit too."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class RoundRecord(Strict):
    """The round as it was sealed."""

    id: str
    campaign: str
    number: int
    title: str
    method: Literal["stars"]
    quorum: int = Field(ge=1)
    opened_at: Instant
    closes_at: Instant | None
    closed_at: Instant


class EventBody(Strict):
    """What a judge did: gave stars to an assignment, or took them back."""

    kind: Literal["cast", "withdrawn"]
    assignment: str
    subject: str
    stars: int | None = Field(ge=1, le=5)
    at: Instant


class Event(Strict):
    sequence: int
    body: EventBody
    previous: Hash
    hash: Hash


class JudgeRecord(Strict):
    judge: Hash
    events: list[Event]


class BallotRecord(Strict):
    judge: Hash
    assignment: str
    submission: str
    stars: int


class ResultRow(Strict):
    rank: int
    tied: bool
    submission: str
    mean: float | None
    ballots: int
    below_quorum: bool


class Dossier(Strict):
    format: Literal["flaunt-dossier/1"]
    round: RoundRecord
    entries: list[str]
    judges: list[JudgeRecord]
    ballots: list[BallotRecord]
    result: list[ResultRow]
    seal: Hash

    def canonical(self) -> bytes:
        """The dossier as canonical JSON: the same round gives the same bytes."""
        return rfc8785.dumps(self.model_dump())


def compose(record: RoundRecord, entries: Iterable[str], judges: Iterable[JudgeRecord], seal: str) -> Dossier:
    """The dossier of a round from its entries and events; ballots and result follow from them."""
    entered = sorted(entries)
    recorded = sorted(judges, key=lambda one: one.judge)
    ballots = standing_ballots(recorded)
    return Dossier(
        format="flaunt-dossier/1",
        round=record,
        entries=entered,
        judges=recorded,
        ballots=ballots,
        result=result_of(entered, ballots, record.quorum),
        seal=seal,
    )


def standing_ballots(judges: Iterable[JudgeRecord]) -> list[BallotRecord]:
    """What each judge's events come to: the last word on each assignment, unless it was taken back."""
    ballots: dict[tuple[str, str], BallotRecord] = {}
    for one in judges:
        for event in one.events:
            body = event.body
            ballots.pop((one.judge, body.assignment), None)
            if body.kind == "cast" and body.stars is not None:
                ballots[one.judge, body.assignment] = BallotRecord(
                    judge=one.judge, assignment=body.assignment, submission=body.subject, stars=body.stars
                )
    return [ballots[key] for key in sorted(ballots)]


def result_of(entries: Iterable[str], ballots: Iterable[BallotRecord], quorum: int) -> list[ResultRow]:
    standings = scoring.tally(entries, ((one.submission, one.stars) for one in ballots), quorum)
    return [ResultRow.model_validate(vars(standing)) for standing in standings]


def verify(dossier: Dossier, *, seal: str | None = None) -> list[str]:
    """Everything that does not hold, in words; empty for a sound dossier. `seal`: the one kept elsewhere, if any."""
    return [
        *_check_chains(dossier.judges),
        *_check_assignments(dossier.judges),
        *_check_outcome(dossier),
        *_check_seal(dossier, seal),
    ]


def _links(record: JudgeRecord) -> list[chain.Link]:
    return [chain.Link(one.sequence, one.body.model_dump(), one.previous, one.hash) for one in record.events]


def _check_chains(judges: list[JudgeRecord]) -> list[str]:
    return [finding for one in judges for finding in chain.verify_chain(one.judge, _links(one))]


def _check_assignments(judges: list[JudgeRecord]) -> list[str]:
    """One assignment for a judge and photo, of that judge and photo alone, and one record for a judge."""
    owners = {(event.body.assignment, one.judge, event.body.subject) for one in judges for event in one.events}
    by_assignment = Counter(assignment for assignment, _, _ in owners)
    by_photo = Counter((judge, subject) for _, judge, subject in owners)
    findings = [f"assignment {name}: has more than one judge or photo" for name, n in by_assignment.items() if n > 1]
    findings += [f"judge {judge[:8]}: was given photo {photo} twice" for (judge, photo), n in by_photo.items() if n > 1]
    names = Counter(one.judge for one in judges)
    return findings + [f"judge {judge[:8]}: is listed {n} times" for judge, n in names.items() if n > 1]


def _check_outcome(dossier: Dossier) -> list[str]:
    findings = []
    if dossier.entries != sorted(set(dossier.entries)):
        findings.append("entries: are not listed once each, in order")
    if dossier.judges != sorted(dossier.judges, key=lambda one: one.judge):
        findings.append("judges: are not listed in order")
    if dossier.ballots != standing_ballots(sorted(dossier.judges, key=lambda one: one.judge)):
        findings.append("ballots: are not what the events come to")
    if dossier.result != result_of(dossier.entries, dossier.ballots, dossier.round.quorum):
        findings.append("result: is not what the ballots come to")
    return findings


def _check_seal(dossier: Dossier, kept: str | None) -> list[str]:
    heads = [chain.head(one.judge, _links(one)) for one in dossier.judges]
    findings = []
    if dossier.seal != chain.seal(dossier.round.model_dump(), dossier.entries, heads):
        findings.append("seal: does not fit the round, its photos and its chains")
    if kept is not None and kept != dossier.seal:
        findings.append("seal: is not the one that was kept")
    return findings
