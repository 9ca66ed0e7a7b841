"""Rounds, results and winners for programs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from campaign.accounts.authentication import current_actor
from campaign.accounts.permissions import require
from campaign.campaigns.queries import campaign_by_slug
from campaign.db import transaction
from campaign.judging.models import Round, RoundStage, Selection
from campaign.judging.queries import cast_of, rounds_of, visible_round
from campaign.judging.results import page_of, results_of
from campaign.judging.rounds import Plan, create_round, move_round
from campaign.judging.schemas import (
    CastList,
    ResultList,
    RoundIn,
    RoundList,
    RoundMoveIn,
    RoundOut,
    SelectionIn,
    SelectionOut,
    WinnersOut,
)
from campaign.judging.selection import announced_selection, choose, selection_of
from campaign.judging.views import award_document, result_documents, round_document, view_round, view_rounds
from campaign.web.api import api_blueprint
from campaign.web.pagination import PageQuery, paginate
from campaign.web.times import iso

api = api_blueprint("judging")


@api.get("/campaigns/<slug>/cast")
@api.output(CastList)
def list_cast(slug: str) -> dict[str, Any]:
    """Who may sit on a panel of this campaign, by name; for whoever sets up rounds."""
    actor = current_actor()
    campaign = campaign_by_slug(slug, actor)
    require(actor, "round.manage", campaign)
    people = [{"id": person_id, "display_name": name} for person_id, name in cast_of(campaign.id)]
    return {"data": people, "next_cursor": None}


@api.get("/campaigns/<slug>/rounds")
@api.input(PageQuery, location="query")
@api.output(RoundList)
def list_rounds(slug: str, query_data: PageQuery) -> dict[str, Any]:
    """A campaign's rounds, newest first; for its desk."""
    actor = current_actor()
    campaign = campaign_by_slug(slug, actor)
    require(actor, "round.results", campaign)
    page = paginate(
        rounds_of(campaign.id),
        at=Round.created_at,
        identity=Round.id,
        limit=query_data.limit,
        cursor=query_data.cursor,
    )
    return {"data": [round_document(view) for view in view_rounds(page.items)], "next_cursor": page.next_cursor}


@api.post("/campaigns/<slug>/rounds")
@api.input(RoundIn)
@api.output(RoundOut, status_code=201)
def post_round(slug: str, json_data: RoundIn) -> dict[str, Any]:
    """Prepare a round with its panel, as a draft."""
    actor = current_actor()
    plan = Plan(
        title=json_data.title,
        quorum=json_data.quorum,
        panel=json_data.panel,
        closes_at=json_data.closes_at,
    )
    with transaction():
        return round_document(view_round(create_round(actor, campaign_by_slug(slug, actor).id, plan)))


@api.get("/rounds/<uuid:round_id>")
@api.output(RoundOut)
def get_round(round_id: UUID) -> dict[str, Any]:
    """One round; for its desk and its panel."""
    return round_document(view_round(visible_round(current_actor(), round_id)))


@api.post("/rounds/<uuid:round_id>/transitions")
@api.input(RoundMoveIn)
@api.output(RoundOut)
def post_round_transition(round_id: UUID, json_data: RoundMoveIn) -> dict[str, Any]:
    """Open the round to its panel, or close and seal it."""
    with transaction():
        return round_document(view_round(move_round(current_actor(), round_id, RoundStage(json_data.to))))


@api.get("/rounds/<uuid:round_id>/results")
@api.input(PageQuery, location="query")
@api.output(ResultList)
def get_results(round_id: UUID, query_data: PageQuery) -> dict[str, Any]:
    """The ranked result, best first; for the desk, once the round has closed."""
    actor = current_actor()
    judged = visible_round(actor, round_id)
    page = page_of(results_of(actor, judged), limit=query_data.limit, cursor=query_data.cursor)
    chosen = selection_of(judged.campaign_id)
    return {"data": result_documents(page.items, chosen), "next_cursor": page.next_cursor}


@api.put("/rounds/<uuid:round_id>/selection")
@api.input(SelectionIn)
@api.output(SelectionOut)
def put_selection(round_id: UUID, json_data: SelectionIn) -> dict[str, Any]:
    """Choose the campaign's finalists and winners, in place of an earlier choice."""
    actor = current_actor()
    with transaction():
        chosen = choose(actor, visible_round(actor, round_id), json_data.finalists, json_data.winners)
        return _awards(chosen)


@api.get("/campaigns/<slug>/winners")
@api.output(WinnersOut)
def get_winners(slug: str) -> dict[str, Any]:
    """Winners by place, then finalists, once the campaign is announced; nobody before."""
    campaign = campaign_by_slug(slug, current_actor())
    return {**_awards(announced_selection(campaign)), "announced_at": iso(campaign.announced_at) or None}


def _awards(chosen: list[Selection]) -> dict[str, Any]:
    return {"data": [award_document(one) for one in chosen], "next_cursor": None}
