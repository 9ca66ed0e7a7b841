"""A fan's entries: each campaign takes a number of photos from each fan, and the numbers are handed out one by one."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from campaign.campaigns.models import Campaign
from campaign.db import db
from campaign.errors import Conflict
from campaign.submissions.models import GIVEN_BACK, Submission, SubmissionState
from campaign.submissions.tickets import expire
from campaign.web.times import when


def free_entry(campaign: Campaign, person_id: UUID, now: datetime) -> int:
    """The lowest entry number that is free, after giving back what the person's dead tickets took.

    Wants the lock on this person's entries. Raises Conflict when all are taken.
    """
    overdue = select(Submission).where(
        Submission.campaign_id == campaign.id,
        Submission.person_id == person_id,
        Submission.state == SubmissionState.TICKETED,
        Submission.ticket_expires_at <= now,
    )
    for submission in db.session.scalars(overdue.with_for_update().execution_options(populate_existing=True)):
        expire(submission)
    db.session.flush()
    taken = entries_taken(campaign.id, person_id, now)
    if len(taken) >= campaign.entry_limit:  # numbers above the limit count too: it may have been lowered since
        raise Conflict(_all_sent(campaign, person_id), code="entry_limit")
    return next(number for number in range(1, campaign.entry_limit + 1) if number not in taken)


def entries_taken(campaign_id: UUID, person_id: UUID, now: datetime) -> set[int]:
    """The numbers of this person's entries that are in use; a ticket past its time no longer counts."""
    query = select(Submission.entry_number).where(
        Submission.campaign_id == campaign_id,
        Submission.person_id == person_id,
        Submission.state.not_in(GIVEN_BACK),
        (Submission.state != SubmissionState.TICKETED) | (Submission.ticket_expires_at > now),
    )
    return {number for number in db.session.scalars(query) if number is not None}


def unarrived_until(campaign_id: UUID, person_id: UUID, now: datetime) -> datetime | None:
    """Until when photos that this person has tickets for may still arrive; None when there are none."""
    query = select(func.max(Submission.ticket_expires_at)).where(
        Submission.campaign_id == campaign_id,
        Submission.person_id == person_id,
        Submission.state == SubmissionState.TICKETED,
        Submission.ticket_expires_at > now,
    )
    return db.session.scalar(query)


def _all_sent(campaign: Campaign, person_id: UUID) -> str:
    limit = campaign.entry_limit
    sent = "the one photo" if limit == 1 else f"all {limit} photos"
    on_the_way = select(func.min(Submission.ticket_expires_at)).where(
        Submission.campaign_id == campaign.id,
        Submission.person_id == person_id,
        Submission.state == SubmissionState.TICKETED,
    )
    back_at = db.session.scalar(on_the_way)
    if back_at is not None:
        moment = when(back_at, campaign.time_zone)
        waiting = f"One of them has not arrived; if it does not, its entry is yours again on {moment}."
    else:
        waiting = "To send another, take one back first."
    return f"You have sent {sent} that “{campaign.title}” takes from each fan. {waiting}"
