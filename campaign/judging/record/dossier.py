"""A final round on paper: everything its result follows from, without a name in it (`flaunt-dossier/3`).

One file of canonical JSON (RFC 8785) holds the round's rules, the photos that took part, the panel under pseudonyms and
salted commitments with each judge's plan and chain of events, former closings, the ballots that stand, the chair's
votes on ties, the result, and two seals.

- `seal`, written at closing and mailed to the panel: SHA-256 over the canonical JSON of format, rules, photos, former
  closings and for each judge pseudonym, commitment, chair, seat's times, the head and length of the chain, and the
  digest of the plan.
- `final_seal`, written when the round became final: SHA-256 over the canonical JSON of `seal`, the instant, the votes
  on ties and the result.

Whoever kept a seal elsewhere also finds a dossier that was rewritten whole. `proof.verify` checks all of it anywhere,
without a database.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Literal

import rfc8785

from campaign.judging.methods.shape import Given
from campaign.judging.record import chain
from campaign.judging.record.papers import (
    SAYS,
    TAKES_BACK,
    BallotRecord,
    Hash,
    Instant,
    JudgeRecord,
    PlanRow,
    ReopeningRecord,
    ResultRow,
    RoundRecord,
    Strict,
    TieRecord,
    row_of,
    rules_of,
    word_of,
)
from campaign.judging.record.verdict import reach, sheet_of

FORMAT: Final = "flaunt-dossier/3"


class Dossier(Strict):
    format: Literal["flaunt-dossier/3"] = FORMAT
    round: RoundRecord
    entries: list[str]
    panel: list[JudgeRecord]
    reopenings: list[ReopeningRecord]
    seal: Hash
    ballots: list[BallotRecord]
    ties: list[TieRecord]
    result: list[ResultRow]
    finished_at: Instant
    final_seal: Hash

    def canonical(self) -> bytes:
        """The dossier as canonical JSON: the same round gives the same bytes."""
        return rfc8785.dumps(self.model_dump())


def seal_of(
    record: RoundRecord, entries: Iterable[str], seats: Iterable[Mapping[str, Any]], former: Iterable[ReopeningRecord]
) -> Hash:
    """What a round is sealed with at its closing. `seats` are as `seat_of` writes them, in the order of the seats."""
    sealed: dict[str, Any] = {
        "format": FORMAT,
        "round": record.model_dump(),
        "entries": sorted(entries),
        "panel": [dict(one) for one in seats],
        "reopenings": [one.model_dump() for one in former],
    }
    return hashlib.sha256(rfc8785.dumps(sealed)).hexdigest()


def seat_of(judge: JudgeRecord) -> dict[str, Any]:
    """What of a judge the seal covers: the plan by its digest, the chain by its head and length."""
    plain = judge.model_dump(exclude={"plan", "events"})
    return plain | {"plan": plan_digest(judge.plan), "events": len(judge.events)}


def plan_digest(rows: Iterable[PlanRow]) -> Hash:
    """SHA-256 over a line for each row: assignment, subject, when it was handed out, when it went; `-` for none."""
    digest = hashlib.sha256()
    for row in rows:
        digest.update(row.line.encode())
    return digest.hexdigest()


def final_seal_of(seal: Hash, finished_at: Instant, ties: Iterable[TieRecord], result: Iterable[ResultRow]) -> Hash:
    """What a round is sealed with when it becomes final."""
    sealed: dict[str, Any] = {
        "seal": seal,
        "finished_at": finished_at,
        "ties": [one.model_dump() for one in ties],
        "result": [one.model_dump() for one in result],
    }
    return hashlib.sha256(rfc8785.dumps(sealed)).hexdigest()


def standing_ballots(panel: Iterable[JudgeRecord]) -> list[BallotRecord]:
    """What each judge's events come to: the last word on each assignment, unless it was taken back.

    Putting a photo aside says nothing about it and takes nothing back.
    """
    ballots: dict[tuple[str, str], BallotRecord] = {}
    for one in panel:
        for event in one.events:
            key = (one.judge, event.assignment)
            if event.kind in SAYS and event.word is not None:
                ballots[key] = BallotRecord(
                    judge=one.judge, assignment=event.assignment, subject=event.subject, word=dict(event.word)
                )
            elif event.kind in SAYS | TAKES_BACK:
                ballots.pop(key, None)
    return [ballots[key] for key in sorted(ballots)]


def result_of(
    record: RoundRecord,
    entries: Sequence[str],
    panel: Iterable[JudgeRecord],
    ballots: Iterable[BallotRecord],
    ties: list[TieRecord],
) -> list[ResultRow]:
    """The places by the round's own rules. Raises ValueError for a ballot that does not fit them."""
    rules = rules_of(record, ties)
    known = {one.judge: one.commitment for one in panel}
    given = []
    for one in ballots:
        if one.judge not in known:
            raise ValueError(f"{one.judge} is not on the panel")
        given.append(Given(known[one.judge], one.subject, word_of(one.word, one.subject, rules)))
    return [row_of(placed) for placed in reach(rules, sheet_of(rules, entries, given)).placed]


def links_of(judge: JudgeRecord) -> list[chain.Link]:
    """A judge's events as links of the chain."""
    return [chain.Link(one.sequence, one.body, one.previous, one.hash) for one in judge.events]
