"""What the desk does with a result: more ballots where they would help, photos picked by hand, how the panel agreed."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign.accounts.authentication import current_actor
from campaign.accounts.permissions import require
from campaign.campaigns.views import view_campaign
from campaign.db import transaction
from campaign.errors import Conflict, InvalidInput
from campaign.judging.desk.doors import managed_round
from campaign.judging.desk.forms import blank_form, uuids
from campaign.judging.desk.keeper import pages as pages  # noqa: PLC0414 -- joins the slice's blueprint
from campaign.judging.desk.planning import form_page
from campaign.judging.desk.result_page import shown_result
from campaign.judging.desk.telling import severity_words
from campaign.judging.queries import cast_of, next_number
from campaign.judging.results.concord import concord_of
from campaign.judging.results.settling import ask_for_more
from campaign.judging.views import view_round
from campaign.web.forms import read_number


@pages.post("/desk/rounds/<uuid:round_id>/more")
def desk_round_more(round_id: UUID) -> ResponseReturnValue:
    """Open the round again for more ballots on the photos that the advice names."""
    require(current_actor(), "round.manage", managed_round(round_id))
    errors: dict[str, str] = {}
    photos = uuids(request.form.getlist("photos"), "photos", errors)
    each = read_number(request.form.get("each", "")) or 0
    try:
        with transaction():
            _, planned = ask_for_more(current_actor(), round_id, photos, each, request.form.get("reason", ""))
    except (Conflict, InvalidInput) as problem:
        flash(" ".join([problem.message, *getattr(problem, "fields", {}).values()]), "refused")
    else:
        asked = f"{planned} more ballots are asked for" if planned else "what was planned for these photos goes on"
        flash(f"The round is open again, and {asked}. The panel hears of it.")
    return redirect(url_for("judging.desk_round", round_id=round_id))


@pages.get("/desk/rounds/<uuid:round_id>/agreement")
def desk_round_agreement(round_id: UUID) -> ResponseReturnValue:
    """How well the panel agreed, and each judge beside it; after the closing only."""
    judged = managed_round(round_id)
    concord = concord_of(current_actor(), judged)
    return render_template(
        "desk/round_agreement.html",
        round=view_round(judged),
        campaign=view_campaign(judged.campaign),
        agreement=concord.agreement,
        seats=[
            (one, severity_words(judged.method, one.figures.severity) if one.figures else "–") for one in concord.seats
        ],
        names={key: one.display_name for key, one in concord.names.items()},
    )


@pages.get("/desk/rounds/<uuid:round_id>/pick")
def desk_round_pick(round_id: UUID) -> ResponseReturnValue:
    """Photos of a result to be picked by hand for another round."""
    return _pick_page(round_id, request.args.get("after", ""), [])


@pages.post("/desk/rounds/<uuid:round_id>/pick")
def desk_round_picked(round_id: UUID) -> ResponseReturnValue:
    """Turn the page with what was picked so far, or go on to the form of the round they are for."""
    errors: dict[str, str] = {}
    picked = list(dict.fromkeys(uuids(request.form.getlist("picked"), "picked", errors)))
    to = request.form.get("to", "use")
    if errors or to != "use" or not picked:
        if to == "use":
            flash("Pick at least one photo first.", "refused")
        return _pick_page(round_id, "" if to == "use" else to, picked)
    source = managed_round(round_id)
    require(current_actor(), "round.manage", source)
    given = {"source_kind": "picked", "source": str(round_id), "picked": [str(one) for one in picked]}
    panel = [str(member.person_id) for member in cast_of(source.campaign_id)]
    return form_page(source.campaign, blank_form(next_number(source.campaign_id), panel, given))


def _pick_page(round_id: UUID, after: str, picked: list[UUID]) -> str:
    source = managed_round(round_id)
    require(current_actor(), "round.manage", source)
    result = shown_result(current_actor(), source, {"after": after})
    here = {one.row.photo.id for one in result.rows}
    return render_template(
        "desk/round_pick.html",
        round=view_round(source),
        campaign=view_campaign(source.campaign),
        result=result,
        picked=set(picked),
        elsewhere=[one for one in picked if one not in here],
    )
