"""Dossiers of each method, made by hand: what each judge did, event by event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from campaign.judging.record import chain
from campaign.judging.record.dossier import Dossier, final_seal_of, result_of, seal_of, seat_of, standing_ballots
from campaign.judging.record.papers import JudgeRecord, PlanRow, ReopeningRecord, RoundRecord, TieRecord

OPENED = "2026-11-22T18:00:00.000000Z"
AT = "2026-11-22T20:00:00.000000Z"
CLOSED = "2026-11-22T22:00:00.000000Z"
AGAIN = "2026-11-22T23:00:00.000000Z"
CLOSED_AGAIN = "2026-11-23T08:00:00.000000Z"
FINISHED = "2026-11-23T09:00:00.000000Z"

OVERALL = [{"name": "Overall", "weight": 1}]
CRITERIA = [{"name": "Light", "weight": 2}, {"name": "Story", "weight": 1}]
ALL_PUBLISHED: dict[str, Any] = {
    "kind": "published", "round": None, "top": None, "least": None, "category": None, "reason": None,
}  # fmt: skip
PLAIN: dict[str, Any] = {
    "id": str(UUID(int=1)), "campaign": str(UUID(int=2)), "number": 1, "title": "First look", "scale": 5,
    "list_size": 4, "quorum": 2, "tie_rule": "shared", "is_blind": False, "seed": 7, "source": ALL_PUBLISHED,
    "opened_at": OPENED, "closes_at": None, "closed_at": CLOSED,
}  # fmt: skip

Word = dict[str, Any] | int | None
"""What stands in an event: a word; a number for stars; None takes it back; {} puts it aside."""
Said = Sequence[tuple[str, Word]]


def record_of(method: str = "stars", criteria: list[dict[str, Any]] | None = None, **changes: Any) -> RoundRecord:
    criteria = (OVERALL if method == "stars" else []) if criteria is None else criteria
    return RoundRecord.model_validate({**PLAIN, "method": method, "criteria": criteria, **changes})


def body_of(seat: int, subject: str, word: Word, *, at: str = AT, known: bool = False) -> dict[str, Any]:
    """What is hashed of one event; `known`: the judge has a ballot on it already."""
    kind = "undone" if word is None else "skipped" if word == {} else "changed" if known else "cast"
    said = {"scores": {"Overall": word}} if isinstance(word, int) else word or None
    return {"kind": kind, "assignment": f"{seat}-{subject}", "subject": subject, "word": said, "at": at}


def judge_who(
    seat: int,
    said: Said,
    *,
    planned: Iterable[str] = (),
    is_chair: bool = False,
    bodies: Iterable[dict[str, Any]] | None = None,
) -> JudgeRecord:
    """The judge in this seat who did this in this order, and had `planned` still to come."""
    commitment = chain.commit_to(bytes([seat]) * 32, UUID(int=seat))
    links: list[chain.Link] = []
    standing: set[str] = set()
    if bodies is None:
        bodies = []
        for subject, word in said:
            bodies.append(body_of(seat, subject, word, known=subject in standing))
            if word != {}:
                (standing.discard if word is None else standing.add)(subject)
    for body in bodies:
        links.append(chain.append(commitment, links[-1] if links else None, body))
    handed = dict.fromkeys((str(link.body["assignment"]), str(link.body["subject"])) for link in links)
    plan = [PlanRow(assignment=name, subject=subject, handed_at=OPENED, gone_at=None) for name, subject in handed]
    plan += [PlanRow(assignment=None, subject=one, handed_at=None, gone_at=None) for one in planned]
    return JudgeRecord.model_validate(
        {
            "judge": f"Judge {seat}",
            "commitment": commitment,
            "is_chair": is_chair,
            "joined_at": OPENED,
            "left_at": None,
            "plan": plan,
            "events": [vars(link) for link in links],
            "head": chain.head(commitment, links),
        }
    )


def sealed(
    record: RoundRecord,
    panel: list[JudgeRecord],
    entries: str = "abcd",
    *,
    ties: Sequence[TieRecord] = (),
    reopenings: Sequence[ReopeningRecord] = (),
) -> Dossier:
    """The dossier as Flaunt would have written it."""
    seal = seal_of(record, entries, map(seat_of, panel), reopenings)
    ballots = standing_ballots(panel)
    result = result_of(record, sorted(entries), panel, ballots, list(ties))
    return Dossier(
        round=record,
        entries=sorted(entries),
        panel=panel,
        reopenings=list(reopenings),
        seal=seal,
        ballots=ballots,
        ties=list(ties),
        result=result,
        finished_at=FINISHED,
        final_seal=final_seal_of(seal, FINISHED, ties, result),
    )


def _stars() -> Dossier:
    panel = [
        judge_who(1, [("a", 5), ("b", {}), ("b", 2), ("b", 4), ("c", 3)], is_chair=True),
        judge_who(2, [("a", 4), ("b", 4), ("c", 1), ("c", None), ("c", {})]),
        judge_who(3, [], planned="cd"),
    ]
    return sealed(record_of(), panel)


def _criteria() -> Dossier:
    def scores(light: int, story: int) -> Word:
        return {"scores": {"Light": light, "Story": story}}

    panel = [
        judge_who(1, [("a", scores(10, 1)), ("b", scores(3, 5)), ("c", scores(1, 1))]),
        judge_who(2, [("a", scores(4, 2)), ("b", scores(4, 5))]),
    ]
    source = {**ALL_PUBLISHED, "kind": "top", "round": str(UUID(int=7)), "top": 4}
    return sealed(record_of(criteria=CRITERIA, source=source, scale=10), panel)


def _shortlist() -> Dossier:
    panel = [
        judge_who(1, [("a", {"vote": "yes"}), ("b", {"vote": "maybe"}), ("c", {}), ("c", {"vote": "no"})]),
        judge_who(2, [("a", {"vote": "maybe"}), ("b", {"vote": "yes"}), ("d", {})]),
    ]
    source = {**ALL_PUBLISHED, "kind": "category", "category": "Streets"}
    return sealed(record_of("shortlist", source=source, tie_rule="draw"), panel)


def _duel() -> Dossier:
    panel = [
        judge_who(1, [("a+b", {"winner": "a"}), ("c+d", {"winner": "d"}), ("b+c", {"winner": "b"})]),
        judge_who(2, [("a+d", {"winner": "a"}), ("b+d", {"winner": "d"}), ("a+b", {"winner": "b"})]),
    ]
    return sealed(record_of("duel"), panel)


def _ranking() -> Dossier:
    panel = [
        judge_who(1, [("a+b+c+d", {"ranking": [["b"], ["a", "c"]]})], is_chair=True),
        judge_who(2, [("a+b+c+d", {"ranking": [["a"], ["b"], ["d"]]})]),
    ]
    ties = [TieRecord(rank=1, order=["b", "a"], decided_at=FINISHED)]
    picked = {**ALL_PUBLISHED, "kind": "picked", "round": str(UUID(int=7)), "reason": "Each tells of the sea."}
    return sealed(record_of("ranking", source=picked, tie_rule="chair", is_blind=True), panel, ties=ties)


def _reopened() -> Dossier:
    bodies = [body_of(1, "a", 5), body_of(1, "a", 4, at=CLOSED_AGAIN, known=True), body_of(1, "b", 2, at=CLOSED_AGAIN)]
    panel = [judge_who(1, [], bodies=bodies), judge_who(2, [("b", 3)])]
    former = ReopeningRecord(at=AGAIN, reason="A judge was ill.", closed_at=CLOSED, seal="0" * 64)
    return sealed(record_of(closed_at=CLOSED_AGAIN), panel, "ab", reopenings=[former])


DOSSIERS = {
    "stars": _stars(),
    "criteria": _criteria(),
    "shortlist": _shortlist(),
    "duel": _duel(),
    "ranking": _ranking(),
    "reopened": _reopened(),
}
