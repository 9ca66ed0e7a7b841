"""Finalists and winners: chosen by a person, seen by the desk alone until the campaign is announced.

The embargo is a rule of time: from `announces_at` on the choice is everybody's and stays, whoever wrote that down.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy import delete, func, select
from sqlalchemy.orm import joinedload

from campaign.accounts.actor import Actor
from campaign.accounts.audit import audit
from campaign.accounts.permissions import require
from campaign.campaigns.models import Campaign, State
from campaign.campaigns.window import hold_window
from campaign.clock import database_now
from campaign.db import db
from campaign.errors import Conflict, InvalidInput
from campaign.judging.models import Award, Round, RoundEntry, RoundStage, Selection
from campaign.submissions.models import Submission, SubmissionState
from campaign.submissions.queries import WHOLE

log = structlog.get_logger(__name__)

MOST_CHOSEN = 500
NO_WINNER = "No winner is chosen yet. Let the cast judge a round, choose at least one winner, then announce."


def choose(actor: Actor, chosen_from: Round, finalists: Sequence[UUID], winners: Sequence[UUID]) -> list[Selection]:
    """Choose the campaign's finalists and winners, in place of an earlier choice.

    Winners take the places 1, 2, 3 … in the order given; a winner need not be named among the finalists.
    Raises NotPermitted, Conflict while the round is not closed or once the campaign is announced, and InvalidInput
    for photos that were not in the round or are not published any more.
    """
    campaign, now = hold_window(chosen_from.campaign_id)
    db.session.refresh(chosen_from)  # it may have been opened again
    require(actor, "selection.choose", chosen_from)
    _refuse_out_of_turn(campaign, chosen_from, winners, now)
    _check(chosen_from, finalists, winners)
    places = {submission_id: place for place, submission_id in enumerate(winners, start=1)}
    ids = dict.fromkeys([*winners, *finalists])
    chosen = [_selected(actor, chosen_from, submission_id, places.get(submission_id)) for submission_id in ids]
    db.session.execute(delete(Selection).where(Selection.campaign_id == campaign.id))
    db.session.add_all(chosen)
    db.session.flush()
    details = {"winners": [str(one) for one in winners], "finalists": [str(one) for one in ids if one not in places]}
    audit(actor, "selection.made", campaign_id=campaign.id, subject_id=chosen_from.id, details=details)
    log.info("selection_made", round=str(chosen_from.id), winners=len(winners), finalists=len(ids) - len(winners))
    return chosen_photos(campaign.id)


def selection_of(campaign_id: UUID) -> Mapping[UUID, Selection]:
    """The present choice by photo, for the desk; photos taken down are left out."""
    return {one.submission_id: one for one in _standing(campaign_id)}


def chosen_photos(campaign_id: UUID) -> list[Selection]:
    """For the desk: the present choice with its photos, winners by place and finalists after them."""
    return _standing(campaign_id, whole=True)


def is_announced(campaign: Campaign) -> bool:
    """Whether the choice is everybody's at this instant of the database's clock."""
    return campaign.state_at(database_now()) is State.ANNOUNCED


def announced_selection(campaign: Campaign) -> list[Selection]:
    """What everybody may see: nothing before the announcement; then winners by place, and finalists after them."""
    return chosen_photos(campaign.id) if is_announced(campaign) else []


def why_not_take_down(submission: Submission) -> str | None:
    """Before the announcement a chosen photo stays until the choice is changed, so that none vanishes unnoticed.

    Afterwards staff may take it down like any other: making it right comes first.
    """
    chosen = db.session.get(Selection, submission.id)
    if chosen is None or is_announced(submission.campaign):
        return None
    award = chosen.award.value
    return f"“{submission.caption}” is chosen as a {award}. Take it out of the choice on the round's page first."


def why_not_announce(campaigns: Sequence[Campaign]) -> Mapping[UUID, str]:
    """The answer to the question which of these campaigns may not be announced yet, and why."""
    ids = [one.id for one in campaigns]
    under_way = select(Round.campaign_id, Round.title).where(Round.campaign_id.in_(ids), Round.stage == RoundStage.OPEN)
    held_up = {
        row.campaign_id: f"The round “{row.title}” is still open. Close it and choose the winners, then announce."
        for row in db.session.execute(under_way.order_by(Round.number.desc()))
    }
    with_winner = (
        select(Selection.campaign_id)
        .join(Selection.submission)
        .where(Selection.campaign_id.in_(ids), Selection.award == Award.WINNER)
        .where(Submission.state == SubmissionState.PUBLISHED)
    )
    without = set(ids) - set(db.session.scalars(with_winner))
    return {**dict.fromkeys(without, NO_WINNER), **held_up}


def _refuse_out_of_turn(campaign: Campaign, chosen_from: Round, winners: Sequence[UUID], now: datetime) -> None:
    if campaign.state_at(now) is State.ANNOUNCED:
        raise Conflict("The winners are announced. What was said to everybody stays.", code="campaign_announced")
    if not chosen_from.is_judged:
        raise Conflict("Finalists and winners are chosen once the round has closed.", code="round_not_closed")
    if campaign.announces_at is not None and not winners:
        raise Conflict(
            "The announcement is arranged, and it needs a winner. Choose another one, or call the announcement off.",
            code="announcement_needs_a_winner",
        )


def _check(chosen_from: Round, finalists: Sequence[UUID], winners: Sequence[UUID]) -> None:
    named = {"finalists": finalists, "winners": winners}
    fields = {}
    known = _eligible(chosen_from, {*finalists, *winners})
    for field, ids in named.items():
        if len(set(ids)) != len(ids):
            fields[field] = "A photo is named twice."
        elif len(ids) > MOST_CHOSEN:
            fields[field] = f"Choose at most {MOST_CHOSEN}."
        elif not known.issuperset(ids):
            fields[field] = "A photo here was not in the round, or was taken down. Reload the page and choose again."
    if fields:
        raise InvalidInput("The choice needs another look before it can be kept.", fields=fields)


def _eligible(chosen_from: Round, ids: set[UUID]) -> set[UUID]:
    query = (
        select(RoundEntry.submission_id)
        .join(Submission, Submission.id == RoundEntry.submission_id)
        .where(RoundEntry.round_id == chosen_from.id, RoundEntry.submission_id.in_(ids))
        .where(Submission.state == SubmissionState.PUBLISHED)
    )
    return set(db.session.scalars(query))


def _selected(actor: Actor, chosen_from: Round, submission_id: UUID, place: int | None) -> Selection:
    return Selection(
        submission_id=submission_id,
        campaign_id=chosen_from.campaign_id,
        round_id=chosen_from.id,
        award=Award.FINALIST if place is None else Award.WINNER,
        place=place,
        chosen_by=actor.person_id,
        chosen_at=func.clock_timestamp(),
    )


def _standing(campaign_id: UUID, *, whole: bool = False) -> list[Selection]:
    query = (
        select(Selection)
        .join(Selection.submission)
        .where(Selection.campaign_id == campaign_id, Submission.state == SubmissionState.PUBLISHED)
        .order_by(Selection.place.asc().nulls_last(), Submission.published_at, Submission.id)
    )
    if whole:
        query = query.options(joinedload(Selection.submission).options(*WHOLE))  # type: ignore[arg-type]  # all loaders
    return list(db.session.scalars(query).unique())
