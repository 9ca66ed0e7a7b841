"""The chair's page, once a round has closed: how the panel agreed, and the ties that are the chair's to decide."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign.accounts.authentication import current_actor
from campaign.accounts.permissions import require
from campaign.campaigns.views import view_campaign
from campaign.db import transaction
from campaign.errors import Conflict, InvalidInput
from campaign.judging.desk.forms import uuids
from campaign.judging.desk.telling import severity_words
from campaign.judging.models import Round, TieRule
from campaign.judging.panel.forms import PLACE, read_order
from campaign.judging.panel.pages import pages as pages  # noqa: PLC0414 -- judges' pages join here
from campaign.judging.panel.pages import to_panel_home
from campaign.judging.queries import visible_round
from campaign.judging.results.concord import concord_of
from campaign.judging.results.tiebreak import decide_tie, require_chair, ties_of
from campaign.judging.results.views import concord_document
from campaign.judging.views import view_round
from campaign.judging.voting.showing import photo_document, photos_for


@pages.get("/panel/<uuid:round_id>/chair")
def panel_chair(round_id: UUID) -> ResponseReturnValue:
    """For the chair of the panel alone, and after the closing only."""
    try:
        return _chair_page(round_id)
    except Conflict as problem:
        return to_panel_home(problem)


@pages.post("/panel/<uuid:round_id>/ties/<int:rank>")
def chair_decides(round_id: UUID, rank: int) -> ResponseReturnValue:
    """The chair's order of photos that share a rank, by places written beside them."""
    try:
        told = _decide(round_id, rank)
        if told:
            return _chair_page(round_id, told=told, rank=rank), 422
    except Conflict as problem:
        return to_panel_home(problem)
    flash("Decided. You can change it until the round is made final.")
    return redirect(url_for("judging.panel_chair", round_id=round_id))


def _chair_page(round_id: UUID, *, told: str = "", rank: int | None = None) -> str:
    actor = current_actor()
    require(actor, "round.judge")
    judged = visible_round(actor, round_id)
    require_chair(actor, judged)
    with transaction():
        agreement = concord_document(concord_of(actor, judged))
        ties = _ties(judged)
    return render_template(
        "judging/panel_chair.html",
        round=view_round(judged),
        campaign=view_campaign(judged.campaign),
        agreement=agreement,
        judges=[(one, severity_words(judged.method, one["severity"])) for one in agreement["judges"]],
        ties=ties,
        decides=judged.tie_rule is TieRule.CHAIR,
        told=told,
        told_rank=rank,
        given=request.form,
        place=PLACE,
    )


def _decide(round_id: UUID, rank: int) -> str:
    """Write the chair's order down; a sentence where the form's places are none."""
    actor = current_actor()
    require(actor, "round.judge")
    require_chair(actor, visible_round(actor, round_id))
    try:
        with transaction():
            decide_tie(actor, round_id, rank, _order(read_order(request.form)))
    except InvalidInput as problem:
        return problem.fields.get("order", problem.message)
    return ""


def _order(tiers: list[list[str]] | None) -> list[UUID]:
    """The photos of the form, the first first. Raises InvalidInput where two of them share a place again."""
    errors: dict[str, str] = {}
    order = uuids([one for tier in tiers or [] for one in tier], "order", errors)
    if errors or len(tiers or []) != len(order):
        raise InvalidInput("Give each photo a place of its own.")
    return order


def _ties(judged: Round) -> list[dict[str, Any]]:
    """Each tie with its photos as they stand, without whose they are."""
    actor = current_actor()
    assert actor.person_id is not None
    ties = ties_of(actor, judged)
    shown = photos_for(actor.person_id, [one for tie in ties for one in tie.submissions])
    return [
        {**tie._asdict(), "photos": [photo_document(shown[one]) for one in tie.submissions if one in shown]}
        for tie in ties
    ]
