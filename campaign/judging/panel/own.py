"""A judge's own corner: their ballots so far, favourites and notes, and two favourites side by side."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign.accounts.authentication import current_actor
from campaign.campaigns.views import view_campaign
from campaign.db import transaction
from campaign.errors import NotFound
from campaign.judging.allocation.progress import progress_in
from campaign.judging.models import Round
from campaign.judging.panel.marks import MarkView, judged_by, mark_photo, marks_by_photo
from campaign.judging.panel.mine import favourites_of, filters_of, own_ballots, own_photos
from campaign.judging.panel.pages import pages as pages  # noqa: PLC0414 -- judges' pages join here
from campaign.judging.queries import visible_round
from campaign.judging.views import view_round

PAIR = 2
MOST_FAVOURITES = 60
"""Favourites that the page shows to choose two from."""


@pages.get("/panel/<uuid:round_id>/mine")
def panel_mine(round_id: UUID) -> ResponseReturnValue:
    """Everything this judge said in the round, the latest first, to change or take back until it closes."""
    judged, judge_id = _mine(round_id)
    only = request.args.get("only", "")
    page = own_ballots(judged, judge_id, only, request.args.get("cursor"))
    return render_template(
        "judging/panel_mine.html",
        **_about(judged),
        page=page,
        only=only if only in filters_of(judged) else "",
        filters=filters_of(judged),
        marks=marks_by_photo(round_id, judge_id),
        progress=progress_in([judged], judge_id)[0],
    )


@pages.get("/panel/<uuid:round_id>/compare")
def panel_compare(round_id: UUID) -> ResponseReturnValue:
    """Two photos side by side, each whole; without two, the favourites to choose them from."""
    judged, judge_id = _mine(round_id)
    asked = list(dict.fromkeys(request.args.getlist("photo", type=UUID)))[:PAIR]
    favourites = favourites_of(round_id, judge_id)[:MOST_FAVOURITES]
    photos = own_photos(round_id, judge_id, list(dict.fromkeys([*asked, *favourites])))
    pair = [photos[one] for one in asked if one in photos]
    return render_template(
        "judging/panel_compare.html",
        **_about(judged),
        pair=pair if len(pair) == PAIR else [],
        chosen=[one.id for one in pair],
        favourites=[photos[one] for one in favourites if one in photos],
        marks=marks_by_photo(round_id, judge_id),
    )


@pages.get("/panel/<uuid:round_id>/marks/<uuid:submission_id>")
def panel_mark(round_id: UUID, submission_id: UUID) -> ResponseReturnValue:
    """One photo with its favourite star and private note."""
    judged, judge_id = _mine(round_id)
    photo = own_photos(round_id, judge_id, [submission_id]).get(submission_id)
    if photo is None:
        raise NotFound("This photo is not among those that were put before you.")
    mark = marks_by_photo(round_id, judge_id).get(submission_id, MarkView())
    return render_template("judging/panel_mark.html", **_about(judged), photo=photo, mark=mark)


@pages.post("/panel/<uuid:round_id>/marks/<uuid:submission_id>")
def keep_mark(round_id: UUID, submission_id: UUID) -> ResponseReturnValue:
    """Keep a favourite and a note from the plain form; back to one's ballots."""
    with transaction():
        favourite, note = request.form.get("favourite") == "yes", request.form.get("note", "")
        mark_photo(current_actor(), round_id, submission_id, favourite=favourite, note=note)
    flash("Kept, for you alone.")
    return redirect(url_for("judging.panel_mine", round_id=round_id))


def _mine(round_id: UUID) -> tuple[Round, UUID]:
    """A round on whose panel this person sits, and who that is."""
    actor = current_actor()
    judged_by(actor, round_id)
    assert actor.person_id is not None
    return visible_round(actor, round_id), actor.person_id


def _about(judged: Round) -> dict[str, object]:
    return {"round": view_round(judged), "campaign": view_campaign(judged.campaign)}
