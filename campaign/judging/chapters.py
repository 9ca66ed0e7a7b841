"""What fans read in their photo's timeline about judging. Before the announcement all photos of the jury read the same.

So a round of the best of another round says nothing here: that a photo came so far is the announcement's to tell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import distinct, func, select

from campaign.campaigns.models import Campaign, State
from campaign.db import db
from campaign.judging.models import Assignment, AssignmentItem, Award, Round, RoundEntry, RoundStage, Selection
from campaign.submissions.hooks import Chapters, Step
from campaign.submissions.models import Submission, SubmissionState
from campaign.web.times import plural

WITH_JURY = "In the jury's hands"
CAST_LOOKS = "The cast look at every photo in the gallery, yours among them."


def jury_chapters(submissions: Sequence[Submission], now: datetime) -> Chapters:
    """“In the jury's hands”: since the first round that all published photos are in, or still ahead."""
    begun = _begun(submissions)
    return {
        submission.id: [Step("with_jury", WITH_JURY, CAST_LOOKS, begun.get(submission.id))]
        for submission in submissions
        if submission.id in begun or submission.campaign.state_at(now) is not State.ANNOUNCED
    }


def outcome_chapters(submissions: Sequence[Submission], now: datetime) -> Chapters:
    """Finalist, winner or not this time, from the announcement on; until then that it lies ahead."""
    announced = [
        one
        for one in submissions
        if one.state is SubmissionState.PUBLISHED and one.campaign.state_at(now) is State.ANNOUNCED
    ]
    told = _outcomes(announced) if announced else {}
    ahead = Step("announcement", "The announcement", "Finalists and winners are shown to everybody.", None)
    waiting = {one.id: [ahead] for one in submissions if one.campaign.state_at(now) is not State.ANNOUNCED}
    return {**waiting, **told}


def _begun(submissions: Sequence[Submission]) -> Mapping[UUID, datetime]:
    """For each photo that a round of all published photos, or of its category, holds or held, since when."""
    opened = (
        select(Round.campaign_id, Round.source_category, func.min(Round.opened_at))
        .where(Round.campaign_id.in_({one.campaign_id for one in submissions}))
        .where(Round.stage == RoundStage.OPEN, Round.source_round_id.is_(None))
        .group_by(Round.campaign_id, Round.source_category)
    )
    held = (
        select(RoundEntry.submission_id, func.min(Round.opened_at))
        .join(Round, Round.id == RoundEntry.round_id)
        .where(RoundEntry.submission_id.in_([one.id for one in submissions]), Round.source_round_id.is_(None))
        .group_by(RoundEntry.submission_id)
    )
    open_now = {(campaign_id, category): at for campaign_id, category, at in db.session.execute(opened)}
    began: dict[UUID, datetime] = dict(db.session.execute(held).all())  # type: ignore[arg-type]  # pairs
    for one in submissions:
        since = [open_now.get((one.campaign_id, category)) for category in (None, one.category)]
        at = min((moment for moment in (*since, began.get(one.id)) if moment), default=None)
        if at is not None and (one.id in began or one.state is SubmissionState.PUBLISHED):
            began[one.id] = at
    return began


def _outcomes(announced: Sequence[Submission]) -> Chapters:
    campaigns = {one.campaign_id for one in announced}
    query = select(Selection).where(Selection.submission_id.in_([one.id for one in announced]))
    chosen = {one.submission_id: one for one in db.session.scalars(query)}
    counts = _counts(campaigns)
    judges = _judges([one.id for one in announced])
    return {one.id: [_outcome(one, chosen.get(one.id), counts, judges.get(one.id, 0))] for one in announced}


def _outcome(
    submission: Submission, chosen: Selection | None, counts: Mapping[UUID, tuple[int, int]], judges: int
) -> Step:
    at = _announced_at(submission.campaign)
    if chosen is not None and chosen.award is Award.WINNER:
        won = "Your photo won." if chosen.place == 1 else f"Your photo took place {chosen.place}."
        return Step("winner", "A winner", f"{won} Come and see it on the winners' page.", at)
    if chosen is not None:
        return Step(
            "finalist",
            "A finalist",
            "The cast chose your photo for the final. Come and see it on the winners' page.",
            at,
        )
    photos, best = counts[submission.campaign_id]
    seen = f", and {plural(judges, 'judge')} looked at yours" if judges else ""
    words = f"Out of {plural(photos, 'photo')} the cast chose {best}{seen}. It stays in the gallery."
    return Step("not_this_time", "Not this time", words, at)


def _counts(campaign_ids: set[UUID]) -> Mapping[UUID, tuple[int, int]]:
    """For each campaign how many photos hang in it, and how many of them were chosen."""
    query = (
        select(Submission.campaign_id, func.count(), func.count(Selection.submission_id))
        .outerjoin(Selection, Selection.submission_id == Submission.id)
        .where(Submission.campaign_id.in_(campaign_ids), Submission.state == SubmissionState.PUBLISHED)
        .group_by(Submission.campaign_id)
    )
    return {campaign_id: (photos, chosen) for campaign_id, photos, chosen in db.session.execute(query)}


def _judges(submission_ids: Sequence[UUID]) -> Mapping[UUID, int]:
    """For each photo, how many people gave it their word."""
    query = (
        select(AssignmentItem.submission_id, func.count(distinct(Assignment.judge_id)))
        .join(Assignment, Assignment.id == AssignmentItem.assignment_id)
        .where(AssignmentItem.submission_id.in_(submission_ids), Assignment.judged)
        .group_by(AssignmentItem.submission_id)
    )
    return dict(db.session.execute(query).all())


def _announced_at(campaign: Campaign) -> datetime | None:
    """Since when everybody sees it, whether or not that was written down."""
    return campaign.announced_at or campaign.announces_at
