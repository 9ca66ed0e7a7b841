"""A person decides about a photo: publish, decline with a reason, or take the decision back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from campaign.accounts.actor import Actor
from campaign.accounts.audit import audit
from campaign.accounts.permissions import require
from campaign.campaigns.models import State
from campaign.campaigns.window import enter_window
from campaign.clock import database_now
from campaign.db import db
from campaign.errors import Conflict, InvalidInput
from campaign.jobs import enqueue, record
from campaign.submissions.guards import why_not_take_down
from campaign.submissions.models import Submission, SubmissionState
from campaign.submissions.opinions import close_opinion
from campaign.submissions.queries import locked_submission, not_known
from campaign.submissions.renditions import media_paths
from campaign.submissions.sight import require_sight
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


def publish_submission(actor: Actor, submission_id: UUID, *, seen: str | None = None) -> Submission:
    """Hang the photo in the gallery. One that hangs there already stays as it is.

    `seen` is the mark of what the person had before them (`sight.sight_of`): where the photo changed since, Conflict
    says who decided what, and nothing is done.
    """
    submission, _ = held_for_decision(actor, submission_id)
    is_there = submission.state is SubmissionState.PUBLISHED
    if is_there and (seen is None or submission.decided_by == actor.person_id):
        return submission
    require_sight(submission, actor, seen)
    refuse_unless(submission, SubmissionState.READY, SubmissionState.DECLINED)
    submission.published_at = _sign(submission, actor)
    submission.state = SubmissionState.PUBLISHED
    submission.reason = ""
    tell(actor, submission, "published")
    return submission


def decline_submission(actor: Actor, submission_id: UUID, reason: str, *, seen: str | None = None) -> Submission:
    """Decide against the photo; the fan reads the reason. Takes it down where it was published.

    `seen` as in `publish_submission`.
    """
    submission, _ = held_for_decision(actor, submission_id)
    words = said_to_the_fan(reason)
    require_sight(submission, actor, seen)
    refuse_unless(submission, SubmissionState.READY, SubmissionState.PUBLISHED)
    _sign(submission, actor)
    take_down(submission)
    submission.state = SubmissionState.DECLINED
    submission.reason = words
    tell(actor, submission, "declined", why=words)
    return submission


def undo_decision(actor: Actor, submission_id: UUID, *, seen: str | None = None) -> Submission:
    """Put the photo back among those that wait. Possible until the campaign is announced. `seen` as above."""
    submission, stage = held_for_decision(actor, submission_id)
    require_sight(submission, actor, seen)
    refuse_unless(submission, SubmissionState.PUBLISHED, SubmissionState.DECLINED)
    refuse_announced(stage)
    was = submission.state.value
    take_down(submission)
    submission.state = SubmissionState.READY
    submission.reason = ""
    submission.decided_at = submission.decided_by = None
    tell(actor, submission, "decision_undone", was=was)
    return submission


def held_for_decision(actor: Actor, submission_id: UUID) -> tuple[Submission, State]:
    """The locked submission and what its campaign is now; nobody can announce it until this transaction ends."""
    campaign_id = db.session.scalar(select(Submission.campaign_id).where(Submission.id == submission_id))
    if campaign_id is None:
        raise not_known()
    campaign, now = enter_window(campaign_id)
    require(actor, "submission.decide", campaign)
    return locked_submission(submission_id), campaign.state_at(now)


def said_to_the_fan(reason: str) -> str:
    """The words as they are kept. Raises InvalidInput where there are none, or too many."""
    words = one_line(reason)
    problem = complaint(words, LONGEST_REASON, "Tell the fan why, in a sentence you would say to them.")
    if problem:
        raise InvalidInput("The fan reads the reason, so it needs another look.", fields={"reason": problem})
    return words


def refuse_unless(submission: Submission, *states: SubmissionState) -> None:
    """Raises Conflict where the photo is in no state from which this can be decided."""
    if submission.state not in states:
        raise Conflict(
            f"This photo {SAID[submission.state]}, so that cannot be decided now. Reload to see where it stands.",
            code="already_decided",
        )


def refuse_announced(stage: State) -> None:
    if stage is State.ANNOUNCED:
        raise Conflict("The campaign is announced, so its decisions stand.", code="announced")


def take_down(submission: Submission) -> None:
    """Out of the gallery and out of the caches, unless somebody above has a reason against it."""
    if submission.state is not SubmissionState.PUBLISHED:
        return
    reason = why_not_take_down(submission)
    if reason:
        raise Conflict(reason, code="must_stay")
    enqueue("photo.purge", {"paths": media_paths(submission.photo)})
    submission.published_at = None


def tell(actor: Actor, submission: Submission, what: str, *, why: str = "", was: str = "") -> None:
    """Write it in the audit log, and let those above know."""
    details = {"was": was} if was else {}
    audit(
        actor,
        f"submission.{what}",
        campaign_id=submission.campaign_id,
        subject_id=submission.id,
        why=why,
        details=details,
    )
    record(f"submission.{what}", {"submission_id": str(submission.id)})
    db.session.flush()


def _sign(submission: Submission, actor: Actor) -> datetime:
    now = database_now()
    submission.decided_at, submission.decided_by = now, actor.person_id
    close_opinion(submission)
    return now
