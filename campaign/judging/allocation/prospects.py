"""Whether there is more for a judge, told in SQL: nothing waits that was taken down, or that nobody may look at."""

from __future__ import annotations

from sqlalchemy import ColumnElement, ColumnExpressionArgument, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from campaign.judging.allocation.pool import is_in_pool
from campaign.judging.models import Assignment, AssignmentItem, DeclaredConflict, Round
from campaign.submissions.models import Submission, SubmissionState

Judge = ColumnExpressionArgument[object]


def still_hangs() -> ColumnElement[bool]:
    """Of an `Assignment`, that every photo of it is published."""
    gone = select(AssignmentItem.assignment_id).join(Submission, Submission.id == AssignmentItem.submission_id)
    down = Submission.state != SubmissionState.PUBLISHED
    return ~gone.where(AssignmentItem.assignment_id == Assignment.id, down).correlate(Assignment).exists()


def could_compare_more(judge: Judge) -> ColumnElement[bool]:
    """Of duels and lists, beside `Round`: whether a photo below its quorum could meet another before this judge.

    Both hang, neither is theirs or in conflict, and the judge had them not together yet.
    """
    photo, other = aliased(Submission), aliased(Submission)
    given = select(func.count()).select_from(AssignmentItem).join(Assignment)
    given = given.where(AssignmentItem.submission_id == photo.id, Assignment.round_id == Round.id, Assignment.judged)
    below = given.correlate_except(AssignmentItem, Assignment).scalar_subquery() < Round.quorum
    partner = select(other.id).where(_may_see(other, judge), other.id != photo.id, ~_met(photo, other, judge))
    first = select(photo.id).where(_may_see(photo, judge), below, partner.correlate_except(other).exists())
    return first.correlate_except(photo).exists()


def _may_see(photo: type[Submission], judge: Judge) -> ColumnElement[bool]:
    meant = or_(
        DeclaredConflict.submission_id == photo.id,
        and_(DeclaredConflict.fan_id == photo.person_id, DeclaredConflict.fan_id.is_not(None)),
    )
    theirs = (DeclaredConflict.judge_id == judge, DeclaredConflict.campaign_id == photo.campaign_id)
    barred = exists().where(*theirs, meant).correlate_except(DeclaredConflict)
    return and_(is_in_pool(photo), photo.person_id != judge, ~barred)


def _met(photo: type[Submission], other: type[Submission], judge: Judge) -> ColumnElement[bool]:
    one, two = aliased(AssignmentItem), aliased(AssignmentItem)
    together = exists().where(
        one.submission_id == photo.id,
        two.submission_id == other.id,
        two.assignment_id == one.assignment_id,
        Assignment.id == one.assignment_id,
        Assignment.round_id == Round.id,
        Assignment.judge_id == judge,
        Assignment.gone_at.is_(None),
    )
    return together.correlate_except(one, two, Assignment)
