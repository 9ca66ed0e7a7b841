"""Rounds, results and winners for programs."""

from __future__ import annotations

import dataclasses
from typing import Any
from uuid import UUID

from campaign.accounts.authentication import current_actor
from campaign.accounts.permissions import require
from campaign.campaigns.queries import campaign_by_slug
from campaign.campaigns.views import view_campaign
from campaign.db import transaction
from campaign.judging.allocation.progress import seats_of
from campaign.judging.api.schemas import (
    CastList,
    RoundIn,
    RoundList,
    RoundMoveIn,
    RoundOut,
    RoundPatch,
    SeatList,
    SelectionIn,
    SelectionOut,
    WinnersOut,
)
from campaign.judging.life.plan import Plan, Source, plan_of
from campaign.judging.life.rounds import create_round, delete_round, edit_round, extend_round, move_round
from campaign.judging.methods.shape import Criterion
from campaign.judging.models import Round, RoundStage, Selection
from campaign.judging.queries import cast_of, panel_of, rounds_of, visible_round
from campaign.judging.results.selection import choose, chosen_photos
from campaign.judging.results.views import award_document
from campaign.judging.views import round_document, seat_document, view_round, view_rounds
from campaign.web.api import api_blueprint
from campaign.web.pagination import PageQuery, page_asked
from campaign.web.times import iso

api = api_blueprint("judging")

MAY_BE_NULL = {"criteria", "source", "panel", "chair", "closes_at"}
"""What null means something for in a patch; for anything else it changes nothing."""


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
    page = page_asked(rounds_of(campaign.id), query_data, at=Round.created_at)
    return {"data": [round_document(view) for view in view_rounds(page.items)], "next_cursor": page.next_cursor}


@api.post("/campaigns/<slug>/rounds")
@api.input(RoundIn)
@api.output(RoundOut, status_code=201)
def post_round(slug: str, json_data: RoundIn) -> dict[str, Any]:
    """Prepare a round with its panel, as a draft."""
    actor = current_actor()
    plan = Plan(**_given(json_data))
    with transaction():
        return round_document(view_round(create_round(actor, campaign_by_slug(slug, actor).id, plan)))


@api.get("/rounds/<uuid:round_id>")
@api.output(RoundOut)
def get_round(round_id: UUID) -> dict[str, Any]:
    """One round; for its desk and its panel."""
    return round_document(view_round(visible_round(current_actor(), round_id)))


@api.patch("/rounds/<uuid:round_id>")
@api.input(RoundPatch)
@api.output(RoundOut)
def patch_round(round_id: UUID, json_data: RoundPatch) -> dict[str, Any]:
    """Change a draft, or give an open round more time (`closes_at` alone)."""
    actor = current_actor()
    changes = {name: value for name, value in _given(json_data).items() if name in json_data.model_fields_set}
    changes = {name: value for name, value in changes.items() if value is not None or name in MAY_BE_NULL}
    kept = visible_round(actor, round_id)
    with transaction():
        if kept.stage is RoundStage.OPEN and set(changes) == {"closes_at"}:
            return round_document(view_round(extend_round(actor, round_id, changes["closes_at"])))
        plan = plan_of(kept, panel_of(round_id))
        if "method" in changes and changes["method"] is not kept.method and "criteria" not in changes:
            changes["criteria"] = None
        return round_document(view_round(edit_round(actor, round_id, dataclasses.replace(plan, **changes))))


@api.delete("/rounds/<uuid:round_id>")
@api.output({}, status_code=204)
def remove_round(round_id: UUID) -> tuple[str, int]:
    """Take a draft away. What has opened is kept."""
    with transaction():
        delete_round(current_actor(), round_id)
    return "", 204


@api.get("/rounds/<uuid:round_id>/panel")
@api.output(SeatList)
def get_panel(round_id: UUID) -> dict[str, Any]:
    """How far each judge is; for the desk. Nobody's word, before the closing or after."""
    actor = current_actor()
    judged = visible_round(actor, round_id)
    require(actor, "round.results", judged)
    return {"data": [seat_document(seat) for seat in seats_of(judged)], "next_cursor": None}


@api.post("/rounds/<uuid:round_id>/transitions")
@api.input(RoundMoveIn)
@api.output(RoundOut)
def post_round_transition(round_id: UUID, json_data: RoundMoveIn) -> dict[str, Any]:
    """Open the round to its panel, close and seal it, make it final, or open it again with a reason."""
    with transaction():
        moved = move_round(current_actor(), round_id, RoundStage(json_data.to), json_data.reason)
        return round_document(view_round(moved))


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
    announced_at = view_campaign(campaign).announced_at
    return {**_awards(chosen_photos(campaign.id) if announced_at else []), "announced_at": iso(announced_at) or None}


def _given(sent: RoundIn | RoundPatch) -> dict[str, Any]:
    """What was sent, as a plan holds it."""
    given: dict[str, Any] = {name: getattr(sent, name) for name in type(sent).model_fields}
    if sent.criteria is not None:
        given["criteria"] = [Criterion(one.name, one.weight) for one in sent.criteria]
    if sent.source is not None:
        given["source"] = Source(sent.source.round, **sent.source.model_dump(exclude={"round"}))
    return given


def _awards(chosen: list[Selection]) -> dict[str, Any]:
    return {"data": [award_document(one) for one in chosen], "next_cursor": None}
