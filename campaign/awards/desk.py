"""The desk's side of awards: the words of the release, who was asked and said what, and the originals."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign.accounts.authentication import current_actor
from campaign.accounts.permissions import can, require
from campaign.awards.delivery import deliver_originals
from campaign.awards.models import OriginalsDownload
from campaign.awards.pages import pages
from campaign.awards.queries import downloads_of
from campaign.awards.releases import ask_for_release
from campaign.awards.rights import rights_of
from campaign.awards.views import view_right
from campaign.awards.words import PROPOSED, latest_words, write_words
from campaign.campaigns.models import Campaign, State
from campaign.campaigns.queries import campaign_by_slug
from campaign.campaigns.views import view_campaign
from campaign.db import db, transaction
from campaign.errors import Conflict, InvalidInput
from campaign.judging.results.sealed import page_of
from campaign.web.forms import Form, read_instant
from campaign.web.pagination import paginate
from campaign.web.times import plural

SHOWN = 100
"""Chosen photos on one page."""


@pages.get("/desk/c/<slug>/release")
def desk_release(slug: str) -> ResponseReturnValue:
    return _release_page(slug)


@pages.post("/desk/c/<slug>/release/words")
def desk_release_words(slug: str) -> ResponseReturnValue:
    actor = current_actor()
    try:
        with transaction():
            version = write_words(actor, _campaign(slug).id, request.form.get("text", "")).version
    except InvalidInput as problem:
        return _release_page(slug, Form(request.form.to_dict(), problem.fields)), 422
    except Conflict as problem:
        flash(problem.message, "refused")
    else:
        flash(f"Version {version} is kept. Fans who are asked from now on read it.")
    return redirect(url_for("awards.desk_release", slug=slug))


@pages.post("/desk/c/<slug>/release/ask")
def desk_release_ask(slug: str) -> ResponseReturnValue:
    """Ask the fan of one photo where the form names it, else the fans of all chosen photos."""
    campaign = _campaign(slug)
    require(current_actor(), "release.ask", campaign)
    try:
        with transaction():
            wanted, answer_by = _uuids("submission"), _deadline(campaign)
            asked = ask_for_release(current_actor(), campaign.id, wanted or None, answer_by)
            made = len(asked.made)
    except InvalidInput as problem:
        return _release_page(slug, Form(request.form.to_dict(), problem.fields)), 422
    except Conflict as problem:
        flash(problem.message, "refused")
    else:
        before = f" {plural(asked.before, 'fan')} had been asked with these words before." if asked.before else ""
        flash(f"{plural(made, 'fan')} {'is' if made == 1 else 'are'} asked now.{before}")
    return redirect(url_for("awards.desk_release", slug=slug))


@pages.get("/desk/c/<slug>/originals")
def desk_originals(slug: str) -> ResponseReturnValue:
    campaign = _campaign(slug)
    require(current_actor(), "originals.download", campaign)
    rights = [view_right(one) for one in rights_of(campaign)]
    past = paginate(
        downloads_of(campaign.id),
        at=OriginalsDownload.created_at,
        cursor=request.args.get("after"),
    )
    return render_template(
        "desk/originals.html",
        campaign=view_campaign(campaign),
        rights=rights,
        missing=sum(one.is_missing for one in rights),
        downloads=past.items,
        next_cursor=past.next_cursor,
    )


@pages.post("/desk/c/<slug>/originals")
def desk_download(slug: str) -> ResponseReturnValue:
    """A form and no link: it is written down who took what."""
    require(current_actor(), "originals.download", _campaign(slug))
    try:
        return deliver_originals(slug, _uuids("submission"))
    except InvalidInput as problem:
        flash(" ".join(problem.fields.values()), "refused")
    except Conflict as problem:
        flash(problem.message, "refused")
    return redirect(url_for("awards.desk_originals", slug=slug))


def _release_page(slug: str, form: Form | None = None) -> str:
    db.session.rollback()
    campaign = _campaign(slug)
    words = latest_words(campaign.id)
    view = view_campaign(campaign)
    rights = rights_of(campaign)
    page = page_of(rights, limit=SHOWN, cursor=request.args.get("after"))
    return render_template(
        "desk/release.html",
        campaign=view,
        words=words,
        form=form or Form({"text": words.text if words else PROPOSED}),
        rights=[view_right(one) for one in page.items],
        tally=Counter(one.standing.value for one in rights),
        next_cursor=page.next_cursor,
        unasked=any(one.release is None or one.release.words_id != words.id for one in rights) if words else False,
        may_ask=can(current_actor(), "release.ask", campaign) and view.state is not State.ANNOUNCED,
    )


def _deadline(campaign: Campaign) -> datetime | None:
    words = request.form.get("answer_by", "").strip()
    answer_by = read_instant(words, campaign.time_zone) if words else None
    if words and answer_by is None:
        sentence = "Write the deadline as a day and a time, or leave it open."
        raise InvalidInput(sentence, fields={"answer_by": sentence})
    return answer_by


def _uuids(name: str) -> list[UUID]:
    try:
        return [UUID(words) for words in request.form.getlist(name)]
    except ValueError:
        sentence = "The form did not reach us whole. Reload the page and try again."
        raise InvalidInput(sentence, fields={"submission": sentence}) from None


def _campaign(slug: str) -> Campaign:
    campaign = campaign_by_slug(slug, current_actor())
    require(current_actor(), "campaign.desk", campaign)
    return campaign
