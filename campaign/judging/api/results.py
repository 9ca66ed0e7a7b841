"""Results for programs: places, how sure they are and what would settle them, ties, and how the panel agreed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from campaign.accounts.authentication import current_actor
from campaign.db import transaction
from campaign.judging.api.results_schemas import (
    AdviceAnswer,
    AgreementOut,
    CutQuery,
    MoreIn,
    MoreOut,
    ResultList,
    ResultQuery,
    TieIn,
    TieList,
)
from campaign.judging.queries import visible_round
from campaign.judging.results.concord import concord_of
from campaign.judging.results.sealed import chances, pieces_of, result_page
from campaign.judging.results.selection import selection_of
from campaign.judging.results.settling import advice_on, ask_for_more
from campaign.judging.results.tiebreak import decide_tie, ties_of
from campaign.judging.results.views import advice_document, concord_document, result_documents
from campaign.judging.views import round_document, view_round
from campaign.web.api import api_blueprint

results_api = api_blueprint("results")


@results_api.get("/rounds/<uuid:round_id>/results")
@results_api.input(ResultQuery, location="query")
@results_api.output(ResultList)
def get_results(round_id: UUID, query_data: ResultQuery) -> dict[str, Any]:
    """The ranked result, best first; for the desk, once the round has closed."""
    actor = current_actor()
    judged = visible_round(actor, round_id)
    with transaction():
        page = result_page(actor, judged, limit=query_data.limit, cursor=query_data.cursor)
        above = chances(judged, query_data.cut) if query_data.cut else {}
        rows = result_documents(page.items, selection_of(judged.campaign_id), above)
        return {"data": rows, "pieces": pieces_of(judged), "next_cursor": page.next_cursor}


@results_api.get("/rounds/<uuid:round_id>/advice")
@results_api.input(CutQuery, location="query")
@results_api.output(AdviceAnswer)
def get_advice(round_id: UUID, query_data: CutQuery) -> dict[str, Any]:
    """Whether the last above a cut and the first below it really differ, and what would settle it; for the desk."""
    actor = current_actor()
    with transaction():
        advice = advice_on(actor, visible_round(actor, round_id), query_data.cut)
    return {"cut": query_data.cut, "advice": advice_document(advice) if advice else None}


@results_api.post("/rounds/<uuid:round_id>/more")
@results_api.input(MoreIn)
@results_api.output(MoreOut)
def post_more(round_id: UUID, json_data: MoreIn) -> dict[str, Any]:
    """Open the round again for more ballots on a few photos."""
    actor = current_actor()
    visible_round(actor, round_id)
    with transaction():
        opened, planned = ask_for_more(actor, round_id, json_data.submissions, json_data.each, json_data.reason)
        return {"round": round_document(view_round(opened)), "planned": planned}


@results_api.get("/rounds/<uuid:round_id>/ties")
@results_api.output(TieList)
def get_ties(round_id: UUID) -> dict[str, Any]:
    """Which photos share a rank, once the round has closed; for the desk and the panel's chair."""
    actor = current_actor()
    with transaction():
        ties = ties_of(actor, visible_round(actor, round_id))
        return {"data": [one._asdict() for one in ties], "next_cursor": None}


@results_api.put("/rounds/<uuid:round_id>/ties/<int:rank>")
@results_api.input(TieIn)
@results_api.output(TieList)
def put_tie(round_id: UUID, rank: int, json_data: TieIn) -> dict[str, Any]:
    """The chair's vote on a tie, where the round leaves ties to its chair, while it is closed and not final."""
    actor = current_actor()
    visible_round(actor, round_id)
    with transaction():
        ties = decide_tie(actor, round_id, rank, json_data.order)
        return {"data": [one._asdict() for one in ties], "next_cursor": None}


@results_api.get("/rounds/<uuid:round_id>/agreement")
@results_api.output(AgreementOut)
def get_agreement(round_id: UUID) -> dict[str, Any]:
    """How the panel agreed, once the round has closed; for the marketer and the panel's chair."""
    actor = current_actor()
    with transaction():
        return concord_document(concord_of(actor, visible_round(actor, round_id)))
