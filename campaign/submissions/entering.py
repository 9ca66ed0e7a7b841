"""The page where a fan enters. Its script sends photos straight to the store; this form does without the script."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge

from campaign.accounts.actor import Actor
from campaign.accounts.authentication import current_actor
from campaign.accounts.form_keys import claim_post, give_back_post, key_of_post
from campaign.accounts.permissions import require
from campaign.campaigns.hooks import gallery
from campaign.campaigns.models import Campaign
from campaign.campaigns.queries import campaign_by_slug
from campaign.campaigns.views import view_campaign
from campaign.clock import database_now
from campaign.db import db
from campaign.errors import Conflict, Unavailable
from campaign.extensions import settings, storage
from campaign.submissions.entries import unarrived_until
from campaign.submissions.intake import is_old_enough, require_open
from campaign.submissions.limits import photo_limits
from campaign.submissions.pages import pages
from campaign.submissions.posting import (
    CHOOSE_AGAIN,
    Form,
    chosen_files,
    complaints,
    content_of,
    entry_of,
    read_form,
    take_in,
)
from campaign.submissions.wording import LONGEST_CAPTION, LONGEST_PLACE
from campaign.web.errors import RETRY_SECONDS

ALL_SENT = "You have sent every photo this campaign takes from one fan. To send another, take one of these back first."
TOO_LARGE = "That is larger than the {most} MB we can take at once. Pick a smaller photo, or send several one by one."
ARRIVED = "Your photo reached us. A person from the show looks at it next, usually within a day."
ALL_ARRIVED = (
    "Your {count} photos reached us, and a person from the show looks at them next. They share the words you wrote; "
    "“Change the words” gives each its own."
)
SOME_ARRIVED = "{sent} of your {count} photos reached us; do not send those again. Then it stopped: {why}"
CAME_TWICE = "That came to us twice, so it counts once. Here is all that has reached us from you."

HELPED_BY_AGAIN = frozenset({"rules_changed", "store_silent", Unavailable.code})
"""What sending the same photo once more may get past; after other refusals nobody is asked to choose it again."""


@pages.get("/c/<slug>/enter")
def enter(slug: str) -> ResponseReturnValue:
    """First the age, then sign-in, then the form. Who has a photo on its way may go on with it whatever else holds."""
    actor = current_actor()
    campaign = campaign_by_slug(slug, actor)
    now = database_now()
    until = unarrived_until(campaign.id, actor.person_id, now) if actor.person_id else None
    try:
        require_open(campaign, now)
    except Conflict as refused:
        if until is None:
            flash(refused.message, "refused")
            return redirect(url_for("campaigns.show", slug=campaign.slug))
        return _page(campaign, Form(), until=until)
    away = _turned_away(campaign, actor)
    if away is not None:
        return away
    if gallery().entries_left(campaign, actor) == 0:
        if until is None:
            flash(ALL_SENT)
            return redirect(url_for("submissions.mine"))
        return _page(campaign, Form(), until=until)
    return _page(campaign, Form())


@pages.post("/c/<slug>/enter")
def send(slug: str) -> ResponseReturnValue:
    """Whatever is refused, the page comes back with all that was typed."""
    actor = current_actor()
    campaign = campaign_by_slug(slug, actor)
    away = _turned_away(campaign, actor)
    if away is not None:
        return away
    form, files = read_form(request.form), chosen_files(request.files)
    key = key_of_post(request.form.get("once", ""), content_of(form, files))
    if not claim_post(actor, key):
        flash(CAME_TWICE)
        return redirect(url_for("submissions.mine"))
    answer = _take_in_or_say_why(actor, slug, form, files)
    if not form.sent:
        give_back_post(actor, key)
    return answer


def _take_in_or_say_why(actor: Actor, slug: str, form: Form, files: Sequence[FileStorage]) -> ResponseReturnValue:
    campaign = campaign_by_slug(slug, actor)
    try:
        require_open(campaign, database_now())
        left = gallery().entries_left(campaign, actor) or len(files)  # with none left, the verb says why in full
        form.errors = complaints(form, files, campaign, photo_limits(settings()), left=left)
        if form.errors:
            return _page(campaign, form), 422
        _take_in_all(actor, campaign, form, files)
    except (Conflict, Unavailable) as refused:
        db.session.rollback()
        form.errors["consent" if refused.code == "rules_changed" else ""] = refused.message
        if refused.code in HELPED_BY_AGAIN:
            form.errors["photo"] = CHOOSE_AGAIN
        page = _page(campaign_by_slug(slug, actor), form)
        return (page, 409) if isinstance(refused, Conflict) else (page, 503, {"Retry-After": RETRY_SECONDS})
    flash(ARRIVED if len(files) == 1 else ALL_ARRIVED.format(count=len(files)))
    return redirect(url_for("submissions.mine"))


@pages.errorhandler(RequestEntityTooLarge)
def too_large(problem: RequestEntityTooLarge) -> ResponseReturnValue:
    """The body was never read, so the words are gone from the form; say at least why."""
    if request.endpoint != "submissions.send" or not request.view_args:
        return problem
    actor = current_actor()
    campaign = campaign_by_slug(request.view_args["slug"], actor)
    message = TOO_LARGE.format(most=settings().max_photo_bytes // 2**20)
    return _turned_away(campaign, actor) or (_page(campaign, Form(errors={"photo": message})), 413)


def _turned_away(campaign: Campaign, actor: Actor) -> ResponseReturnValue | None:
    """Somewhere better to go than the form; raises SignInNeeded where that is what is missing."""
    if not is_old_enough(actor, campaign):
        onward = url_for("submissions.enter", slug=campaign.slug)
        return redirect(url_for("campaigns.age", slug=campaign.slug, next=onward))
    require(actor, "submission.create", campaign)
    return None


def _take_in_all(actor: Actor, campaign: Campaign, form: Form, files: Sequence[FileStorage]) -> None:
    """One after the other, each with an entry of its own. What stopped it says how many had arrived before."""
    for file in files:
        try:
            take_in(
                actor,
                campaign,
                entry_of(form, file),
                file,
                storage=storage(),
                limits=photo_limits(settings()),
                seconds=settings().ticket_seconds,
            )
        except (Conflict, Unavailable) as refused:
            if form.sent:
                refused.message = SOME_ARRIVED.format(sent=form.sent, count=len(files), why=refused.message)
            raise
        form.sent += 1


def _page(campaign: Campaign, form: Form, *, until: datetime | None = None) -> str:
    """`until` where nothing more can be chosen, and a photo that is on its way may still arrive."""
    left = gallery().entries_left(campaign, current_actor())
    return render_template(
        "submissions/enter.html",
        campaign=view_campaign(campaign),
        categories=campaign.categories,
        wanted=campaign.wanted,
        rules=campaign.current_rules,
        form=form,
        until=until,
        entries_left=left,
        closes_at=campaign.closes_at,
        most_bytes=settings().max_photo_bytes,
        longest_caption=LONGEST_CAPTION,
        longest_place=LONGEST_PLACE,
    )
