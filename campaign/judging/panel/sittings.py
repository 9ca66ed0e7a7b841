"""What the panel's page shows: what lies on top, how far one is, and where one was."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from flask import render_template, request

from campaign.accounts.authentication import current_actor
from campaign.campaigns.views import view_campaign
from campaign.clock import database_now
from campaign.db import transaction
from campaign.judging.allocation.dealing import deal
from campaign.judging.models import Assignment
from campaign.judging.panel.forms import PLACE
from campaign.judging.panel.marks import marks_by_photo
from campaign.judging.queries import last_judged, visible_round, whole_assignments
from campaign.judging.views import AssignmentView, view_assignment, view_round
from campaign.judging.voting.seating import seated
from campaign.judging.voting.showing import assignment_document, photos_for
from campaign.web.times import ago

AHEAD = 5
"""Photos given to the page at once, so that the next ones load while one is looked at."""
AWAY = timedelta(minutes=30)
"""Whoever comes back after longer is told where they were."""


class Before(NamedTuple):
    """What the judge judged last, and when, as part of a sentence: `yesterday`, `3 hours ago`."""

    assignment: AssignmentView
    at: datetime
    said: str
    is_return: bool


def panel_page(round_id: UUID, *, first: UUID | None = None, told: str = "") -> str:
    """What lies on top of the judge's stack; `first` is laid there, where it is this judge's own.

    Raises SignInNeeded, NotPermitted, NotFound, or Conflict when the round is not open.
    """
    actor = current_actor()
    assert actor.person_id is not None
    with transaction():
        hand = deal(actor, round_id, AHEAD)
        top = _own(round_id, actor.person_id, first) or next(iter(hand.assignments), None)
        laid = _document(top, actor.person_id) if top else None
        shown = seated(view_assignment(top)) if top else None
    judged = visible_round(actor, round_id)
    return render_template(
        "judging/panel.html",
        round=view_round(judged),
        campaign=view_campaign(judged.campaign),
        progress=hand.progress,
        assignment=shown,
        laid=laid,
        word=_said(laid) if laid else {},
        marks=_marks(round_id, actor.person_id),
        previous=_before(last_judged(round_id, actor.person_id)),
        given=request.form,
        told=told,
    )


def _own(round_id: UUID, judge_id: UUID, assignment_id: UUID | None) -> Assignment | None:
    """The judge's own assignment of this round, whole, judged or not."""
    if assignment_id is None:
        return None
    found = [one for one in whole_assignments([assignment_id]) if one.round_id == round_id and one.judge_id == judge_id]
    return found[0] if found else None


def _document(top: Assignment, judge_id: UUID) -> dict[str, Any]:
    """As the API gives it, with the judge's own word."""
    photos = photos_for(judge_id, [item.submission_id for item in top.items])
    word = top.ballot.word if top.ballot else None
    return assignment_document(top.round, top.id, top.subject, photos, word, skipped=top.skipped_at is not None)


def _said(laid: dict[str, Any]) -> dict[str, str]:
    """The word on it, as the form's fields hold it."""
    scores = {f"score:{name}": str(score) for name, score in (laid.get("scores") or {}).items()}
    tiers = laid.get("ranking") or []
    places = {f"{PLACE}{photo}": str(place) for place, tier in enumerate(tiers, start=1) for photo in tier}
    single = {name: str(laid.get(name) or "") for name in ("stars", "vote", "winner")}
    return {**single, **scores, **places}


def _marks(round_id: UUID, judge_id: UUID) -> dict[str, dict[str, Any]]:
    return {str(photo): mark._asdict() for photo, mark in marks_by_photo(round_id, judge_id).items()}


def _before(last: Assignment | None) -> Before | None:
    if last is None or last.ballot is None:
        return None
    away = database_now() - last.ballot.cast_at
    return Before(seated(view_assignment(last)), last.ballot.cast_at, how_long_ago(away), away >= AWAY)


def how_long_ago(away: timedelta) -> str:
    """`3 minutes ago`, `yesterday`, `4 days ago`."""
    if timedelta(hours=20) <= away < timedelta(hours=36):
        return "yesterday"
    return f"{ago(away)} ago"
