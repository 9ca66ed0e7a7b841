"""Between the tables and the dossier: sealing a round at its closing, and writing out its dossier afterwards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, literal, select
from sqlalchemy.dialects.postgresql import distinct_on

from campaign.db import db
from campaign.errors import Conflict, NotFound
from campaign.judging import chain
from campaign.judging.dossier import Dossier, compose
from campaign.judging.instants import exact
from campaign.judging.models import RECORD_FORMAT, BallotEvent, PanelMember, Round, RoundEntry
from campaign.judging.papers import Event, JudgeRecord, RoundRecord, RoundRecord1
from campaign.judging.pool import pool_of
from campaign.submissions.models import Submission


def seal_round(closed: Round, closed_at: datetime) -> str:
    """Write down which photos took part and return the seal. Needs the round's exclusive lock."""
    pool = pool_of(closed).with_only_columns(literal(closed.id), Submission.id)
    db.session.execute(insert(RoundEntry).from_select(["round_id", "submission_id"], pool))
    return chain.seal(record_of(closed, closed_at).model_dump(), entries_of(closed.id), _heads(closed.id).values())


def dossier_of(round_id: UUID) -> Dossier:
    """The dossier of a closed round. Raises NotFound, or Conflict while it may still change."""
    closed = db.session.get(Round, round_id)
    if closed is None:
        raise NotFound("There is no such round.")
    if closed.closed_at is None or closed.seal is None:
        raise Conflict("A round's dossier is written once the round has closed.", code="round_not_closed")
    return compose(record_of(closed, closed.closed_at), entries_of(round_id), _judges(round_id), closed.seal)


def record_of(closed: Round, closed_at: datetime) -> RoundRecord | RoundRecord1:
    """The round as the seal covers it, in the format it was or will be sealed in."""
    assert closed.opened_at is not None
    plain: dict[str, Any] = {
        "id": str(closed.id),
        "campaign": str(closed.campaign_id),
        "number": closed.number,
        "title": closed.title,
        "method": closed.method.value,
        "quorum": closed.quorum,
        "opened_at": exact(closed.opened_at),
        "closes_at": exact(closed.closes_at) if closed.closes_at else None,
        "closed_at": exact(closed_at),
    }
    if closed.record_format < RECORD_FORMAT:
        return RoundRecord1(**plain)
    source = {"round": str(closed.source_round_id), "top": closed.source_top} if closed.source_round_id else None
    return RoundRecord.model_validate({**plain, "criteria": closed.criteria, "source": source})


def entries_of(round_id: UUID) -> list[str]:
    """The photos that took part, by id."""
    ids = db.session.scalars(select(RoundEntry.submission_id).where(RoundEntry.round_id == round_id))
    return sorted(str(one) for one in ids)


def _heads(round_id: UUID) -> Mapping[str, str]:
    """Where each judge's chain stands; at their commitment for a judge who did nothing."""
    members = db.session.scalars(select(PanelMember.commitment).where(PanelMember.round_id == round_id))
    last = (
        select(BallotEvent.judge, BallotEvent.hash)
        .where(BallotEvent.round_id == round_id)
        .ext(distinct_on(BallotEvent.judge))
        .order_by(BallotEvent.judge, BallotEvent.sequence.desc())
    )
    return {commitment: commitment for commitment in members} | {
        row.judge: row.hash for row in db.session.execute(last)
    }


def _judges(round_id: UUID) -> list[JudgeRecord]:
    events: dict[str, list[Event]] = defaultdict(list)
    for judge in db.session.scalars(select(PanelMember.commitment).where(PanelMember.round_id == round_id)):
        events[judge] = []
    recorded = (
        select(BallotEvent).where(BallotEvent.round_id == round_id).order_by(BallotEvent.judge, BallotEvent.sequence)
    )
    for event in db.session.scalars(recorded):
        linked = {"sequence": event.sequence, "body": event.body, "previous": event.previous, "hash": event.hash}
        events[event.judge].append(Event.model_validate(linked))
    return [JudgeRecord(judge=judge, events=linked) for judge, linked in events.items()]
