"""The panel for programs, and for the script of our own panel page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from campaign.accounts.authentication import current_actor
from campaign.accounts.permissions import require
from campaign.db import transaction
from campaign.judging.allocation.dealing import deal_to
from campaign.judging.allocation.progress import progress_in
from campaign.judging.api.panel_schemas import BallotIn, BallotOut, HistoryOut, NextOut, NextQuery, PanelList, RecuseIn
from campaign.judging.methods.shape import Said
from campaign.judging.panel.own_history import history_page
from campaign.judging.queries import rounds_to_judge
from campaign.judging.views import round_document, view_rounds
from campaign.judging.voting.ballots import Told, cast_ballot, recuse, skip_assignment, undo_ballot
from campaign.judging.voting.showing import assignment_document, waiting_documents
from campaign.judging.voting.sitting import sit_down_at
from campaign.web.api import api_blueprint
from campaign.web.pagination import PageQuery

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
        sitting = sit_down_at(actor, round_id)
        dealt = deal_to(sitting, query_data.limit)
        waiting = waiting_documents(sitting, dealt.shown)
        return {"data": waiting, "next_cursor": None, "progress": dealt.progress._asdict()}


@panel_api.get("/rounds/<uuid:round_id>/ballots")
@panel_api.input(PageQuery, location="query")
@panel_api.output(HistoryOut)
def get_ballots(round_id: UUID, query_data: PageQuery) -> dict[str, Any]:
    """The judge's own ballots, newest first; nobody else ever reads them here."""
    data, next_cursor = history_page(current_actor(), round_id, query_data)
    return {"data": data, "next_cursor": next_cursor}


@panel_api.put("/assignments/<uuid:assignment_id>/ballot")
@panel_api.input(BallotIn)
@panel_api.output(BallotOut)
def put_ballot(assignment_id: UUID, json_data: BallotIn) -> dict[str, Any]:
    """Give stars, a vote, a winner or a ranking, or change it; answers with what comes next."""
    actor = current_actor()
    ranking = None if json_data.ranking is None else [[str(one) for one in tier] for tier in json_data.ranking]
    winner = None if json_data.winner is None else str(json_data.winner)
    said = Said(stars=json_data.stars, scores=json_data.scores, vote=json_data.vote, winner=winner, ranking=ranking)
    with transaction():
        return _after(cast_ballot(actor, assignment_id, said))


@panel_api.delete("/assignments/<uuid:assignment_id>/ballot")
@panel_api.output(BallotOut)
def delete_ballot(assignment_id: UUID) -> dict[str, Any]:
    """Take the ballot back, or that the photo was put aside; it lies before the judge again."""
    actor = current_actor()
    with transaction():
        return _after(undo_ballot(actor, assignment_id))


@panel_api.post("/assignments/<uuid:assignment_id>/skip")
@panel_api.output(BallotOut)
def post_skip(assignment_id: UUID) -> dict[str, Any]:
    """Put the photo aside: no vote; it comes back to this judge after everything else."""
    actor = current_actor()
    with transaction():
        return _after(skip_assignment(actor, assignment_id))


@panel_api.post("/assignments/<uuid:assignment_id>/recuse")
@panel_api.input(RecuseIn)
@panel_api.output(BallotOut)
def post_recusal(assignment_id: UUID, json_data: RecuseIn) -> dict[str, Any]:
    """Step aside for good, because of who sent it or what it shows: no vote of yours on it counts, others judge it."""
    actor = current_actor()
    with transaction():
        return _after(recuse(actor, assignment_id, json_data.reason))


def _after(told: Told) -> dict[str, Any]:
    dealt = deal_to(told.sitting, 1)
    following = waiting_documents(told.sitting, dealt.shown)
    return {
        "assignment": assignment_document(
            told.sitting, told.assignment_id, told.subject, told.shown, told.word, skipped=told.skipped
        ),
        "next": following[0] if following else None,
        "progress": dealt.progress._asdict(),
    }
