"""What everybody sees of a photo, and what a fan sees of their own."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign.accounts.authentication import current_actor
from campaign.accounts.permissions import can, require
from campaign.campaigns.views import view_campaign
from campaign.db import transaction
from campaign.errors import SignInNeeded
from campaign.submissions.journey import sent_photos
from campaign.submissions.models import Submission, SubmissionState
from campaign.submissions.queries import newer_and_older, sent_by, visible_submission
from campaign.submissions.views import photo_view
from campaign.submissions.withdrawal import withdraw_submission
from campaign.submissions.words import words_of
from campaign.web.pagination import paginate

pages = Blueprint("submissions", __name__)


@pages.get("/photos/<uuid:id>")
def photo(id: UUID) -> ResponseReturnValue:  # noqa: A002 -- the name in the address
    """One photo with its neighbours in the gallery; one that is not published only for those who may see it."""
    actor = current_actor()
    submission = visible_submission(actor, id)
    is_public = submission.state is SubmissionState.PUBLISHED
    newer, older = newer_and_older(submission) if is_public else (None, None)
    return render_template(
        "submissions/photo.html",
        photo=photo_view(submission, actor),
        campaign=view_campaign(submission.campaign),
        newer=photo_view(newer, actor) if newer else None,
        older=photo_view(older, actor) if older else None,
        words=words_of(submission),
        can_decide=can(actor, "submission.decide", submission),
    )


@pages.get("/me/photos")
def mine() -> ResponseReturnValue:
    actor = current_actor()
    if actor.person_id is None:
        raise SignInNeeded("Sign in, and your photos are here.")
    page = paginate(
        sent_by(actor.person_id),
        at=Submission.created_at,
        identity=Submission.id,
        cursor=request.args.get("after"),
    )
    entries = sent_photos(page.items, actor)
    return render_template("submissions/mine.html", entries=entries, next_cursor=page.next_cursor)


@pages.get("/me/photos/<uuid:id>/withdraw")
def withdraw(id: UUID) -> ResponseReturnValue:  # noqa: A002 -- the name in the address
    """Asks once more, because the photo is deleted."""
    actor = current_actor()
    submission = visible_submission(actor, id)
    require(actor, "submission.withdraw", submission)
    return render_template(
        "submissions/withdraw.html",
        photo=photo_view(submission, actor),
        campaign=view_campaign(submission.campaign),
    )


@pages.post("/me/photos/<uuid:id>/withdraw")
def take_back(id: UUID) -> ResponseReturnValue:  # noqa: A002 -- the name in the address
    with transaction():
        withdraw_submission(current_actor(), id)
    flash("You took your photo back. It is gone from the gallery, and we are deleting it.")
    return redirect(url_for("submissions.mine"))
