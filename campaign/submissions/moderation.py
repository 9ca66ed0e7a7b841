"""A person decides about a photo: publish, decline with a reason, or take the decision back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from campaign.accounts.actor import Actor
from campaign.accounts.permissions import require
from campaign.campaigns.models import State
from campaign.campaigns.window import enter_window
from campaign.clock import database_now
from campaign.db import db
from campaign.errors import Conflict, InvalidInput
from campaign.jobs import enqueue, record
from campaign.submissions.guards import why_not_take_down
from campaign.submissions.models import Submission, SubmissionState
from campaign.submissions.queries import in_state, locked_submission, not_known
from campaign.submissions.renditions import media_paths
from campaign.submissions.wording import LONGEST_REASON
from campaign.wording import complaint, one_line

SAID = {
    SubmissionState.TICKETED: "has not arrived yet",
    SubmissionState.RECEIVED: "is still being made ready",
    SubmissionState.READY: "waits for a decision",
    SubmissionState.PUBLISHED: "is in the gallery",
    SubmissionState.DECLINED: "was declined",
    SubmissionState.REJECTED: "could not be used",
    SubmissionState.WITHDRAWN: "was taken back by the fan",
    SubmissionState.EXPIRED: "was never sent",
}


def publish_submission(actor: Actor, submission_id: UUID) -> Submission:
    """Hang the photo in the gallery. One that hangs there already stays as it is."""
    submission, _ = _for_decision(actor, submission_id)
    if submission.state is SubmissionState.PUBLISHED:
        return submission
    _refuse_unless(submission, SubmissionState.READY, SubmissionState.DECLINED)
    submission.published_at = _sign(submission, actor)
    submission.state = SubmissionState.PUBLISHED
    submission.reason = ""
    record("submission.published", {"submission_id": str(submission.id)})
    db.session.flush()
    return submission


def decline_submission(actor: Actor, submission_id: UUID, reason: str) -> Submission:
    """Decide against the photo; the fan reads the reason. Takes it down where it was published."""
    submission, _ = _for_decision(actor, submission_id)
    words = one_line(reason)
    problem = complaint(words, LONGEST_REASON, "Tell the fan why, in a sentence you would say to them.")
    if problem:
        raise InvalidInput("The fan reads the reason, so it needs another look.", fields={"reason": problem})
    _refuse_unless(submission, SubmissionState.READY, SubmissionState.PUBLISHED)
    _sign(submission, actor)
    _take_down(submission)
    submission.state = SubmissionState.DECLINED
    submission.reason = words
    record("submission.declined", {"submission_id": str(submission.id)})
    db.session.flush()
    return submission


def undo_decision(actor: Actor, submission_id: UUID) -> Submission:
    """Put the photo back among those that wait. Possible until the campaign is announced."""
    submission, stage = _for_decision(actor, submission_id)
    _refuse_unless(submission, SubmissionState.PUBLISHED, SubmissionState.DECLINED)
    if stage is State.ANNOUNCED:
        raise Conflict("The campaign is announced, so its decisions stand.", code="announced")
    _take_down(submission)
    submission.state = SubmissionState.READY
    submission.reason = ""
    submission.decided_at = submission.decided_by = None
    record("submission.decision_undone", {"submission_id": str(submission.id)})
    db.session.flush()
    return submission


def next_waiting(campaign_id: UUID) -> Submission | None:
    """The photo that has waited longest for a person."""
    query = in_state(campaign_id, SubmissionState.READY).order_by(Submission.created_at, Submission.id).limit(1)
    return db.session.scalars(query).unique().one_or_none()


def _for_decision(actor: Actor, submission_id: UUID) -> tuple[Submission, State]:
    """The locked submission and what its campaign is now; nobody can announce it until this transaction ends."""
    campaign_id = db.session.scalar(select(Submission.campaign_id).where(Submission.id == submission_id))
    if campaign_id is None:
        raise not_known()
    campaign, now = enter_window(campaign_id)
    require(actor, "submission.decide", campaign)
    return locked_submission(submission_id), campaign.state_at(now)


def _refuse_unless(submission: Submission, *states: SubmissionState) -> None:
    if submission.state not in states:
        raise Conflict(
            f"This photo {SAID[submission.state]}, so that cannot be decided now. Reload to see where it stands.",
            code="already_decided",
        )


def _sign(submission: Submission, actor: Actor) -> datetime:
    now = database_now()
    submission.decided_at, submission.decided_by = now, actor.person_id
    return now


def _take_down(submission: Submission) -> None:
    """Out of the gallery and out of the caches, unless somebody above has a reason against it."""
    if submission.state is not SubmissionState.PUBLISHED:
        return
    reason = why_not_take_down(submission)
    if reason:
        raise Conflict(reason, code="must_stay")
    enqueue("photo.purge", {"paths": media_paths(submission.photo)})
    submission.published_at = None
