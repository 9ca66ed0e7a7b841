"""“My photos”: what a fan sees of all that they sent, changes in it and takes back."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign.accounts.authentication import current_actor
from campaign.accounts.permissions import require
from campaign.campaigns.views import view_campaign
from campaign.db import db, transaction
from campaign.errors import Conflict, InvalidInput, SignInNeeded
from campaign.submissions.duplicates import keep_as_distinct
from campaign.submissions.editing import edit_submission, refuse_others, require_editable
from campaign.submissions.hooks import question_to
from campaign.submissions.journey import sent_photos
from campaign.submissions.models import Submission
from campaign.submissions.pages import pages
from campaign.submissions.queries import sent_by, visible_submission
from campaign.submissions.views import photo_view
from campaign.submissions.withdrawal import require_something_left, withdraw_submission
from campaign.submissions.wording import LONGEST_CAPTION, LONGEST_PLACE, Said
from campaign.submissions.words import withdrawal_words
from campaign.web.pagination import paginate


@pages.get("/me/photos")
def mine() -> ResponseReturnValue:
    actor = current_actor()
    if actor.person_id is None:
        raise SignInNeeded("Sign in, and your photos are here.")
    page = paginate(
        sent_by(actor.person_id),
        at=Submission.created_at,
        cursor=request.args.get("after"),
    )
    entries = sent_photos(page.items, actor)
    question = question_to(actor.person_id)
    return render_template("submissions/mine.html", entries=entries, next_cursor=page.next_cursor, question=question)


@pages.get("/me/photos/<uuid:id>/edit")
def edit(id: UUID) -> ResponseReturnValue:  # noqa: A002 -- the name in the address
    actor = current_actor()
    submission = visible_submission(actor, id)
    refuse_others(actor, submission)
    require_editable(submission)
    said = Said(submission.caption, submission.place, submission.category)
    return _edit_page(submission, said, {})


@pages.post("/me/photos/<uuid:id>/edit")
def keep_words(id: UUID) -> ResponseReturnValue:  # noqa: A002 -- the name in the address
    """What needs another look comes back as it was typed."""
    actor = current_actor()
    said = Said(*(request.form.get(name, "") for name in ("caption", "place", "category")))
    try:
        with transaction():
            edit_submission(actor, id, said)
    except InvalidInput as refused:
        db.session.rollback()
        return _edit_page(visible_submission(actor, id), said, refused.fields), 422
    flash("The new words are kept. Whoever looks at your photo next reads them.")
    return redirect(url_for("submissions.mine"))


@pages.get("/me/photos/<uuid:id>/withdraw")
def withdraw(id: UUID) -> ResponseReturnValue:  # noqa: A002 -- the name in the address
    """Asks once more, because the photo is deleted."""
    actor = current_actor()
    submission = visible_submission(actor, id)
    require(actor, "submission.withdraw", submission)
    require_something_left(submission)
    campaign = view_campaign(submission.campaign)
    return render_template(
        "submissions/withdraw.html",
        photo=photo_view(submission, actor),
        campaign=campaign,
        words=withdrawal_words(submission, campaign.state),
    )


@pages.post("/me/photos/<uuid:id>/withdraw")
def take_back(id: UUID) -> ResponseReturnValue:  # noqa: A002 -- the name in the address
    with transaction():
        withdraw_submission(current_actor(), id)
    flash("You took your photo back. Nobody sees it any more, and we are deleting it.")
    return redirect(url_for("submissions.mine"))


@pages.post("/me/photos/<uuid:id>/distinct")
def keep_both(id: UUID) -> ResponseReturnValue:  # noqa: A002 -- the name in the address
    """“They are two different photos.”"""
    actor = current_actor()
    refuse_others(actor, visible_submission(actor, id))
    try:
        with transaction():
            keep_as_distinct(actor, id)
        flash("Thank you for telling us. Both photos are with us now, and a person looks at this one too.")
    except Conflict as refused:
        flash(refused.message, "refused")
    return redirect(url_for("submissions.mine"))


def _edit_page(submission: Submission, said: Said, errors: dict[str, str]) -> str:
    campaign = submission.campaign
    return render_template(
        "submissions/edit.html",
        photo=photo_view(submission),
        campaign=view_campaign(campaign),
        categories=campaign.categories,
        said=said,
        errors=errors,
        longest_caption=LONGEST_CAPTION,
        longest_place=LONGEST_PLACE,
    )
