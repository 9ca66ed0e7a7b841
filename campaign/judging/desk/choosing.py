"""The desk's choice of finalists and winners: one by one from the result, or its top in one step."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from campaign.accounts.authentication import current_actor
from campaign.accounts.permissions import require
from campaign.db import transaction
from campaign.errors import Conflict, InvalidInput
from campaign.judging.desk.conflicts import pages as pages  # noqa: PLC0414 -- the last of the desk to join the blueprint
from campaign.judging.desk.doors import managed_round
from campaign.judging.desk.forms import uuids
from campaign.judging.life.source import Cut, cut_of
from campaign.judging.results.selection import MOST_CHOSEN, choose
from campaign.web.forms import read_number

KEPT = "The choice is kept. Nobody outside the desk sees it before you announce."


@pages.post("/desk/rounds/<uuid:round_id>/selection")
def desk_selection(round_id: UUID) -> ResponseReturnValue:
    require(current_actor(), "selection.choose", managed_round(round_id))
    errors: dict[str, str] = {}
    finalists = uuids(request.form.getlist("finalists"), "finalists", errors)
    winners = uuids(request.form.getlist("winners"), "winners", errors)
    if errors:
        raise InvalidInput("The choice did not reach us whole. Reload the page and choose again.", fields=errors)
    if _kept(round_id, finalists, winners):
        flash(KEPT)
    return redirect(url_for("judging.desk_round", round_id=round_id))


@pages.post("/desk/rounds/<uuid:round_id>/top")
def desk_top(round_id: UUID) -> ResponseReturnValue:
    """The top of the result wins and the next are finalists; then on to the announcement.

    Where equals share the last place, all of them are taken and the desk is asked to look once more.
    """
    chosen_from = managed_round(round_id)
    require(current_actor(), "selection.choose", chosen_from)
    here = redirect(url_for("judging.desk_round", round_id=round_id))
    counts = [read_number(request.form.get(name, "")) for name in ("winners", "finalists")]
    first, after = (-1 if count is None else count for count in counts)
    if first < 1 or after < 0 or first + after > MOST_CHOSEN:
        flash(f"Say how many win and how many are finalists: whole numbers, at most {MOST_CHOSEN} in all.", "refused")
        return here
    try:
        with transaction():  # of its own: choosing holds the campaign first, and then the round
            best, all_of_them = cut_of(chosen_from, first), cut_of(chosen_from, first + after)
    except Conflict as problem:
        flash(problem.message, "refused")
        return here
    slug, finalists = chosen_from.campaign.slug, [one for one in all_of_them.taken if one not in set(best.taken)]
    if not _kept(round_id, finalists, list(best.taken)):
        return here
    flash(_told(best, all_of_them) or KEPT)
    is_clear = not best.along and not all_of_them.along
    return redirect(url_for("campaigns.desk_announce", slug=slug)) if is_clear else here


def _kept(round_id: UUID, finalists: list[UUID], winners: list[UUID]) -> bool:
    """Keep the choice, or say why not."""
    try:
        with transaction():
            choose(current_actor(), managed_round(round_id), finalists, winners)
    except InvalidInput as problem:
        flash(" ".join(problem.fields.values()), "refused")
    except Conflict as problem:
        flash(problem.message, "refused")
    else:
        return True
    return False


def _told(best: Cut, all_of_them: Cut) -> str:
    """What the desk should know where equals share a last place; empty where nobody does."""
    if best.along:
        return f"{len(best.taken)} photos win, because equals share the last place. Look once more, then announce."
    if all_of_them.along:
        return "Equals share the finalists' last place, so all of them are in. Look once more, then announce."
    return ""
