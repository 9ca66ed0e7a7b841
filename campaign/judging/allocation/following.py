"""What happens in the gallery while rounds are open: late photos get their judges, and what is taken back goes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import select

from campaign.db import db, transaction
from campaign.jobs import Attempt
from campaign.judging.allocation.conflicts import keep_apart
from campaign.judging.allocation.filling import mend_plan
from campaign.judging.life.window import hold_round
from campaign.judging.models import PanelMember, Round, RoundStage
from campaign.judging.queries import panel_of
from campaign.submissions.models import Submission

UNPLANNED = -1
"""In `Round.planned`: the round was opened by a release that dealt without a plan."""
EVENTS = (
    "submission.published",
    "submission.declined",
    "submission.withdrawn",
)
"""After these the plans of open rounds may not fit the gallery any more."""


def follow_gallery(payload: dict[str, Any], *, attempt: Attempt) -> None:
    """Handle `judging.follow_gallery.*`: make the plans of open rounds fit the gallery. Any number of times."""
    assert attempt
    submission_id = UUID(payload["submission_id"])
    with transaction():
        campaign_id = select(Submission.campaign_id).where(Submission.id == submission_id).scalar_subquery()
        open_rounds = select(Round.id).where(Round.campaign_id == campaign_id, Round.stage == RoundStage.OPEN)
        ids = db.session.scalars(open_rounds.order_by(Round.number)).all()
    for round_id in ids:
        _mend(round_id)


def follow_opening(payload: dict[str, Any], *, attempt: Attempt) -> None:
    """Handle `judging.follow_opening.*`: what came about while the round opened, or was closed, met no open round.

    Photos that were published or taken down, and conflicts. Any number of times.
    """
    assert attempt
    round_id = UUID(payload["round_id"])
    _mend(round_id)
    with transaction():
        judges = panel_of(round_id)
    for judge_id in judges:
        with transaction():
            keep_apart(round_id, judge_id)


def follow_conflict(payload: dict[str, Any], *, attempt: Attempt) -> None:
    """Handle `judging.follow_conflict`: in every open round the judge is spared what they declared a conflict with."""
    assert attempt
    judge_id = UUID(payload["judge_id"])
    with transaction():
        seats = select(PanelMember.round_id).where(PanelMember.person_id == judge_id)
        theirs = (Round.campaign_id == UUID(payload["campaign_id"]), Round.id.in_(seats))
        open_rounds = select(Round.id).where(*theirs, Round.stage == RoundStage.OPEN)
        ids = db.session.scalars(open_rounds.order_by(Round.number)).all()
    for round_id in ids:
        with transaction():
            keep_apart(round_id, judge_id)


def plan_unplanned() -> int:
    """Plan open rounds that have no plan: those opened by the release before. Returns how many."""
    with transaction():
        unplanned = select(Round.id).where(Round.stage == RoundStage.OPEN, Round.planned == UNPLANNED)
        ids = db.session.scalars(unplanned).all()
    for round_id in ids:
        _mend(round_id)
    return len(ids)


def _mend(round_id: UUID) -> None:
    with transaction():
        judged, now = hold_round(round_id)
        if judged.state_at(now) is RoundStage.OPEN:
            mend_plan(judged)
