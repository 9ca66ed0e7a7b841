"""What became of the photos that one fan sent, step by step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from campaign.accounts.actor import Actor
from campaign.campaigns.views import CampaignView, view_campaigns
from campaign.submissions.models import Submission, SubmissionState
from campaign.submissions.views import PhotoView, photo_view
from campaign.submissions.withdrawal import can_withdraw
from campaign.submissions.words import Words, words_of


class Step(NamedTuple):
    """One stop on the way; `at` is None where it lies ahead."""

    label: str
    at: datetime | None
    done: bool


class Sent(NamedTuple):
    """One row of “My photos”."""

    photo: PhotoView
    campaign: CampaignView
    words: Words
    steps: list[Step]
    can_withdraw: bool


def sent_photos(submissions: Sequence[Submission], actor: Actor) -> list[Sent]:
    """The rows for submissions that were loaded with their campaigns; a fixed number of queries."""
    campaigns = {submission.campaign.id: submission.campaign for submission in submissions}
    views = {view.id: view for view in view_campaigns(list(campaigns.values()))}
    return [
        Sent(
            photo_view(submission, actor),
            views[submission.campaign_id],
            words_of(submission),
            steps_of(submission),
            can_withdraw(submission),
        )
        for submission in submissions
    ]


def steps_of(submission: Submission) -> list[Step]:
    """From the phone to the gallery, as far as this photo can go."""
    ways = [
        ("Sent", submission.received_at),
        ("Made ready", submission.ready_at),
        ("Looked at by a person", submission.decided_at),
        ("In the gallery", submission.published_at),
    ]
    if submission.state in (SubmissionState.TICKETED, SubmissionState.EXPIRED):
        ways[0] = ("Sent", None)
    ends = {SubmissionState.EXPIRED: 1, SubmissionState.REJECTED: 2, SubmissionState.DECLINED: 3}
    if submission.state is SubmissionState.WITHDRAWN:
        been = [(label, at) for label, at in ways if at is not None]
        ways = [*been, ("Taken back", submission.withdrawn_at)]
    return [Step(label, at, at is not None) for label, at in ways[: ends.get(submission.state)]]
