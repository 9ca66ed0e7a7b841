"""Moderation for programs: the desk's lists, decisions about one photo or several, whose it is, second opinions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from campaign.accounts.authentication import current_actor
from campaign.accounts.permissions import require
from campaign.campaigns.queries import campaign_by_slug
from campaign.db import transaction
from campaign.submissions.api import api
from campaign.submissions.assigning import assign_submission, crew_of
from campaign.submissions.batches import Deed, Pick, decide_together, undo_batch
from campaign.submissions.desk_documents import desk_document, desk_photo_document, outcome_document
from campaign.submissions.duplicates import count_near_duplicates
from campaign.submissions.mending import try_photo_again
from campaign.submissions.moderation import decline_submission, publish_submission, undo_decision
from campaign.submissions.moderation_queries import desk_page, photo_for_desk
from campaign.submissions.moderation_schemas import (
    AssignmentIn,
    CrewList,
    DecisionIn,
    DeskList,
    DeskOut,
    DeskPhotoOut,
    DeskQuery,
    OpinionIn,
    OutcomeOut,
    TogetherIn,
)
from campaign.submissions.opinions import ask_second_opinion, drop_second_opinion
from campaign.submissions.presence import watchers
from campaign.submissions.queries import submission_of
from campaign.submissions.schemas import SubmissionOut
from campaign.submissions.views import submission_document


@api.get("/campaigns/<slug>/moderation")
@api.input(DeskQuery, location="query")
@api.output(DeskList)
def list_for_desk(slug: str, query_data: DeskQuery) -> dict[str, Any]:
    """The photos of one state with what only the desk knows, narrowed by filters."""
    actor = current_actor()
    campaign = campaign_by_slug(slug, actor)
    require(actor, "submission.decide", campaign)
    page = desk_page(campaign.id, actor, query_data.wanted, limit=query_data.limit)
    watching = watchers([one.id for one in page.items])
    alike = count_near_duplicates([one.id for one in page.items])
    data = [desk_document(one, actor, watching.get(one.id, ()), alike=alike.get(one.id, 0)) for one in page.items]
    return {"data": data, "next_cursor": page.next_cursor}


@api.get("/campaigns/<slug>/crew")
@api.output(CrewList)
def list_crew(slug: str) -> dict[str, Any]:
    """Everybody a photo of this campaign can be given to."""
    actor = current_actor()
    campaign = campaign_by_slug(slug, actor)
    require(actor, "submission.decide", campaign)
    return {"data": [{"id": str(one.id), "display_name": one.display_name} for one in crew_of(campaign.id)]}


@api.get("/submissions/<uuid:submission_id>/moderation")
@api.output(DeskPhotoOut)
def get_for_desk(submission_id: UUID) -> dict[str, Any]:
    """One photo as the desk sees it: whose it is, who looks at it, the file, the fan's others, what was done."""
    actor = current_actor()
    submission = photo_for_desk(submission_id)
    require(actor, "submission.decide", submission)
    return desk_photo_document(submission, actor)


@api.post("/submissions/<uuid:submission_id>/decision")
@api.input(DecisionIn)
@api.output(SubmissionOut)
def post_decision(submission_id: UUID, json_data: DecisionIn) -> dict[str, Any]:
    """Publish, or decline with a reason that the fan reads."""
    actor = current_actor()
    with transaction():
        if json_data.decision == "publish":
            publish_submission(actor, submission_id, seen=json_data.seen)
        else:
            decline_submission(actor, submission_id, json_data.reason, seen=json_data.seen)
    return submission_document(submission_of(submission_id))


@api.delete("/submissions/<uuid:submission_id>/decision")
@api.output(SubmissionOut)
def delete_decision(submission_id: UUID) -> dict[str, Any]:
    """Put the photo back among those that wait."""
    with transaction():
        undo_decision(current_actor(), submission_id)
    return submission_document(submission_of(submission_id))


@api.post("/campaigns/<slug>/decisions")
@api.input(TogetherIn)
@api.output(OutcomeOut)
def post_decisions(slug: str, json_data: TogetherIn) -> dict[str, Any]:
    """Publish, decline or assign up to a hundred photos; those that could not be are named with the reason."""
    actor = current_actor()
    deed = Deed(json_data.action, json_data.reason, json_data.person_id)
    picks = [Pick(one.id, one.seen) for one in json_data.photos]
    with transaction():
        outcome = decide_together(actor, campaign_by_slug(slug, actor), deed, picks)
    return outcome_document(outcome)


@api.post("/decisions/<uuid:batch_id>/undo")
@api.output(OutcomeOut)
def post_undo(batch_id: UUID) -> dict[str, Any]:
    """Put back all that was decided together, where it still is as that left it; the rest is named."""
    with transaction():
        outcome = undo_batch(current_actor(), batch_id)
    return outcome_document(outcome)


@api.put("/submissions/<uuid:submission_id>/assignment")
@api.input(AssignmentIn)
@api.output(DeskOut)
def put_assignment(submission_id: UUID, json_data: AssignmentIn) -> dict[str, Any]:
    """Give the photo to one of the crew, or to nobody."""
    actor = current_actor()
    with transaction():
        assign_submission(actor, submission_id, json_data.person_id)
    return _one(submission_id)


@api.put("/submissions/<uuid:submission_id>/second-opinion")
@api.input(OpinionIn)
@api.output(DeskOut)
def put_second_opinion(submission_id: UUID, json_data: OpinionIn) -> dict[str, Any]:
    """Ask the others of the crew what they think; a decision ends it."""
    actor = current_actor()
    with transaction():
        ask_second_opinion(actor, submission_id, json_data.note, of=json_data.person_id)
    return _one(submission_id)


@api.delete("/submissions/<uuid:submission_id>/second-opinion")
@api.output(DeskOut)
def delete_second_opinion(submission_id: UUID) -> dict[str, Any]:
    """Take the question back."""
    with transaction():
        drop_second_opinion(current_actor(), submission_id)
    return _one(submission_id)


@api.post("/submissions/<uuid:submission_id>/again")
@api.output(DeskOut, status_code=202)
def post_again(submission_id: UUID) -> dict[str, Any]:
    """Let a photo that we failed to open be tried once more. Possible for a week after it reached us."""
    with transaction():
        try_photo_again(current_actor(), submission_id)
    return _one(submission_id)


def _one(submission_id: UUID) -> dict[str, Any]:
    watching = watchers([submission_id]).get(submission_id, ())
    alike = count_near_duplicates([submission_id]).get(submission_id, 0)
    return desk_document(photo_for_desk(submission_id), current_actor(), watching, alike=alike)
