"""What the desk does when the round keeper proposes it, or by itself: remind, and change a round under way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from campaign.accounts.authentication import current_actor
from campaign.accounts.permissions import require
from campaign.campaigns.views import view_campaign
from campaign.db import transaction
from campaign.errors import Conflict, InvalidInput
from campaign.judging.allocation.changes import Change, Preview, apply_change, preview_change
from campaign.judging.allocation.progress import seats_of
from campaign.judging.desk.doors import managed_round
from campaign.judging.desk.forms import uuids
from campaign.judging.desk.planning import pages as pages  # noqa: PLC0414 -- joins the slice's blueprint
from campaign.judging.keeper.reminding import remind_judge
from campaign.judging.models import Round
from campaign.judging.queries import cast_of, published_submissions
from campaign.judging.views import view_round
from campaign.submissions.views import photo_view
from campaign.web.forms import read_number

NAMED = 12
"""Photos that would stay short of the quorum, shown by themselves."""
STEPS = ("add", "drop", "quorum", "deal_again", "away_from")


@pages.post("/desk/rounds/<uuid:round_id>/remind")
def desk_round_remind(round_id: UUID) -> ResponseReturnValue:
    """A kind word to one judge."""
    require(current_actor(), "round.manage", managed_round(round_id))
    errors: dict[str, str] = {}
    judge = uuids([request.form.get("judge", "")], "judge", errors)
    if errors:
        raise InvalidInput("Choose whom to remind.", fields=errors)
    try:
        with transaction():
            reminded = remind_judge(current_actor(), round_id, judge[0])
    except Conflict as problem:
        flash(problem.message, "refused")
    else:
        flash(f"{reminded.display_name} gets a kind word, in the app and by mail.")
    return redirect(url_for("judging.desk_round", round_id=round_id))


@pages.get("/desk/rounds/<uuid:round_id>/changes")
def desk_round_changes(round_id: UUID) -> ResponseReturnValue:
    """What can be changed under way; with something chosen in the address, what that would do. Changes nothing."""
    judged = managed_round(round_id)
    require(current_actor(), "round.manage", judged)
    if not any(request.args.get(name) for name in STEPS):
        return _page(judged, request.args)
    try:
        change = _read(request.args, judged)
        found = preview_change(current_actor(), round_id, change)
    except InvalidInput as problem:
        return _page(judged, request.args, errors=problem.fields), 422
    except Conflict as problem:
        flash(problem.message, "refused")
        return redirect(url_for("judging.desk_round", round_id=round_id))
    return _page(judged, request.args, found)


@pages.post("/desk/rounds/<uuid:round_id>/changes")
def desk_round_apply(round_id: UUID) -> ResponseReturnValue:
    """Do what was looked at."""
    judged = managed_round(round_id)
    require(current_actor(), "round.manage", judged)
    try:
        change = _read(request.form, judged)
        with transaction():
            done = apply_change(current_actor(), round_id, change)
    except InvalidInput as problem:
        return _page(managed_round(round_id), request.form, errors=problem.fields), 422
    except Conflict as problem:
        flash(problem.message, "refused")
    else:
        flash(f"Done. No ballot was lost; {done.ballots_then} are to come.")
    return redirect(url_for("judging.desk_round", round_id=round_id))


def _read(given: MultiDict[str, str], judged: Round) -> Change:
    """The change that the form means; the quorum that is counts as none."""
    errors: dict[str, str] = {}
    people = {name: frozenset(uuids(given.getlist(name), name, errors)) for name in ("add", "drop", "away_from")}
    quorum = read_number(given.get("quorum", "")) if given.get("quorum") else judged.quorum
    if quorum is None or quorum < 1:
        errors["quorum"] = "Write a whole number, 1 or more."
    if errors:
        raise InvalidInput("A few things need another look.", fields=errors)
    is_other = quorum != judged.quorum
    return Change(
        add=people["add"],
        drop=people["drop"],
        quorum=quorum if is_other else None,
        deal_again=bool(given.get("deal_again")),
        away_from=people["away_from"],
    )


def _page(
    judged: Round, given: MultiDict[str, str], preview: Preview | None = None, errors: Mapping[str, str] | None = None
) -> str:
    seats = [one for one in seats_of(judged) if not one.has_left]
    seated = {one.person_id for one in seats}
    chosen: dict[str, Any] = {name: given.getlist(name) for name in ("add", "drop", "away_from")}
    short = published_submissions(preview.short[:NAMED]) if preview else {}
    return render_template(
        "desk/round_changes.html",
        round=view_round(judged),
        campaign=view_campaign(judged.campaign),
        seats=seats,
        others=[one for one in cast_of(judged.campaign_id) if one.person_id not in seated],
        chosen={**chosen, "quorum": given.get("quorum") or judged.quorum, "deal_again": given.get("deal_again")},
        preview=preview,
        short=[photo_view(one) for one in short.values()],
        errors=errors or {},
    )
