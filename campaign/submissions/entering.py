"""The page where a fan enters. Its script sends the photo straight to the store; this form does without the script."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge

from campaign.accounts.actor import Actor
from campaign.accounts.authentication import current_actor
from campaign.accounts.permissions import require
from campaign.campaigns.hooks import gallery
from campaign.campaigns.models import Campaign
from campaign.campaigns.queries import campaign_by_slug
from campaign.campaigns.views import view_campaign
from campaign.clock import database_now
from campaign.db import db, transaction
from campaign.errors import Conflict, InvalidInput
from campaign.extensions import settings, storage
from campaign.submissions.arrival import complete_submission
from campaign.submissions.intake import Entry, check_entry, is_old_enough, issue_submission_ticket, require_open
from campaign.submissions.limits import photo_limits
from campaign.submissions.pages import pages
from campaign.submissions.tickets import give_back
from uploads.objects import PresignedPut, StorageUnavailable

CONSENT = "Please read the rules and tick this. Without it we may not take your photo in."
NO_FILE = "Choose a photo first."
LONGEST_VERSION = 9
"""Digits; more is nobody's version."""
ALL_SENT = "You have sent every photo this campaign takes from one fan. To send another, take one of these back first."
TOO_LARGE = "This photo is larger than the {most} MB we can take. Pick a smaller one, or a smaller copy of it."
STORE_SILENT = "Our photo store does not answer just now. Your entry is still yours: please send it again in a minute."


@dataclass
class Form:
    """What stands in the fields, and a sentence beside each that needs another look; the one under "" is for all."""

    caption: str = ""
    place: str = ""
    errors: dict[str, str] = field(default_factory=dict)


@pages.get("/c/<slug>/enter")
def enter(slug: str) -> ResponseReturnValue:
    """First the age, then sign-in, then the form."""
    actor = current_actor()
    campaign = campaign_by_slug(slug, actor)
    away = _turned_away(campaign)
    if away is not None:
        return away
    if gallery().entries_left(campaign, actor) == 0:
        flash(ALL_SENT)
        return redirect(url_for("submissions.mine"))
    return _page(campaign, Form())


@pages.post("/c/<slug>/enter")
def send(slug: str) -> ResponseReturnValue:
    actor = current_actor()
    campaign = campaign_by_slug(slug, actor)
    away = _turned_away(campaign)
    if away is not None:
        return away
    file = request.files.get("photo")
    entry = _read_entry(file)
    form = Form(entry.caption, entry.place, _complaints(entry, file))
    if form.errors:
        return _page(campaign, form), 422
    try:
        _take_in(actor, campaign, entry, file)
    except Conflict as refused:
        db.session.rollback()
        form.errors["consent" if refused.code == "rules_changed" else ""] = refused.message
        return _page(campaign_by_slug(slug, actor), form), 409
    except StorageUnavailable:
        form.errors[""] = STORE_SILENT
        return _page(campaign_by_slug(slug, actor), form), 503
    flash("Your photo reached us. A person from the show looks at it next, usually within a day.")
    return redirect(url_for("submissions.mine"))


@pages.errorhandler(RequestEntityTooLarge)
def too_large(problem: RequestEntityTooLarge) -> ResponseReturnValue:
    """The body was never read, so the words are gone from the form; say at least why."""
    if request.endpoint != "submissions.send" or not request.view_args:
        return problem
    campaign = campaign_by_slug(request.view_args["slug"], current_actor())
    message = TOO_LARGE.format(most=settings().max_photo_bytes // 2**20)
    return _turned_away(campaign) or (_page(campaign, Form(errors={"photo": message})), 413)


def _turned_away(campaign: Campaign) -> ResponseReturnValue | None:
    """Somewhere better to go than the form; raises SignInNeeded where that is what is missing."""
    actor = current_actor()
    try:
        require_open(campaign, database_now())
    except Conflict as refused:
        flash(refused.message, "refused")
        return redirect(url_for("campaigns.show", slug=campaign.slug))
    if not is_old_enough(actor, campaign):
        onward = url_for("submissions.enter", slug=campaign.slug)
        return redirect(url_for("campaigns.age", slug=campaign.slug, next=onward))
    require(actor, "submission.create", campaign)
    return None


def _page(campaign: Campaign, form: Form) -> str:
    return render_template(
        "submissions/enter.html",
        campaign=view_campaign(campaign),
        rules=campaign.current_rules,
        form=form,
        entries_left=gallery().entries_left(campaign, current_actor()),
        closes_at=campaign.closes_at,
        most_bytes=settings().max_photo_bytes,
    )


def _read_entry(file: FileStorage | None) -> Entry:
    version = request.form.get("rules_version", "")
    return Entry(
        caption=request.form.get("caption", ""),
        place=request.form.get("place", ""),
        rules_version=int(version) if version.isdecimal() and len(version) < LONGEST_VERSION else 0,
        filename=file.filename or "" if file else "",
        content_type=file.mimetype if file else "",
        bytes=file.stream.seek(0, os.SEEK_END) if file else 0,
    )


def _complaints(entry: Entry, file: FileStorage | None) -> dict[str, str]:
    complaints: dict[str, str] = {}
    try:
        check_entry(entry, photo_limits(settings()))
    except InvalidInput as refused:
        complaints |= refused.fields
    if not file:
        complaints["photo"] = NO_FILE
    if not request.form.get("consent"):
        complaints["consent"] = CONSENT
    return complaints


def _take_in(actor: Actor, campaign: Campaign, entry: Entry, file: FileStorage | None) -> None:
    """The same three steps as with the script: ticket, bytes, complete. The app carries the bytes itself."""
    assert file is not None
    with transaction():
        issued = issue_submission_ticket(
            actor,
            campaign,
            entry,
            storage=storage(),
            limits=photo_limits(settings()),
            seconds=settings().ticket_seconds,
        )
        submission_id, key = issued.submission.id, issued.submission.photo.incoming_key
    try:
        _carry(file, key, issued.put)
    except StorageUnavailable:
        _let_go(submission_id)
        raise
    complete_submission(actor, submission_id, storage=storage())


def _carry(file: FileStorage, key: str, put: PresignedPut) -> None:
    with NamedTemporaryFile(prefix="entry-") as copy:
        file.stream.seek(0)
        file.save(copy)
        copy.flush()
        storage().put_file(key, Path(copy.name), content_type=put.headers["Content-Type"])


def _let_go(submission_id: UUID) -> None:
    with transaction():
        give_back(submission_id)
