"""What the desk's API gives of a photo and of decisions made together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from campaign.accounts.actor import Actor
from campaign.submissions.batches import Outcome
from campaign.submissions.desk_views import facts_of
from campaign.submissions.duplicates import count_near_duplicates
from campaign.submissions.file_claims import FileClaims
from campaign.submissions.models import Submission, SubmissionState
from campaign.submissions.presence import Watcher, watchers
from campaign.submissions.sight import sight_of
from campaign.submissions.twins import Twin, twins_of
from campaign.submissions.views import submission_document
from campaign.web.times import iso


def desk_document(
    submission: Submission, actor: Actor, watching: Sequence[Watcher], *, alike: int = 0
) -> dict[str, Any]:
    """A submission loaded with `DESK_WHOLE`; `alike` is how many others look like it."""
    assignee, asker, decider = submission.assignee, submission.asker, submission.decider
    asked = submission.opinion_asked_at
    waits = submission.state is SubmissionState.READY
    return {
        "submission": submission_document(submission),
        "seen": sight_of(submission),
        "waiting_since": iso(submission.ready_at or submission.created_at) if waits else None,
        "assigned_to": {"id": str(assignee.id), "display_name": assignee.display_name} if assignee else None,
        "second_opinion": {
            "by": asker.display_name if asker else "",
            "note": submission.opinion_note,
            "asked_at": iso(asked),
        }
        if asked
        else None,
        "decided_by": decider.display_name if decider else None,
        "looked_at_by": [one.name for one in watching if one.person_id != actor.person_id],
        "near_duplicate_count": alike,
        "duplicate_of": str(submission.duplicate_of_id) if submission.duplicate_of_id else None,
    }


def desk_photo_document(submission: Submission, actor: Actor) -> dict[str, Any]:
    """The same with the photos that look like it, and the facts about file, fan and history."""
    facts = facts_of(submission)
    watching = watchers([submission.id]).get(submission.id, ())
    alike = count_near_duplicates([submission.id]).get(submission.id, 0)
    return {
        **desk_document(submission, actor, watching, alike=alike),
        "near_duplicates": [_twin_document(twin) for twin in twins_of(submission)] if alike else [],
        "facts": {
            "format": facts.format,
            "bytes": facts.bytes,
            "filename": facts.filename,
            **_claims_document(facts.claims),
            "others": [{"id": str(one.id), "caption": one.caption, "state": one.state} for one in facts.others],
            "others_count": facts.others_count,
            "history": [{"who": did.who, "what": did.what, "at": iso(did.at), "why": did.why} for did in facts.history],
            "can_try_again": facts.can_try_again,
        },
    }


def _twin_document(twin: Twin) -> dict[str, Any]:
    return {
        **submission_document(twin.submission),
        "distance": twin.distance,
        "is_same_file": twin.is_same_file,
        "by_the_same_fan": twin.is_own,
        "decided_by": twin.decided_by or None,
        "decided_at": iso(twin.submission.decided_at) or None,
        **_claims_document(twin.claims),
    }


def _claims_document(claims: FileClaims) -> dict[str, Any]:
    return {
        "taken_at": claims.taken_at,
        "camera_make": claims.camera_make,
        "has_location": claims.has_location,
        "stated_provenance": list(claims.provenance),
    }


def outcome_document(outcome: Outcome) -> dict[str, Any]:
    return {
        "batch": str(outcome.batch_id) if outcome.batch_id else None,
        "done": [str(one) for one in outcome.done],
        "skipped": [{"id": str(one.submission_id), "caption": one.caption, "why": one.why} for one in outcome.skipped],
    }
