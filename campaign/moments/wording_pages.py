"""The desk's pages for a campaign's own words."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign.accounts.authentication import current_actor
from campaign.accounts.languages import LANGUAGES
from campaign.campaigns.models import Campaign
from campaign.campaigns.views import view_campaign
from campaign.db import db, transaction
from campaign.errors import InvalidInput, NotFound
from campaign.extensions import settings
from campaign.moments.book import OURS, book_of
from campaign.moments.desk import campaign_for
from campaign.moments.house_words import Words
from campaign.moments.letters import paragraphs_of
from campaign.moments.merging import fields_in
from campaign.moments.occasions import ABOUT, FIELDS, Occasion
from campaign.moments.tasks import means_of
from campaign.moments.wording import (
    check_words,
    language_of,
    reset_words,
    sample,
    save_words,
    send_test,
    set_sign_off,
    tidy,
    written_words,
)
from campaign.web.forms import Form

wording_pages = Blueprint("wording", __name__)


@wording_pages.get("/desk/c/<slug>/messages/wording")
def index(slug: str) -> ResponseReturnValue:
    """Every occasion, whose words it is told in, and who signs."""
    campaign = campaign_for(slug, "moments.edit")
    return _index_page(campaign, Form({"name": book_of(campaign.id, campaign.title).signed}))


@wording_pages.post("/desk/c/<slug>/messages/sign-off")
def sign_off(slug: str) -> ResponseReturnValue:
    campaign = campaign_for(slug, "moments.edit")
    try:
        with transaction():
            set_sign_off(current_actor(), campaign, request.form.get("name", ""))
    except InvalidInput as problem:
        return _index_page(campaign_for(slug, "moments.edit"), Form(request.form.to_dict(), problem.fields)), 422
    flash("Kept. Messages from now on are signed like this.")
    return redirect(url_for("wording.index", slug=slug))


@wording_pages.get("/desk/c/<slug>/messages/wording/<kind>")
def edit(slug: str, kind: str) -> ResponseReturnValue:
    campaign = campaign_for(slug, "moments.edit")
    language = language_of(request.args.get("language", ""))
    words = book_of(campaign.id, campaign.title).words(_occasion(kind), language)
    return _edit_page(campaign, _occasion(kind), language, words, {})


@wording_pages.post("/desk/c/<slug>/messages/wording/<kind>")
def save(slug: str, kind: str) -> ResponseReturnValue:
    """Save, look at a preview, send a test to oneself, or go back to the default: one form, four buttons."""
    campaign = campaign_for(slug, "moments.edit")
    occasion, language = _occasion(kind), language_of(request.form.get("language", ""))
    step = request.form.get("step", "save")
    draft = _draft(language)
    if step == "preview":
        return _edit_page(campaign, occasion, language, draft, check_words(occasion, tidy(draft)))
    try:
        with transaction():
            told = _do(step, campaign, occasion, language, draft)
    except InvalidInput as problem:
        return _edit_page(campaign_for(slug, "moments.edit"), occasion, language, draft, problem.fields), 422
    flash(told)
    if step == "test":
        return _edit_page(campaign_for(slug, "moments.edit"), occasion, language, draft, {})
    return redirect(url_for("wording.edit", slug=slug, kind=kind, language=language or None))


def _do(step: str, campaign: Campaign, occasion: Occasion, language: str, draft: Words) -> str:
    actor = current_actor()
    if step == "reset":
        reset_words(actor, campaign, occasion, language)
        return "Back to the words that were there before yours."
    if step == "test":
        send_test(actor, campaign, occasion, draft, means_of(settings()))
        return "A test is on its way to you: in your messages now, and by mail where you have an address with us."
    save_words(actor, campaign, occasion, language, draft)
    return "Kept. Messages from now on use these words; what was told before stays as it was."


def _draft(language: str) -> Words:
    subject, body, button = (request.form.get(name, "") for name in ("subject", "body", "button"))
    return Words(subject, body, button, language or OURS)


def _occasion(kind: str) -> Occasion:
    try:
        return Occasion(kind)
    except ValueError:
        raise NotFound("There is no message of this kind. The list of messages has them all.") from None


def _index_page(campaign: Campaign, form: Form) -> str:
    written: dict[str, list[str]] = {}
    for row in written_words(campaign.id):
        written.setdefault(row.occasion, []).append(LANGUAGES.get(row.language, row.language) or "everybody else")
    return render_template(
        "desk/messages_wording.html",
        campaign=view_campaign(campaign),
        occasions=[(one, ABOUT[one], written.get(one.value, [])) for one in Occasion],
        form=form,
    )


def _edit_page(campaign: Campaign, occasion: Occasion, language: str, words: Words, errors: dict[str, str]) -> str:
    """The form with a preview beside it; the words in it are kept, or only a draft."""
    db.session.rollback()
    shown = sample(campaign, occasion, tidy(words), means_of(settings()))
    written = [row.language for row in written_words(campaign.id) if row.occasion == occasion.value]
    return render_template(
        "desk/messages_words.html",
        campaign=view_campaign(campaign),
        occasion=occasion.value,
        about=ABOUT[occasion],
        fields=[(name, FIELDS[name]) for name in ABOUT[occasion].fields],
        language=language,
        languages=LANGUAGES,
        written=written,
        words=words,
        used=fields_in(words.body),
        errors=errors,
        preview=shown,
        link=means_of(settings()).address("/me/photos"),
        paragraphs=paragraphs_of(shown.body),
    )
