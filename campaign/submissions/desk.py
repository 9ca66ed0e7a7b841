"""Where staff look at photos one by one and decide."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign.accounts.actor import Actor
from campaign.accounts.authentication import current_actor
from campaign.accounts.permissions import require
from campaign.campaigns.models import Campaign
from campaign.campaigns.queries import campaign_by_slug
from campaign.campaigns.views import view_campaign
from campaign.clock import database_now
from campaign.db import transaction
from campaign.errors import Conflict, InvalidInput
from campaign.submissions.models import Submission, SubmissionState
from campaign.submissions.moderation import decline_submission, publish_submission, undo_decision
from campaign.submissions.pages import pages
from campaign.submissions.queries import in_state, lately_decided, submission_of
from campaign.submissions.views import photo_view, photo_views
from campaign.web.pagination import Page, paginate

RECENT = 6
"""How many decisions are within reach of “undo” without a search."""


@pages.get("/desk/c/<slug>/moderation")
def moderation(slug: str) -> ResponseReturnValue:
    """The photos in one state; those that wait come oldest first. `photo` in the query opens one of them."""
    actor = current_actor()
    campaign = campaign_by_slug(slug, actor)
    require(actor, "submission.decide", campaign)
    state = _state(request.args.get("state", ""))
    page = _photos(campaign, state)
    now = database_now()
    selected = _selected(campaign, page)
    return render_template(
        "desk/moderation.html",
        campaign=view_campaign(campaign),
        waiting=photo_views(page.items, actor, now=now),
        selected=photo_view(selected, actor, now=now) if selected else None,
        decided=photo_views(lately_decided(campaign.id, RECENT), actor),
        state=state.value,
        next_cursor=page.next_cursor,
    )


@pages.post("/desk/photos/<uuid:id>/decision")
def decide(id: UUID) -> ResponseReturnValue:  # noqa: A002 -- the name in the address
    """Publish or decline, then on to the photo that has waited longest."""
    actor = current_actor()
    try:
        with transaction():
            submission = _decide(actor, id)
            slug, state = submission.campaign.slug, submission.state
    except (InvalidInput, Conflict) as refused:
        sentence = refused.fields.get("reason") if isinstance(refused, InvalidInput) else None
        flash(sentence or refused.message, "refused")
        slug = submission_of(id).campaign.slug
        return redirect(url_for("submissions.moderation", slug=slug, photo=id))
    flash(
        "It hangs in the gallery now." if state is SubmissionState.PUBLISHED else "Declined. The fan reads your reason."
    )
    return redirect(url_for("submissions.moderation", slug=slug))


@pages.post("/desk/photos/<uuid:id>/undo")
def undo(id: UUID) -> ResponseReturnValue:  # noqa: A002 -- the name in the address
    try:
        with transaction():
            undo_decision(current_actor(), id)
    except Conflict as refused:
        flash(refused.message, "refused")
    else:
        flash("Taken back. The photo waits for a decision again.")
    slug = submission_of(id).campaign.slug
    return redirect(url_for("submissions.moderation", slug=slug, photo=id))


def _decide(actor: Actor, submission_id: UUID) -> Submission:
    match request.form.get("decision"):
        case "publish":
            return publish_submission(actor, submission_id)
        case "decline":
            return decline_submission(actor, submission_id, request.form.get("reason", ""))
        case _:
            # Who may not decide learns that first, and nothing else.
            require(actor, "submission.decide", submission_of(submission_id))
            raise InvalidInput("Choose “publish” or “decline”.", fields={"decision": "publish or decline"})


def _state(given: str) -> SubmissionState:
    try:
        return SubmissionState(given or SubmissionState.READY)
    except ValueError:
        raise InvalidInput("Photos are never in that state. Start again from the desk.") from None


def _photos(campaign: Campaign, state: SubmissionState) -> Page[Submission]:
    return paginate(
        in_state(campaign.id, state),
        at=Submission.created_at,
        identity=Submission.id,
        cursor=request.args.get("after"),
        newest_first=state is not SubmissionState.READY,
    )


def _selected(campaign: Campaign, page: Page[Submission]) -> Submission | None:
    """The photo asked for, where it is one of this campaign's and there is a picture; else the first of the page."""
    wanted = request.args.get("photo", type=UUID)
    asked = [submission_of(wanted)] if wanted is not None else []
    candidates = [one for one in asked if one.campaign_id == campaign.id] + list(page.items[:1])
    return next((one for one in candidates if one.photo.renditions), None)
