"""Submissions for programs, and for the scripts of our own pages."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from campaign.accounts.authentication import current_actor
from campaign.accounts.idempotency import naturally_idempotent
from campaign.accounts.permissions import require
from campaign.campaigns.queries import campaign_by_slug
from campaign.db import transaction
from campaign.extensions import settings, storage
from campaign.submissions.arrival import complete_submission
from campaign.submissions.gallery import published_page
from campaign.submissions.intake import Entry, issue_submission_ticket
from campaign.submissions.limits import photo_limits
from campaign.submissions.models import Submission, SubmissionState
from campaign.submissions.queries import in_state, submission_of, visible_submission
from campaign.submissions.schemas import (
    IssuedOut,
    SubmissionIn,
    SubmissionList,
    SubmissionOut,
    SubmissionQuery,
    TicketOut,
)
from campaign.submissions.search import matching
from campaign.submissions.tickets import refresh_ticket
from campaign.submissions.views import submission_document
from campaign.submissions.withdrawal import withdraw_submission
from campaign.web.api import api_blueprint
from campaign.web.pagination import Page, page_asked
from campaign.web.times import iso
from uploads.objects import PresignedPut

api = api_blueprint("submissions")


@api.get("/campaigns/<slug>/submissions")
@api.input(SubmissionQuery, location="query")
@api.output(SubmissionList)
def list_submissions(slug: str, query_data: SubmissionQuery) -> dict[str, Any]:
    """Published photos, newest first, as they are asked for; in other states for the desk."""
    actor = current_actor()
    campaign = campaign_by_slug(slug, actor)
    if query_data.state is SubmissionState.PUBLISHED:
        page = published_page(campaign.id, query_data.wanted, cursor=query_data.cursor, limit=query_data.limit)
        return _list(page)
    require(actor, "submission.decide", campaign)
    query = matching(in_state(campaign.id, query_data.state), query_data.wanted)
    return _list(page_asked(query, query_data, at=Submission.created_at))


@api.post("/campaigns/<slug>/submissions")
@api.input(SubmissionIn)
@api.output(IssuedOut, status_code=201)
def post_submission(slug: str, json_data: SubmissionIn) -> dict[str, Any]:
    """Take one of the fan's entries; answers with the request that brings the photo."""
    actor = current_actor()
    entry = Entry(
        caption=json_data.caption,
        place=json_data.place,
        category=json_data.category,
        rules_version=json_data.rules_version,
        filename=json_data.photo.filename,
        content_type=json_data.photo.content_type,
        bytes=json_data.photo.bytes,
    )
    with transaction():
        issued = issue_submission_ticket(
            actor,
            campaign_by_slug(slug, actor),
            entry,
            storage=storage(),
            limits=photo_limits(settings()),
            seconds=settings().ticket_seconds,
        )
        taken = {"id": str(issued.submission.id), "state": issued.submission.state.value}
    return {**taken, "upload": _upload(issued.put)}


@api.post("/submissions/<uuid:submission_id>/ticket")
@naturally_idempotent
@api.output(TicketOut)
def post_ticket(submission_id: UUID) -> dict[str, Any]:
    """A fresh signature for the same ticket, while it lives."""
    with transaction():
        put = refresh_ticket(current_actor(), submission_id, storage=storage())
    return {"upload": _upload(put)}


@api.post("/submissions/<uuid:submission_id>/complete")
@naturally_idempotent
@api.output(SubmissionOut, status_code=202)
def post_complete(submission_id: UUID) -> dict[str, Any]:
    """“The photo is there”: checked, then queued. Saying it twice changes nothing."""
    complete_submission(current_actor(), submission_id, storage=storage())
    return submission_document(submission_of(submission_id))


@api.get("/submissions/<uuid:submission_id>")
@api.output(SubmissionOut)
def get_submission(submission_id: UUID) -> dict[str, Any]:
    """One submission: for everybody once it is published, before that for its fan and the desk."""
    return submission_document(visible_submission(current_actor(), submission_id))


@api.post("/submissions/<uuid:submission_id>/withdraw")
@api.output(SubmissionOut)
def post_withdraw(submission_id: UUID) -> dict[str, Any]:
    """Take one's own photo back; its pictures are deleted and the entry is free again."""
    with transaction():
        withdraw_submission(current_actor(), submission_id)
    return submission_document(submission_of(submission_id))


def _list(page: Page[Submission]) -> dict[str, Any]:
    return {"data": [submission_document(item) for item in page.items], "next_cursor": page.next_cursor}


def _upload(put: PresignedPut) -> dict[str, Any]:
    return {"method": put.method, "url": put.url, "headers": put.headers, "expires_at": iso(put.expires_at)}
