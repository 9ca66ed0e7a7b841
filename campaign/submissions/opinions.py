"""A second opinion: somebody of the desk is not sure about a photo, and asks the others."""

from __future__ import annotations

from uuid import UUID

from campaign.accounts.actor import Actor
from campaign.accounts.audit import audit
from campaign.accounts.permissions import require
from campaign.clock import database_now
from campaign.db import db
from campaign.errors import Conflict, InvalidInput
from campaign.submissions.assigning import require_crew
from campaign.submissions.models import Submission, SubmissionState
from campaign.submissions.queries import locked_submission
from campaign.wording import complaint, one_line

LONGEST_NOTE = 500
ASKED = "What do you think?"
"""What stands there where nothing else was written."""


def ask_second_opinion(actor: Actor, submission_id: UUID, note: str = "", *, of: UUID | None = None) -> Submission:
    """Put the photo among those that want another pair of eyes, with a note; `of` gives it to one of the crew.

    Whoever asks may still decide. Raises Conflict where it waits for nobody, InvalidInput for the words or the person.
    """
    submission = locked_submission(submission_id)
    require(actor, "submission.decide", submission)
    if submission.state is not SubmissionState.READY:
        raise Conflict("Only a photo that waits for a decision can have a second opinion.", code="already_decided")
    words = one_line(note) or ASKED
    problem = complaint(words, LONGEST_NOTE, ASKED)
    if problem:
        raise InvalidInput("Your note needs another look.", fields={"note": problem})
    if of is not None:
        require_crew(submission.campaign_id, of)
        submission.assigned_to = of
    submission.opinion_asked_at, submission.opinion_by = database_now(), actor.person_id
    submission.opinion_note = words
    _log(actor, submission, "asked", why=words)
    return submission


def drop_second_opinion(actor: Actor, submission_id: UUID) -> Submission:
    """Nobody needs to be asked any more. Doing it again changes nothing."""
    submission = locked_submission(submission_id)
    require(actor, "submission.decide", submission)
    if submission.opinion_asked_at is not None:
        close_opinion(submission)
        _log(actor, submission, "dropped")
    return submission


def close_opinion(submission: Submission) -> None:
    """A decision was made, or the question taken back."""
    submission.opinion_asked_at = submission.opinion_by = None
    submission.opinion_note = ""


def _log(actor: Actor, submission: Submission, what: str, *, why: str = "") -> None:
    audit(
        actor,
        f"submission.second_opinion_{what}",
        campaign_id=submission.campaign_id,
        subject_id=submission.id,
        why=why,
    )
    db.session.flush()
