"""What a fan sees of a release: the words, their photo, and two buttons."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign.accounts.authentication import current_actor
from campaign.awards.models import Answer, Release
from campaign.awards.queries import release_of, releases_to
from campaign.awards.releases import answer_release
from campaign.awards.views import view_release, view_releases
from campaign.db import transaction
from campaign.errors import Conflict, InvalidInput, SignInNeeded
from campaign.web.pagination import paginate

pages = Blueprint("awards", __name__)

THANKS = {
    Answer.ACCEPTED: "Thank you. You said yes, and we have written that down.",
    Answer.REFUSED: "That is fine. You said no, and we have written that down. Your photo stays where it is.",
}


@pages.get("/me/releases")
def releases() -> ResponseReturnValue:
    """Everything this fan was asked; nobody else's."""
    actor = current_actor()
    if actor.person_id is None:
        raise SignInNeeded("Sign in, and what you are asked is here.")
    page = paginate(releases_to(actor.person_id), at=Release.created_at, cursor=request.args.get("after"))
    return render_template("awards/releases.html", releases=view_releases(page.items), next_cursor=page.next_cursor)


@pages.get("/me/releases/<uuid:release_id>")
def release(release_id: UUID) -> ResponseReturnValue:
    """One question. For everybody but the fan who is asked there is nothing here."""
    view = view_release(release_of(current_actor(), release_id))
    return render_template("awards/release.html", release=view, campaign=view.campaign, photo=view.photo)


@pages.post("/me/releases/<uuid:release_id>/answer")
def answer(release_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    given = next((one for one in Answer if one.value == request.form.get("answer")), None)
    if given is None:
        release_of(actor, release_id)  # who may not know of it learns nothing else
        raise InvalidInput("Tap yes or no.", fields={"answer": "accepted or refused"})
    try:
        with transaction():
            answer_release(actor, release_id, given)
    except Conflict as problem:
        flash(problem.message, "refused")
    else:
        flash(THANKS[given])
    return redirect(url_for("awards.release", release_id=release_id))
