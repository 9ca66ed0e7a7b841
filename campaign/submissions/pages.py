"""What everybody sees of a photo."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from campaign.accounts.authentication import current_actor
from campaign.accounts.permissions import can
from campaign.campaigns.views import view_campaign
from campaign.submissions.models import SubmissionState
from campaign.submissions.queries import newer_and_older, visible_submission
from campaign.submissions.search import Wanted
from campaign.submissions.views import photo_view
from campaign.submissions.words import words_of

pages = Blueprint("submissions", __name__)


@pages.get("/photos/<uuid:id>")
def photo(id: UUID) -> ResponseReturnValue:  # noqa: A002 -- the name in the address
    """One photo with its neighbours in the gallery; one that is not published only for those who may see it."""
    actor = current_actor()
    submission = visible_submission(actor, id)
    is_public = submission.state is SubmissionState.PUBLISHED
    wanted = Wanted.read(request.args)
    newer, older = newer_and_older(submission, wanted) if is_public else (None, None)
    return render_template(
        "submissions/photo.html",
        photo=photo_view(submission, actor),
        campaign=view_campaign(submission.campaign),
        newer=photo_view(newer, actor) if newer else None,
        older=photo_view(older, actor) if older else None,
        wanted=wanted,
        words=words_of(submission),
        can_decide=can(actor, "submission.decide", submission),
    )
