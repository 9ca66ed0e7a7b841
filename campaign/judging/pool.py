"""What a judge has before them and what they may still be given: the two selects that everything else counts on."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Select, Uuid, cast, func, select

from campaign.judging.models import Assignment, AssignmentItem, Coverage, Round
from campaign.submissions.models import Submission, SubmissionState


def waiting_for(round_id: UUID, judge_id: UUID) -> Select[Assignment]:
    """Assignments of the judge without a ballot whose photo is still published."""
    # One photo for an assignment here; with pairs, all of its photos would have to be published.
    return (
        select(Assignment)
        .join(Assignment.items)
        .join(Submission, AssignmentItem.submission_id == Submission.id)
        .where(Assignment.round_id == round_id, Assignment.judge_id == judge_id)
        .where(~Assignment.judged, Submission.state == SubmissionState.PUBLISHED)
    )


def free_for(judged: Round, judge_id: UUID) -> Select[UUID, int]:
    """Published photos below their quorum that this judge may be given: not their own, not given to them before."""
    judges = func.coalesce(Coverage.judges, 0)
    own = select(Submission.id).where(Submission.person_id == judge_id)
    # A subject of `stars` is one photo's id. Cast on this side: 28,000 ids made into text would take 10 ms.
    given = select(cast(Assignment.subject, Uuid)).where(
        Assignment.round_id == judged.id, Assignment.judge_id == judge_id
    )
    here = (Coverage.round_id == judged.id) & (Coverage.submission_id == Submission.id)
    return (
        select(Submission.id, judges.label("judges"))
        .outerjoin(Coverage, here)
        .where(Submission.campaign_id == judged.campaign_id, Submission.state == SubmissionState.PUBLISHED)
        .where(judges < judged.quorum, Submission.id.not_in(own), Submission.id.not_in(given))
    )
