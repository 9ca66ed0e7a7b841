"""What a round came to. There is nothing to see before it has closed, for anybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import Select, func, select

from campaign.accounts.actor import Actor
from campaign.accounts.permissions import require
from campaign.db import db
from campaign.errors import Conflict, InvalidInput
from campaign.judging.models import Placement, Reckoning, Round
from campaign.judging.results.reckoning import NOT_CLOSED, reckon, verdict_at
from campaign.web.pagination import Page, T


def results_of(actor: Actor, judged: Round) -> Sequence[Placement]:
    """The whole result of a closed round, best first. Raises Conflict before, and until it is sealed."""
    require(actor, "round.results", judged)
    return sealed_result(judged)


def sealed_result(judged: Round) -> Sequence[Placement]:
    """The same for whoever has asked already. Raises Conflict until the round is sealed."""
    return db.session.scalars(_rows(judged)).all()


def result_page(actor: Actor, judged: Round, *, limit: int, cursor: str | None) -> Page[Placement]:
    """One page of the result, best first. Raises as `results_of`, and InvalidInput for a cursor that is not ours."""
    require(actor, "round.results", judged)
    start = _start(cursor)
    page = db.session.scalars(_rows(judged).where(Placement.ordinal > start).limit(limit + 1)).all()
    return Page(page[:limit], str(start + limit) if len(page) > limit else None)


def placements_of(judged: Round, submission_ids: Sequence[UUID]) -> Sequence[Placement]:
    """Where these photos stand in a sealed round, best first."""
    return db.session.scalars(_rows(judged).where(Placement.submission_id.in_(submission_ids))).all()


def pieces_of(judged: Round) -> int:
    """Into how many pieces that were never compared the photos of a sealed round fall; 1 is as it should be."""
    reckon(judged)
    return db.session.scalars(select(Reckoning.pieces).where(Reckoning.round_id == judged.id)).one()


def tied_ranks(judged: Round) -> Mapping[int, int]:
    """For each rank of a sealed round that judged photos share, how many share it."""
    reckon(judged)
    tied = select(Placement.rank, func.count()).where(Placement.round_id == judged.id, Placement.tied)
    return dict(db.session.execute(tied.where(Placement.ballots > 0).group_by(Placement.rank)).all())


def chances(judged: Round, cut: int) -> Mapping[str, float | None]:
    """For each photo of a sealed round the probability that it belongs to the `cut` best. They sum to `cut`."""
    if not judged.is_judged:
        raise Conflict(NOT_CLOSED, code="round_not_closed")
    return {one.submission: one.above for one in verdict_at(judged, cut).outcome.standings}


def page_of(rows: Sequence[T], *, limit: int, cursor: str | None) -> Page[T]:
    """One page of a list that does not move. Its cursor is the place of the next row."""
    start = min(_start(cursor), len(rows))
    end = start + limit
    return Page(rows[start:end], str(end) if end < len(rows) else None)


def _start(cursor: str | None) -> int:
    if cursor is None:
        return 0
    if not (cursor.isascii() and cursor.isdecimal() and len(cursor) < 10):  # noqa: PLR2004 -- as the column holds
        message = "That page mark is not one of ours. Start again from the first page."
        raise InvalidInput(message, fields={"cursor": "not one of ours"})
    return int(cursor)


def _rows(judged: Round) -> Select[Placement]:
    reckon(judged)
    return select(Placement).where(Placement.round_id == judged.id).order_by(Placement.ordinal)
