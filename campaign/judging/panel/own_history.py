"""A judge's own ballots, to look back on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from campaign.accounts.actor import Actor
from campaign.accounts.permissions import require
from campaign.judging.methods.shape import photos_in
from campaign.judging.models import Assignment, Ballot
from campaign.judging.queries import visible_round
from campaign.judging.voting.showing import assignment_document, photos_for
from campaign.web.pagination import PageQuery, paginate
from campaign.web.times import iso


def history_page(actor: Actor, round_id: UUID, asked: PageQuery) -> tuple[list[dict[str, Any]], str | None]:
    """One page of the judge's own ballots, newest first, and the next page's cursor.

    Raises SignInNeeded, NotPermitted or NotFound.
    """
    require(actor, "round.judge")
    assert actor.person_id is not None
    judged = visible_round(actor, round_id)
    own = select(Ballot).join(Ballot.assignment).options(joinedload(Ballot.assignment))
    own = own.where(Assignment.round_id == round_id, Assignment.judge_id == actor.person_id)
    identity = Ballot.assignment_id
    page = paginate(own, at=Ballot.cast_at, identity=identity, limit=asked.limit, cursor=asked.cursor)
    subjects = {one.assignment_id: one.assignment.subject for one in page.items}
    shown = photos_for(actor.person_id, [UUID(photo) for subject in subjects.values() for photo in photos_in(subject)])
    documents = [
        assignment_document(judged, one.assignment_id, subjects[one.assignment_id], shown, one.word)
        | {"cast_at": iso(one.cast_at)}
        for one in page.items
    ]
    return documents, page.next_cursor
