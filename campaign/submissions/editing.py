"""A fan changes the words of a photo, until somebody from the show has looked at it."""

from __future__ import annotations

from uuid import UUID

from campaign.accounts.actor import Actor
from campaign.accounts.permissions import require
from campaign.db import db
from campaign.errors import Conflict, InvalidInput
from campaign.submissions.models import Submission, SubmissionState
from campaign.submissions.queries import locked_submission, may_see, not_known
from campaign.submissions.wording import Said, read_said

EDITABLE = (SubmissionState.TICKETED, SubmissionState.RECEIVED, SubmissionState.READY)

WHY_NOT = {
    SubmissionState.PUBLISHED: (
        "It hangs in the gallery with these words, so they stay. "
        "Something wrong in them? Take the photo back; while the campaign is open you can send it again."
    ),
    SubmissionState.DECLINED: "Somebody from the show has decided about this photo, so its words stay as they were.",
    SubmissionState.REJECTED: "This photo could not be used, so its words go nowhere. Send another, with new words.",
    SubmissionState.WITHDRAWN: "You took this photo back, so there are no words to change any more.",
    SubmissionState.EXPIRED: "This photo never reached us. Send it once more, with new words.",
}


def edit_submission(actor: Actor, submission_id: UUID, given: Said) -> Submission:
    """Keep these words in place of the old ones.

    Raises NotFound and NotPermitted for everybody but its fan, Conflict once it was looked at, and InvalidInput with a
    sentence for each field.
    """
    submission = locked_submission(submission_id)
    refuse_others(actor, submission)
    require_editable(submission)
    said, fields = read_said(given, submission.campaign.categories)
    if fields:
        raise InvalidInput("The words need another look before we can keep them.", fields=fields)
    submission.caption, submission.place, submission.category = said.caption, said.place, said.category
    db.session.flush()
    return submission


def refuse_others(actor: Actor, submission: Submission) -> None:
    """Only its fan may change the words; who may not see the photo does not learn of it."""
    if actor.is_signed_in and not may_see(actor, submission):
        raise not_known()
    require(actor, "submission.edit", submission)


def require_editable(submission: Submission) -> None:
    """Raises Conflict, with the words for the fan, once the words stay as they are."""
    if not can_edit(submission):
        raise Conflict(WHY_NOT[submission.state], code="not_editable")


def can_edit(submission: Submission) -> bool:
    """Whether nobody has looked at it yet."""
    return submission.state in EDITABLE
