"""How the desk says what was done with a photo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from campaign.accounts.audit import AuditEntry
from campaign.submissions.batches import Outcome
from campaign.submissions.desk_models import BatchAction
from campaign.submissions.models import Submission, SubmissionState
from campaign.submissions.words import is_duplicate
from campaign.web.times import plural
from uploads.likeness.comparison import SURE

STANDS = {
    SubmissionState.TICKETED: "On its way",
    SubmissionState.RECEIVED: "Being made ready",
    SubmissionState.READY: "Waiting",
    SubmissionState.PUBLISHED: "In the gallery",
    SubmissionState.DECLINED: "Declined",
    SubmissionState.REJECTED: "Could not be opened",
    SubmissionState.WITHDRAWN: "Taken back by the fan",
    SubmissionState.EXPIRED: "Never sent",
}
DONE = {
    "submission.published": "published it",
    "submission.declined": "declined it",
    "submission.decision_undone": "took the decision back",
    "submission.unassigned": "put it down",
    "submission.second_opinion_asked": "asked for a second opinion",
    "submission.second_opinion_dropped": "needed no second opinion any more",
    "submission.taken_over": "took it over",
    "submission.tried_again": "had it opened once more",
    "submission.kept_as_distinct": "took it in as a photo of its own",
}
SENT_TWICE = "Sent twice"
SAME_FILE = "the very same file"
NEARLY_SAME = "the same picture, or nearly"
MUCH_ALIKE = "much alike: perhaps cut or edited"
TOGETHER = {BatchAction.PUBLISH: "published", BatchAction.DECLINE: "declined", BatchAction.ASSIGN: "handed on"}
MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Did:
    """One line of a photo's history."""

    who: str
    what: str
    at: datetime
    why: str


def stands_of(submission: Submission) -> str:
    """Where a photo stands, in a word or two."""
    return SENT_TWICE if is_duplicate(submission) else STANDS[submission.state]


def told_likeness(distance: int, *, is_same_file: bool) -> str:
    """How alike two photos are, as the end of a sentence; `distance` is in bits of 64."""
    if is_same_file:
        return SAME_FILE
    return NEARLY_SAME if distance <= SURE else MUCH_ALIKE


def told(entry: AuditEntry) -> Did:
    """An entry of the audit log, as a person would say it."""
    who = entry.actor.display_name if entry.actor else "Somebody who has left"
    if entry.action == "submission.assigned":
        what = "took it on" if entry.details.get("to") == str(entry.actor_id) else f"gave it to {entry.details['name']}"
    else:
        what = DONE.get(entry.action, entry.action.partition(".")[2].replace("_", " "))
    return Did(who, what, entry.created_at, entry.why)


def told_together(outcome: Outcome, action: BatchAction) -> str:
    """“12 photos published.”"""
    return f"{plural(len(outcome.done), 'photo')} {TOGETHER[action]}."


def told_skipped(outcome: Outcome) -> str:
    """Which were left as they are and why; empty where none was. Long lists are cut."""
    if not outcome.skipped:
        return ""
    named = [f"“{one.caption}”: {one.why}" if one.caption else one.why for one in outcome.skipped[:MOST_NAMED]]
    more = len(outcome.skipped) - len(named)
    rest = f" And {plural(more, 'more photo')}." if more else ""
    return f"Left as they are: {plural(len(outcome.skipped), 'photo')}. {' '.join(named)}{rest}"
