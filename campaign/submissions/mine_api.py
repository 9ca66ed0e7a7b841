"""A fan's own submissions for programs: all of them with their story, and new words for one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from campaign.accounts.authentication import current_actor
from campaign.accounts.permissions import can, require
from campaign.db import transaction
from campaign.errors import SignInNeeded
from campaign.submissions.api import api
from campaign.submissions.duplicates import keep_as_distinct, keep_for_fan
from campaign.submissions.editing import edit_submission, refuse_others
from campaign.submissions.journey import Sent, sent_photos
from campaign.submissions.models import Submission
from campaign.submissions.queries import not_known, sent_by, submission_of
from campaign.submissions.schemas import Line, SubmissionOut
from campaign.submissions.views import submission_document
from campaign.submissions.wording import Said
from campaign.web.pagination import PageQuery, page_asked
from campaign.web.times import iso


class SubmissionEdit(BaseModel):
    """New words; what is left out stays."""

    model_config = ConfigDict(extra="forbid")

    caption: Line | None = Field(default=None, examples=["The last ferry"], description="1 to 280 characters.")
    place: Line | None = Field(default=None, examples=["Lisbon"], description="1 to 120 characters.")
    category: Line | None = Field(default=None, examples=["Streets"], description="One of the campaign's categories.")


class CampaignName(BaseModel):
    slug: str
    title: str


class WordsOut(BaseModel):
    """Where the photo stands, as its fan reads it."""

    title: str
    sentence: str
    next_step: str


class StepOut(BaseModel):
    """One stop on a photo's way; `at` is null where it lies ahead."""

    step: str = Field(examples=["received"], description="A stable name.")
    at: str | None = Field(examples=["2026-11-22T12:00:00Z"])
    words: str


class MySubmissionOut(SubmissionOut):
    """One's own submission: where it stands in words, its way so far and ahead, and what can still be done with it.

    `duplicate_of` is the photo that was kept in its place; `can_keep` says whether it may be taken in all the same.
    """

    campaign: CampaignName
    words: WordsOut
    timeline: list[StepOut]
    can_edit: bool
    can_withdraw: bool
    duplicate_of: UUID | None
    can_keep: bool


class MySubmissionList(BaseModel):
    data: list[MySubmissionOut]
    next_cursor: str | None


@api.get("/me/submissions")
@api.input(PageQuery, location="query")
@api.output(MySubmissionList)
def list_my_submissions(query_data: PageQuery) -> dict[str, Any]:
    """All that one sent, newest first, each with its way so far and ahead."""
    person_id = current_actor().person_id
    if person_id is None:
        raise SignInNeeded("Please sign in first, and your photos are here.")
    page = page_asked(sent_by(person_id), query_data, at=Submission.created_at)
    return {"data": _documents(page.items), "next_cursor": page.next_cursor}


@api.get("/me/submissions/<uuid:submission_id>")
@api.output(MySubmissionOut)
def get_my_submission(submission_id: UUID) -> dict[str, Any]:
    """One of one's own submissions with its way so far and ahead."""
    actor = current_actor()
    submission = submission_of(submission_id)
    if actor.is_signed_in and actor.person_id != submission.person_id:
        raise not_known()
    require(actor, "submission.view", submission)
    return _documents([submission])[0]


@api.patch("/submissions/<uuid:submission_id>")
@api.input(SubmissionEdit)
@api.output(MySubmissionOut)
def patch_submission(submission_id: UUID, json_data: SubmissionEdit) -> dict[str, Any]:
    """New words for one's own photo, until somebody from the show has looked at it."""
    actor = current_actor()
    with transaction():
        now = submission_of(submission_id)
        refuse_others(actor, now)
        given = Said(
            now.caption if json_data.caption is None else json_data.caption,
            now.place if json_data.place is None else json_data.place,
            now.category if json_data.category is None else json_data.category,
        )
        edit_submission(actor, submission_id, given)
    return _documents([submission_of(submission_id)])[0]


@api.post("/submissions/<uuid:submission_id>/distinct")
@api.output(SubmissionOut)
def post_distinct(submission_id: UUID) -> dict[str, Any]:
    """They are two different photos: one that was put aside as a duplicate is received once more.

    Its fan says so, or the desk for the fan. 409 for the very same file, once its bytes are gone (after a week), where
    the entry is used, and after the announcement.
    """
    actor, submission = current_actor(), submission_of(submission_id)
    is_for_another = actor.person_id != submission.person_id and can(actor, "submission.decide", submission)
    with transaction():
        (keep_for_fan if is_for_another else keep_as_distinct)(actor, submission_id)
    return submission_document(submission_of(submission_id))


def _documents(submissions: Sequence[Submission]) -> list[dict[str, Any]]:
    told = sent_photos(submissions, current_actor())
    return [_document(submission, sent) for submission, sent in zip(submissions, told, strict=True)]


def _document(submission: Submission, sent: Sent) -> dict[str, Any]:
    return {
        **submission_document(submission),
        "campaign": {"slug": sent.campaign.slug, "title": sent.campaign.title},
        "words": {"title": sent.words.title, "sentence": sent.words.sentence, "next_step": sent.words.next_step},
        "timeline": [{"step": step.step, "at": iso(step.at) or None, "words": step.words} for step in sent.steps],
        "can_edit": sent.can_edit,
        "can_withdraw": sent.can_withdraw,
        "duplicate_of": str(sent.twice.first_id) if sent.twice and sent.twice.first_id else None,
        "can_keep": sent.twice is not None and sent.twice.can_keep,
    }
