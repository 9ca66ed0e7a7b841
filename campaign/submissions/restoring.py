"""Putting a photo back exactly as it stood before a decision."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from campaign.accounts.actor import Actor
from campaign.errors import Conflict
from campaign.submissions.desk_models import BatchItem
from campaign.submissions.models import Submission, SubmissionState
from campaign.submissions.moderation import (
    held_for_decision,
    refuse_announced,
    take_down,
    tell,
    undo_decision,
)
from campaign.submissions.queries import locked_submission
from campaign.submissions.sight import became

EVENTS = {SubmissionState.PUBLISHED: "published", SubmissionState.DECLINED: "declined"}
DATES = ("decided_at", "published_at")
PEOPLE = ("decided_by", "assigned_to")


def standing(submission: Submission) -> dict[str, Any]:
    """How the photo stands, as plain JSON, in as much as the desk decides about it."""
    dates = {name: getattr(submission, name) for name in DATES}
    people = {name: getattr(submission, name) for name in PEOPLE}
    return {
        "state": submission.state.value,
        "reason": submission.reason,
        **{name: at.isoformat() if at else None for name, at in dates.items()},
        **{name: str(one) if one else None for name, one in people.items()},
    }


def as_left(actor: Actor, item: BatchItem) -> None:
    """Pass where the photo still is as the batch left it; else Conflict with who did what since."""
    submission = locked_submission(item.submission_id)
    if submission.decided_at != item.decided_at or submission.state.value != item.after["state"]:
        raise Conflict(became(submission, actor), code="changed_meanwhile")


def restore(actor: Actor, submission_id: UUID, before: dict[str, Any]) -> Submission:
    """Let the photo stand as `standing` once said. Raises Conflict once the campaign is announced, or it must stay."""
    state = SubmissionState(before["state"])
    if state is SubmissionState.READY:
        return undo_decision(actor, submission_id)
    submission, stage = held_for_decision(actor, submission_id)
    refuse_announced(stage)
    was = submission.state.value
    take_down(submission)
    submission.state, submission.reason = state, before["reason"]
    submission.decided_at, submission.published_at = (_instant(before[name]) for name in DATES)
    submission.decided_by = UUID(before["decided_by"]) if before["decided_by"] else None
    tell(actor, submission, EVENTS[state], why=submission.reason, was=was)
    return submission


def _instant(words: str | None) -> datetime | None:
    return datetime.fromisoformat(words) if words else None
