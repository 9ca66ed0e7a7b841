"""What somebody saw before they decided: a decision counts only for the photo as it was seen."""

from __future__ import annotations

import hashlib
import json

from campaign.accounts.actor import Actor
from campaign.errors import Conflict
from campaign.submissions.models import Submission, SubmissionState

DID = {SubmissionState.PUBLISHED: "published", SubmissionState.DECLINED: "declined"}


def sight_of(submission: Submission) -> str:
    """A short mark of the state, the decision and the fan's words; another mark means that one of them changed."""
    decided = submission.decided_at.isoformat() if submission.decided_at else ""
    words = [submission.caption, submission.place, submission.category]
    seen = json.dumps([submission.state.value, decided, str(submission.decided_by), *words])
    return hashlib.sha256(seen.encode()).hexdigest()[:16]


def require_sight(submission: Submission, actor: Actor, seen: str | None) -> None:
    """Pass where the photo still is as it was seen (or nothing is said of that); else Conflict with who and what."""
    if seen is not None and seen != sight_of(submission):
        raise Conflict(
            f"{became(submission, actor)} What you chose was not done. Look again, and decide anew if you must.",
            code="changed_meanwhile",
        )


def became(submission: Submission, actor: Actor) -> str:
    """One sentence about how the photo stands now, naming who decided."""
    if submission.state in DID and submission.decided_at is not None:
        is_own = submission.decided_by == actor.person_id
        who = "You" if is_own else (submission.decider.display_name if submission.decider else "Somebody of the team")
        why = f" with the words “{submission.reason}”" if submission.state is SubmissionState.DECLINED else ""
        return f"{who} {DID[submission.state]} this photo meanwhile{why}."
    if submission.state is SubmissionState.WITHDRAWN:
        return "The fan took this photo back meanwhile."
    if submission.state is SubmissionState.READY:
        return "This photo changed meanwhile: a decision was taken back, or the fan wrote other words."
    return "This photo changed meanwhile."
