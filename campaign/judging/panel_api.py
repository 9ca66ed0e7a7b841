"""The panel for programs, and for the script of our own panel page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from campaign.accounts.actor import Actor
from campaign.accounts.authentication import current_actor
from campaign.db import transaction
from campaign.judging.allocation import deal
from campaign.judging.ballots import cast_ballot, undo_ballot
from campaign.judging.models import Assignment
from campaign.judging.queries import whole_assignments
from campaign.judging.schemas import BallotIn, BallotOut, NextOut, NextQuery
from campaign.judging.views import assignment_document
from campaign.web.api import api_blueprint

panel_api = api_blueprint("panel")


@panel_api.get("/rounds/<uuid:round_id>/next")
@panel_api.input(NextQuery, location="query")
@panel_api.output(NextOut)
def get_next(round_id: UUID, query_data: NextQuery) -> dict[str, Any]:
    """What lies before this judge: photos given before, then new ones."""
    actor = current_actor()
    with transaction():
        hand = deal(actor, round_id, query_data.limit)
        waiting = [assignment_document(one) for one in hand.assignments]
        return {"data": waiting, "next_cursor": None, "progress": hand.progress._asdict()}


@panel_api.put("/assignments/<uuid:assignment_id>/ballot")
@panel_api.input(BallotIn)
@panel_api.output(BallotOut)
def put_ballot(assignment_id: UUID, json_data: BallotIn) -> dict[str, Any]:
    """Give 1 to 5 stars, or change them; answers with what comes next."""
    actor = current_actor()
    with transaction():
        return _after(actor, cast_ballot(actor, assignment_id, json_data.stars))


@panel_api.delete("/assignments/<uuid:assignment_id>/ballot")
@panel_api.output(BallotOut)
def delete_ballot(assignment_id: UUID) -> dict[str, Any]:
    """Take the stars back; the photo lies before the judge again."""
    actor = current_actor()
    with transaction():
        return _after(actor, undo_ballot(actor, assignment_id))


def _after(actor: Actor, assignment: Assignment) -> dict[str, Any]:
    (shown,) = whole_assignments([assignment.id])
    hand = deal(actor, assignment.round_id, 1)
    return {
        "assignment": assignment_document(shown),
        "next": assignment_document(hand.assignments[0]) if hand.assignments else None,
        "progress": hand.progress._asdict(),
    }
