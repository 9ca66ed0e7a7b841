"""A closed round on paper: everything its result follows from, without a name in it, and how to check it.

The dossier can be checked anywhere, without the database: each judge's chain, the ballots that the events leave, the
seal over all of it and the result. Whoever keeps the seal elsewhere also finds a dossier that was rewritten whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, Literal

import rfc8785

from campaign.judging import chain
from campaign.judging.methods import METHODS
from campaign.judging.methods.shape import Given, Method
from campaign.judging.papers import (
    BallotRecord,
    BallotRecord1,
    EventBody,
    Hash,
    JudgeRecord,
    ResultRow,
    ResultRow1,
    RoundRecord,
    RoundRecord1,
    ScoresRecord,
    Strict,
    terms_of,
    word_of,
    written_word,
)

FIRST: Final = "flaunt-dossier/1"
PRESENT: Final = "flaunt-dossier/2"

Ballots = list[BallotRecord] | list[BallotRecord1]
Result = list[ResultRow] | list[ResultRow1]


class Dossier(Strict):
    format: Literal["flaunt-dossier/1", "flaunt-dossier/2"]
    round: RoundRecord | RoundRecord1
    entries: list[str]
    judges: list[JudgeRecord]
    ballots: Ballots
    result: Result
    seal: Hash

    def canonical(self) -> bytes:
        """The dossier as canonical JSON: the same round gives the same bytes."""
        return rfc8785.dumps(self.model_dump())


def compose(
    record: RoundRecord | RoundRecord1, entries: Iterable[str], judges: Iterable[JudgeRecord], seal: str
) -> Dossier:
    """The dossier of a round from its entries and events; ballots and result follow from them."""
    entered = sorted(entries)
    recorded = sorted(judges, key=lambda one: one.judge)
    ballots = standing_ballots(record, recorded)
    return Dossier(
        format=FIRST if isinstance(record, RoundRecord1) else PRESENT,
        round=record,
        entries=entered,
        judges=recorded,
        ballots=ballots,
        result=result_of(record, entered, ballots),
        seal=seal,
    )


def standing_ballots(record: RoundRecord | RoundRecord1, judges: Iterable[JudgeRecord]) -> Ballots:
    """What each judge's events come to: the last word on each assignment, unless it was taken back.

    Putting a photo aside says nothing about it and takes nothing back.
    """
    ballots: dict[tuple[str, str], BallotRecord] = {}
    for one in judges:
        for event in one.events:
            body = event.body
            if body.kind == "skipped":
                continue
            ballots.pop((one.judge, body.assignment), None)
            word = written_word(body)
            if body.kind == "cast" and word is not None:
                ballots[one.judge, body.assignment] = BallotRecord.model_validate(
                    {"judge": one.judge, "assignment": body.assignment, "submission": body.subject, "word": word}
                )
    standing = [ballots[key] for key in sorted(ballots)]
    return [_first_format(one) for one in standing] if isinstance(record, RoundRecord1) else standing


def result_of(
    record: RoundRecord | RoundRecord1, entries: Iterable[str], ballots: Sequence[BallotRecord | BallotRecord1]
) -> Result:
    """The ranking by the round's own method. Raises ValueError for a ballot that does not fit the round."""
    terms = terms_of(record)
    words = ((one, word_of(one, record.method, terms)) for one in ballots)
    given = [Given(one.judge, one.submission, word) for one, word in words if word is not None]
    standings = METHODS[Method(record.method)].tally(entries, given, terms)
    if isinstance(record, RoundRecord1):
        names = ResultRow1.model_fields
        return [ResultRow1(**{name: getattr(standing, name) for name in names}) for standing in standings]
    return [ResultRow.model_validate(vars(standing)) for standing in standings]


def verify(dossier: Dossier, *, seal: str | None = None) -> list[str]:
    """Everything that does not hold, in words; empty for a sound dossier. `seal`: the one kept elsewhere, if any."""
    return [
        *_check_format(dossier),
        *_check_chains(dossier.judges),
        *_check_assignments(dossier.judges),
        *_check_outcome(dossier),
        *_check_seal(dossier, seal),
    ]


def _first_format(ballot: BallotRecord) -> BallotRecord1:
    """Rounds of the first format have one criterion, so their ballots one score."""
    assert isinstance(ballot.word, ScoresRecord)
    (stars,) = ballot.word.scores.values()
    return BallotRecord1(judge=ballot.judge, assignment=ballot.assignment, submission=ballot.submission, stars=stars)


def _links(record: JudgeRecord) -> list[chain.Link]:
    return [chain.Link(one.sequence, one.body.model_dump(), one.previous, one.hash) for one in record.events]


def _check_format(dossier: Dossier) -> list[str]:
    fits = (dossier.format == FIRST) == isinstance(dossier.round, RoundRecord1)
    findings = [] if fits else ["format: is not the one the round is written in"]
    if dossier.format == FIRST and any(isinstance(e.body, EventBody) for one in dossier.judges for e in one.events):
        findings.append("events: are not of the first format")
    return findings


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
    try:
        ballots = standing_ballots(dossier.round, sorted(dossier.judges, key=lambda one: one.judge))
        result = result_of(dossier.round, dossier.entries, dossier.ballots)
    except ValueError as problem:
        return [*findings, f"ballots: do not fit the round: {problem}"]
    if dossier.ballots != ballots:
        findings.append("ballots: are not what the events come to")
    if dossier.result != result:
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
