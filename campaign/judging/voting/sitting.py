"""A judge before an open round: the closing rule's shared lock, then the judge's own row, then a look at everything.

The row of the panel's member is the lock of the judge's chain: its last link and length stand there. The locks are
taken in this order by one statement, and what they guard is read by later ones, whose snapshots are new. The row's key
is left free, as whoever plans a photo for this judge refers to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Executable, Row, bindparam, func, select, text

from campaign.accounts.actor import Actor
from campaign.accounts.permissions import About, require
from campaign.db import Lock, db
from campaign.errors import Conflict, NotFound, NotPermitted
from campaign.judging.methods.shape import Criterion, Method, Terms
from campaign.judging.models import PanelMember, PlanPage, Round, RoundStage

_SEAT = """
WITH held AS MATERIALIZED (
    SELECT round_id, pg_advisory_xact_lock_shared(:kind, hashtext(round_id::text)) FROM {of}
)
SELECT member.round_id, member.commitment, member.head, member.events, member.judged, member.left_at
FROM held JOIN panel_member AS member ON member.round_id = held.round_id AND member.person_id = :judge
FOR NO KEY UPDATE OF member
"""
_SEAT_IN_ROUND = text(_SEAT.format(of="(SELECT id AS round_id FROM round WHERE id = :id) AS asked"))
_SEAT_AT_ASSIGNMENT = text(_SEAT.format(of="assignment WHERE id = :id AND judge_id = :judge"))

_AHEAD = (
    select(func.coalesce(func.sum(func.cardinality(PlanPage.photos)), 0))
    .where(PlanPage.round_id == Round.id, PlanPage.judge_id == bindparam("judge"))
    .scalar_subquery()
)
_PANEL_DONE = (
    select(func.coalesce(func.sum(PanelMember.judged), 0)).where(PanelMember.round_id == Round.id).scalar_subquery()
)
_PANEL_SIZE = (
    select(func.count())
    .select_from(PanelMember)
    .where(PanelMember.round_id == Round.id, PanelMember.left_at.is_(None))
    .scalar_subquery()
)
TABLE = (
    Round.id.label("table_round_id"),
    Round.campaign_id.label("table_campaign_id"),
    Round.method,
    Round.criteria,
    Round.scale,
    Round.list_size,
    Round.quorum,
    Round.stage,
    Round.closes_at,
    Round.planned,
    func.clock_timestamp().label("now"),
    _AHEAD.label("ahead"),
    _PANEL_DONE.label("panel_done"),
    _PANEL_SIZE.label("panel_size"),
)
"""What the judge sees of the table; needs the parameter `judge`."""
_TABLE = select(*TABLE).where(Round.id == bindparam("round"))


class Sitting(NamedTuple):
    """A judge at the table of an open round, with the judge's row held. Figures are those before anything is done.

    `ahead` is how many photos are planned for this judge and not handed out; `events` and `head` are the chain's.
    """

    round_id: UUID
    campaign_id: UUID
    person_id: UUID
    method: Method
    terms: Terms
    planned: int
    panel_done: int
    panel_size: int
    judged: int
    ahead: int
    commitment: str
    head: str
    events: int
    now: datetime


def sit_down_at(actor: Actor, round_id: UUID) -> Sitting:
    """Join the voting: until the transaction ends nobody can close the round, so what is written was in time.

    Raises SignInNeeded or NotPermitted for whoever is not on the panel, NotFound, Conflict when it is not open.
    """
    require(actor, "round.judge")
    seat = _seat(_SEAT_IN_ROUND, round_id, actor.person_id)
    return _sitting(actor, round_id, seat)


def sit_down_before(actor: Actor, assignment_id: UUID, query: Executable) -> tuple[Sitting, Sequence[Row[Any]]]:
    """The same at the round of one of the judge's own assignments, with the rows of a query on it, asked with `TABLE`.

    The query has the parameters `assignment` and `judge`. NotFound for whatever is not theirs.
    """
    require(actor, "round.judge")
    assert actor.person_id is not None
    seat = _seat(_SEAT_AT_ASSIGNMENT, assignment_id, actor.person_id)
    rows = db.session.execute(query, {"assignment": assignment_id, "judge": actor.person_id}).all()
    if not rows:
        raise NotFound("This photo is not among those that were put before you.")
    require(actor, "round.judge", About(campaign_id=rows[0].table_campaign_id))
    return _at_table(rows[0], actor.person_id, seat), rows


def sit_for(round_id: UUID, judge_id: UUID) -> Sitting:
    """The table as this judge has or left it, for somebody who may act on it; Conflict when the round is not open."""
    seat = _seat(_SEAT_IN_ROUND, round_id, judge_id)
    return _at_table(_look(round_id, judge_id), judge_id, seat, may_have_left=True)


def _seat(statement: Any, name: UUID, judge_id: UUID | None) -> Row[Any] | None:
    return db.session.execute(statement, {"kind": int(Lock.ROUND), "id": name, "judge": judge_id}).one_or_none()


def _sitting(actor: Actor, round_id: UUID, seat: Row[Any] | None) -> Sitting:
    assert actor.person_id is not None
    row = _look(round_id, actor.person_id)
    require(actor, "round.judge", About(campaign_id=row.table_campaign_id))
    return _at_table(row, actor.person_id, seat)


def _look(round_id: UUID, judge_id: UUID) -> Row[Any]:
    row = db.session.execute(_TABLE, {"round": round_id, "judge": judge_id}).one_or_none()
    if row is None:
        raise NotFound("There is no such round.")
    return row


def _at_table(row: Row[Any], judge_id: UUID, seat: Row[Any] | None, *, may_have_left: bool = False) -> Sitting:
    if seat is None or (seat.left_at is not None and not may_have_left):
        raise NotPermitted("You are not on the panel of this round. Whoever set it up can tell you more.")
    if row.stage is RoundStage.DRAFT:
        raise Conflict("This round has not opened yet. It appears on your panel page when it does.", code="round_draft")
    if row.stage is not RoundStage.OPEN or (row.closes_at is not None and row.now >= row.closes_at):
        raise Conflict("This round has closed. Every vote given in time counts.", code="round_closed")
    criteria = tuple(Criterion(**one) for one in row.criteria)
    return Sitting(
        round_id=row.table_round_id,
        campaign_id=row.table_campaign_id,
        person_id=judge_id,
        method=row.method,
        terms=Terms(row.quorum, criteria, row.scale, row.list_size),
        planned=row.planned,
        panel_done=row.panel_done,
        panel_size=row.panel_size,
        judged=seat.judged,
        ahead=row.ahead,
        commitment=seat.commitment,
        head=seat.head,
        events=seat.events,
        now=row.now,
    )
