"""What a round came to. There is nothing to see before it has closed, for anybody."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from uuid import UUID

from sqlalchemy import select

from campaign.accounts.actor import Actor
from campaign.accounts.permissions import require
from campaign.db import db
from campaign.errors import Conflict, InvalidInput
from campaign.judging.methods import METHODS
from campaign.judging.methods.shape import Given, Method, Terms
from campaign.judging.models import Assignment, Ballot, Round, RoundStage, word_in
from campaign.judging.record import entries_of
from campaign.judging.scoring.means import Standing
from campaign.web.pagination import Page, T


def results_of(actor: Actor, judged: Round) -> tuple[Standing, ...]:
    """The ranked result of a closed round. Raises Conflict before, and until it is sealed."""
    require(actor, "round.results", judged)
    return sealed_result(judged)


def sealed_result(judged: Round) -> tuple[Standing, ...]:
    """The same for whoever has asked already. Raises Conflict until the round is sealed."""
    if judged.stage is not RoundStage.CLOSED or judged.seal is None:
        raise Conflict(
            "The result is there once the round has closed. Until then nobody sees a score.", code="round_not_closed"
        )
    return _standings(judged.id, judged.seal, judged.method, judged.terms)


def page_of(standings: Sequence[T], *, limit: int, cursor: str | None) -> Page[T]:
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
def _standings(round_id: UUID, seal: str, method: Method, terms: Terms) -> tuple[Standing, ...]:
    """Kept by its seal: what is sealed does not change. The method's own rule, as in the dossier, over the tables."""
    assert seal
    query = (
        select(Assignment.judge_id, Assignment.subject, Ballot.scores, Ballot.vote)
        .join(Ballot, Ballot.assignment_id == Assignment.id)
        .where(Assignment.round_id == round_id)
    )
    given = (
        Given(str(judge), subject, word_in(scores, vote)) for judge, subject, scores, vote in db.session.execute(query)
    )
    return tuple(METHODS[method].tally(entries_of(round_id), given, terms))
