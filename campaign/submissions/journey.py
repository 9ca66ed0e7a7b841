"""What became of the photos that one fan sent, step by step."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from campaign.accounts.actor import Actor
from campaign.campaigns.views import CampaignView, view_campaigns
from campaign.clock import database_now
from campaign.submissions.duplicates import keepable
from campaign.submissions.editing import can_edit
from campaign.submissions.hooks import Step, chapters_of
from campaign.submissions.models import Submission, SubmissionState
from campaign.submissions.views import PhotoView, photo_view
from campaign.submissions.withdrawal import can_withdraw
from campaign.submissions.words import STATES, Words, is_duplicate, reason_of, words_of

ON_THE_WAY = (
    SubmissionState.TICKETED,
    SubmissionState.RECEIVED,
    SubmissionState.READY,
    SubmissionState.PUBLISHED,
)
"""States after which there is more to come, so that the steps ahead are shown."""


class SentTwice(NamedTuple):
    """The fan's earlier photo that this one was the same as, and whether they may say that it is another.

    `first_id` is None where that photo was erased.
    """

    first_id: UUID | None
    can_keep: bool


class Sent(NamedTuple):
    """One row of “My photos”."""

    photo: PhotoView
    campaign: CampaignView
    words: Words
    steps: list[Step]
    can_edit: bool
    can_withdraw: bool
    twice: SentTwice | None


def sent_photos(submissions: Sequence[Submission], actor: Actor) -> list[Sent]:
    """The rows for submissions that were loaded with their campaigns; a fixed number of queries."""
    campaigns = {submission.campaign.id: submission.campaign for submission in submissions}
    views = {view.id: view for view in view_campaigns(list(campaigns.values()))}
    told = timelines(submissions)
    copies = [submission.id for submission in submissions if is_duplicate(submission)]
    may_be_kept = keepable(copies) if copies else ()
    return [
        Sent(
            photo_view(submission, actor),
            views[submission.campaign_id],
            present_words(submission, told[submission.id], can_keep=submission.id in may_be_kept),
            told[submission.id],
            can_edit(submission),
            can_withdraw(submission),
            sent_twice(submission, may_be_kept),
        )
        for submission in submissions
    ]


def sent_twice(submission: Submission, may_be_kept: Container[UUID]) -> SentTwice | None:
    """Which photo was kept in the place of this one; None for one that was not sent before."""
    if not is_duplicate(submission):
        return None
    return SentTwice(submission.duplicate_of_id, submission.id in may_be_kept)


def twice_of(submission: Submission) -> SentTwice | None:
    """The same for one photo; asks the database about a duplicate only."""
    return sent_twice(submission, keepable([submission.id])) if is_duplicate(submission) else None


def timelines(submissions: Sequence[Submission]) -> Mapping[UUID, list[Step]]:
    """Every photo's steps, from the phone to the announcement; a fixed number of queries."""
    chapters = chapters_of(submissions, database_now())
    return {submission.id: _steps(submission, chapters.get(submission.id, ())) for submission in submissions}


def present_words(submission: Submission, steps: Sequence[Step], *, can_keep: bool = False) -> Words:
    """Where the photo stands: the state's words, or those of the last step that happened after publication."""
    own = words_of(submission, can_keep=can_keep)
    if submission.state is not SubmissionState.PUBLISHED:
        return own
    told = [step for step in steps if step.done]
    last = told[-1] if told else None
    return own if last is None or last.step == "published" else Words(last.label, last.words, "")


def _steps(submission: Submission, chapters: Sequence[Step]) -> list[Step]:
    own = _own_steps(submission)
    if submission.state in ON_THE_WAY:
        return [*own, *chapters]
    been = [step for step in (*own, *chapters) if step.done]
    end = _end(submission)
    return [*been, end] if end else been


def _own_steps(submission: Submission) -> list[Step]:
    """What this slice knows of, as far as a photo can go in it."""
    received = None if submission.state is SubmissionState.TICKETED else submission.received_at
    return [
        Step("received", "Received", "Your photo reached us.", received),
        Step("looked_at", "Looked at", "A person from the show looked at your photo.", submission.decided_at),
        Step("published", "In the gallery", "Everybody can see your photo.", submission.published_at),
    ]


def _end(submission: Submission) -> Step | None:
    """The last step of a photo that goes no further."""
    words = words_of(submission)
    match submission.state:
        case SubmissionState.REJECTED:
            at = submission.rejected_at or submission.received_at or submission.created_at
            if is_duplicate(submission):
                return Step("duplicate", words.title, reason_of(submission), at)
            return Step("another_try", "Needs another try", reason_of(submission), at)
        case SubmissionState.DECLINED:
            return Step("declined", "Declined", reason_of(submission), submission.decided_at)
        case SubmissionState.WITHDRAWN:
            return Step("withdrawn", words.title, words.sentence, submission.withdrawn_at)
        case SubmissionState.EXPIRED:
            return Step("never_sent", words.title, STATES[submission.state].sentence, submission.ticket_expires_at)
        case _:
            return None
