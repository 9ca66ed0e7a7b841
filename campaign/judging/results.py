"""What a round came to. There is nothing to see before it has closed, for anybody."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from uuid import UUID

from sqlalchemy import func, select

from campaign.accounts.actor import Actor
from campaign.accounts.permissions import require
from campaign.db import db
from campaign.errors import Conflict, InvalidInput
from campaign.judging.models import Assignment, AssignmentItem, Ballot, Round, RoundEntry, RoundStage
from campaign.judging.scoring import Standing, Total, rank
from campaign.web.pagination import Page


def results_of(actor: Actor, judged: Round) -> tuple[Standing, ...]:
    """The ranked result of a closed round. Raises Conflict before, and until it is sealed."""
    require(actor, "round.results", judged)
    if judged.stage is not RoundStage.CLOSED or judged.seal is None:
        raise Conflict(
            "The result is there once the round has closed. Until then nobody sees a score.", code="round_not_closed"
        )
    return _standings(judged.id, judged.seal, judged.quorum)


def page_of(standings: Sequence[Standing], *, limit: int, cursor: str | None) -> Page[Standing]:
    """One page of a result. Its cursor is the place of the next row: a sealed result does not move."""
    start = 0
    if cursor is not None:
        if not (cursor.isascii() and cursor.isdecimal()):
            message = "That page mark is not one of ours. Start again from the first page."
            raise InvalidInput(message, fields={"cursor": "not one of ours"})
        start = min(int(cursor), len(standings))
    end = start + limit
    return Page(standings[start:end], str(end) if end < len(standings) else None)


@lru_cache(maxsize=16)
def _standings(round_id: UUID, seal: str, quorum: int) -> tuple[Standing, ...]:
    """Kept by its seal: what is sealed does not change."""
    assert seal
    given = (
        select(AssignmentItem.submission_id, Ballot.stars)
        .join(Assignment, AssignmentItem.assignment_id == Assignment.id)
        .join(Ballot, Ballot.assignment_id == Assignment.id)
        .where(Assignment.round_id == round_id)
        .subquery()
    )
    query = (
        select(RoundEntry.submission_id, func.coalesce(func.sum(given.c.stars), 0), func.count(given.c.stars))
        .outerjoin(given, given.c.submission_id == RoundEntry.submission_id)
        .where(RoundEntry.round_id == round_id)
        .group_by(RoundEntry.submission_id)
    )
    totals = {str(submission): Total(stars, ballots) for submission, stars, ballots in db.session.execute(query)}
    return tuple(rank(totals, quorum))
