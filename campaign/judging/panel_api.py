"""The panel for programs, and for the script of our own panel page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from campaign.accounts.actor import Actor
from campaign.accounts.authentication import current_actor
from campaign.accounts.permissions import require
from campaign.db import transaction
from campaign.judging.ballots import cast_ballot, skip_assignment, undo_ballot
from campaign.judging.dealing import deal
from campaign.judging.methods.shape import Said
from campaign.judging.models import Assignment
from campaign.judging.panel_schemas import BallotIn, BallotOut, NextOut, NextQuery, PanelList
from campaign.judging.progress import progress_in
from campaign.judging.queries import rounds_to_judge, whole_assignments
from campaign.judging.views import assignment_document, round_document, view_rounds
from campaign.web.api import api_blueprint

panel_api = api_blueprint("panel")


@panel_api.get("/me/rounds")
@panel_api.output(PanelList)
def list_my_rounds() -> dict[str, Any]:
    """The rounds open to this judge, the nearest deadline first, and how far the judge is in each."""
    actor = current_actor()
    require(actor, "round.judge")
    assert actor.person_id is not None
    rounds = rounds_to_judge(actor)
    views = zip(view_rounds(rounds), progress_in(rounds, actor.person_id), strict=True)
    shown = [{"round": round_document(view), "progress": progress._asdict()} for view, progress in views]
    return {"data": shown, "next_cursor": None}


@panel_api.get("/rounds/<uuid:round_id>/next")
@panel_api.input(NextQuery, location="query")
@panel_api.output(NextOut)
def get_next(round_id: UUID, query_data: NextQuery) -> dict[str, Any]:
    """What lies before this judge: photos given before, then new ones, then those put aside."""
    actor = current_actor()
    with transaction():
        hand = deal(actor, round_id, query_data.limit)
        waiting = [assignment_document(one) for one in hand.assignments]
        return {"data": waiting, "next_cursor": None, "progress": hand.progress._asdict()}


@panel_api.put("/assignments/<uuid:assignment_id>/ballot")
@panel_api.input(BallotIn)
@panel_api.output(BallotOut)
def put_ballot(assignment_id: UUID, json_data: BallotIn) -> dict[str, Any]:
    """Give stars or a vote, or change them; answers with what comes next."""
    actor = current_actor()
    said = Said(stars=json_data.stars, scores=json_data.scores, vote=json_data.vote)
    with transaction():
        return _after(actor, cast_ballot(actor, assignment_id, said))


@panel_api.delete("/assignments/<uuid:assignment_id>/ballot")
@panel_api.output(BallotOut)
def delete_ballot(assignment_id: UUID) -> dict[str, Any]:
    """Take the ballot back; the photo lies before the judge again."""
    actor = current_actor()
    with transaction():
        return _after(actor, undo_ballot(actor, assignment_id))


@panel_api.post("/assignments/<uuid:assignment_id>/skip")
@panel_api.output(BallotOut)
def post_skip(assignment_id: UUID) -> dict[str, Any]:
    """Put the photo aside: no vote; it comes back to this judge after everything else."""
    actor = current_actor()
    with transaction():
        return _after(actor, skip_assignment(actor, assignment_id))


def _after(actor: Actor, assignment: Assignment) -> dict[str, Any]:
    (shown,) = whole_assignments([assignment.id])
    hand = deal(actor, assignment.round_id, 1)
    return {
        "assignment": assignment_document(shown),
        "next": assignment_document(hand.assignments[0]) if hand.assignments else None,
        "progress": hand.progress._asdict(),
    }
