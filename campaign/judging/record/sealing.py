"""Between the tables and the dossier: sealing a round at its closing and its end, and writing out its dossier."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, literal, select

from campaign.db import db
from campaign.errors import Conflict, NotFound
from campaign.judging.allocation.pool import pool_of
from campaign.judging.models import (
    BallotEvent,
    PanelMember,
    Placement,
    Reopening,
    Round,
    RoundEntry,
    RoundStage,
    TieVote,
)
from campaign.judging.record.dossier import Dossier, final_seal_of, plan_digest, seal_of, standing_ballots
from campaign.judging.record.instants import exact
from campaign.judging.record.papers import (
    Event,
    JudgeRecord,
    ReopeningRecord,
    ResultRow,
    RoundRecord,
    SourceRecord,
    TieRecord,
)
from campaign.judging.record.plan import plan_digests, planned_for
from campaign.judging.results.reckoning import entries_of
from campaign.submissions.models import Submission


def seal_round(closed: Round, closed_at: datetime) -> str:
    """Write down which photos took part and return the seal. Needs the round's exclusive lock."""
    db.session.flush()
    pool = pool_of(closed).with_only_columns(literal(closed.id), Submission.id)
    db.session.execute(insert(RoundEntry).from_select(["round_id", "submission_id"], pool))
    digests = plan_digests(closed.id)
    seats = (
        _told(one) | {"plan": digests.get(one.person_id, plan_digest(())), "events": one.events}
        for one in _members(closed.id)
    )
    return seal_of(record_of(closed, closed_at), entries_of(closed.id), seats, _reopenings(closed.id))


def seal_result(finished: Round, at: datetime) -> str:
    """The second seal, over the first, the votes on ties and the result, which must be reckoned."""
    assert finished.seal is not None
    return final_seal_of(finished.seal, exact(at), _ties(finished.id), _result(finished.id))


def dossier_of(round_id: UUID) -> Dossier:
    """The dossier of a final round. Raises NotFound, or Conflict while it may still change."""
    final = db.session.get(Round, round_id)
    if final is None:
        raise NotFound("There is no such round.")
    if final.stage is not RoundStage.FINAL or final.closed_at is None or final.finished_at is None:
        raise Conflict("A round's dossier is written once the round is final.", code="round_not_final")
    assert final.seal is not None
    assert final.final_seal is not None
    panel = _panel(round_id)
    return Dossier(
        round=record_of(final, final.closed_at),
        entries=entries_of(round_id),
        panel=panel,
        reopenings=_reopenings(round_id),
        seal=final.seal,
        ballots=standing_ballots(panel),
        ties=_ties(round_id),
        result=_result(round_id),
        finished_at=exact(final.finished_at),
        final_seal=final.final_seal,
    )


def record_of(closed: Round, closed_at: datetime) -> RoundRecord:
    """The round's rules and window as the seal covers them."""
    assert closed.opened_at is not None
    plain = {name: getattr(closed, name) for name in ("number", "title", "criteria", "scale", "list_size", "quorum")}
    source = SourceRecord(
        kind=closed.source_kind.value,
        round=str(closed.source_round_id) if closed.source_round_id else None,
        top=closed.source_top,
        least=closed.source_least,
        category=closed.source_category,
        reason=closed.source_reason,
    )
    return RoundRecord.model_validate(
        plain
        | {
            "id": str(closed.id),
            "campaign": str(closed.campaign_id),
            "method": closed.method.value,
            "tie_rule": closed.tie_rule.value,
            "is_blind": closed.is_blind,
            "seed": closed.seed,
            "source": source,
            "opened_at": exact(closed.opened_at),
            "closes_at": exact(closed.closes_at) if closed.closes_at else None,
            "closed_at": exact(closed_at),
        }
    )


def _members(round_id: UUID) -> Sequence[PanelMember]:
    query = select(PanelMember).where(PanelMember.round_id == round_id).order_by(PanelMember.seat)
    return db.session.scalars(query, execution_options={"populate_existing": True}).all()


def _told(member: PanelMember) -> dict[str, Any]:
    return {
        "judge": f"Judge {member.seat}",
        "commitment": member.commitment,
        "is_chair": member.is_chair,
        "joined_at": exact(member.joined_at),
        "left_at": exact(member.left_at) if member.left_at else None,
        "head": member.head,
    }


def _panel(round_id: UUID) -> list[JudgeRecord]:
    events = _events(round_id)
    return [
        JudgeRecord.model_validate(_told(one) | {"plan": list(planned_for(one)), "events": events[one.commitment]})
        for one in _members(round_id)
    ]


def _events(round_id: UUID) -> dict[str, list[Event]]:
    events: dict[str, list[Event]] = defaultdict(list)
    query = select(BallotEvent).where(BallotEvent.round_id == round_id)
    for event in db.session.scalars(query.order_by(BallotEvent.judge, BallotEvent.sequence)):
        linked = Event(sequence=event.sequence, body=event.body, previous=event.previous, hash=event.hash)
        events[event.judge].append(linked)
    return events


def _reopenings(round_id: UUID) -> list[ReopeningRecord]:
    query = select(Reopening).where(Reopening.round_id == round_id).order_by(Reopening.created_at, Reopening.id)
    return [
        ReopeningRecord(at=exact(one.created_at), reason=one.reason, closed_at=exact(one.closed_at), seal=one.seal)
        for one in db.session.scalars(query)
    ]


def _ties(round_id: UUID) -> list[TieRecord]:
    votes: dict[int, list[TieVote]] = defaultdict(list)
    query = select(TieVote).where(TieVote.round_id == round_id).order_by(TieVote.rank, TieVote.ordinal)
    for one in db.session.scalars(query):
        votes[one.rank].append(one)
    return [
        TieRecord(rank=rank, order=[str(one.submission_id) for one in rows], decided_at=exact(rows[0].decided_at))
        for rank, rows in votes.items()
    ]


def _result(round_id: UUID) -> list[ResultRow]:
    names = [getattr(Placement, name) for name in ResultRow.model_fields if name != "submission"]
    query = select(Placement.submission_id.label("submission"), *names).where(Placement.round_id == round_id)
    rows = db.session.execute(query.order_by(Placement.ordinal)).mappings()
    return [ResultRow.model_validate({**row, "submission": str(row["submission"])}) for row in rows]
