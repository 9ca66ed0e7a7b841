"""A campaign's own words for programs."""

from __future__ import annotations

from campaign.accounts.authentication import current_actor
from campaign.accounts.permissions import require
from campaign.campaigns.models import Campaign
from campaign.campaigns.queries import campaign_by_slug
from campaign.db import transaction
from campaign.errors import NotFound
from campaign.extensions import settings
from campaign.moments.book import OURS, book_of
from campaign.moments.house_words import Words
from campaign.moments.occasions import ABOUT, Occasion
from campaign.moments.schemas import (
    LanguageQuery,
    OccasionOut,
    PreviewOut,
    SignOffIn,
    WordingOut,
    WordsIn,
    WordsOut,
)
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
from campaign.web.api import api_blueprint

api = api_blueprint("wording")


@api.get("/campaigns/<slug>/wording")
@api.output(WordingOut)
def list_wording(slug: str) -> WordingOut:
    """Every occasion on which fans hear from the campaign, its merge fields, and in which languages it is written."""
    return _wording(_campaign(slug))


@api.put("/campaigns/<slug>/wording/sign-off")
@api.input(SignOffIn)
@api.output(WordingOut)
def put_sign_off(slug: str, json_data: SignOffIn) -> WordingOut:
    """Say who signs the campaign's messages."""
    campaign = _campaign(slug)
    with transaction():
        set_sign_off(current_actor(), campaign, json_data.name)
    return _wording(_campaign(slug))


@api.get("/campaigns/<slug>/wording/<occasion>")
@api.input(LanguageQuery, location="query")
@api.output(WordsOut)
def get_words(slug: str, occasion: str, query_data: LanguageQuery) -> WordsOut:
    """The words that are told on this occasion to people of this language."""
    campaign = _campaign(slug)
    return _words(campaign, _occasion(occasion), language_of(query_data.language))


@api.put("/campaigns/<slug>/wording/<occasion>")
@api.input(LanguageQuery, location="query")
@api.input(WordsIn)
@api.output(WordsOut)
def put_words(slug: str, occasion: str, query_data: LanguageQuery, json_data: WordsIn) -> WordsOut:
    """Keep words of one's own. Fields that are unknown, unclosed or missing are refused by name."""
    campaign, about, language = _campaign(slug), _occasion(occasion), language_of(query_data.language)
    with transaction():
        save_words(current_actor(), campaign, about, language, _draft(json_data, language))
    return _words(_campaign(slug), about, language)


@api.delete("/campaigns/<slug>/wording/<occasion>")
@api.input(LanguageQuery, location="query")
@api.output(WordsOut)
def delete_words(slug: str, occasion: str, query_data: LanguageQuery) -> WordsOut:
    """Go back to the words that were there before."""
    campaign, about, language = _campaign(slug), _occasion(occasion), language_of(query_data.language)
    with transaction():
        reset_words(current_actor(), campaign, about, language)
    return _words(_campaign(slug), about, language)


@api.post("/campaigns/<slug>/wording/<occasion>/preview")
@api.input(LanguageQuery, location="query")
@api.input(WordsIn)
@api.output(PreviewOut)
def post_preview(slug: str, occasion: str, query_data: LanguageQuery, json_data: WordsIn) -> PreviewOut:
    """How words would read, filled with sample values; nothing is kept."""
    campaign, about = _campaign(slug), _occasion(occasion)
    words = tidy(_draft(json_data, language_of(query_data.language)))
    shown = sample(campaign, about, words, means_of(settings()))
    return PreviewOut(
        title=shown.title,
        body=shown.body,
        button=shown.button,
        signed=shown.signed,
        problems=check_words(about, words),
    )


@api.post("/campaigns/<slug>/wording/<occasion>/test")
@api.input(LanguageQuery, location="query")
@api.input(WordsIn)
@api.output({}, status_code=204)
def post_test(slug: str, occasion: str, query_data: LanguageQuery, json_data: WordsIn) -> str:
    """Send words, with sample values, to oneself: in the app, and by mail where an address is known."""
    campaign, about = _campaign(slug), _occasion(occasion)
    draft = _draft(json_data, language_of(query_data.language))
    with transaction():
        send_test(current_actor(), campaign, about, draft, means_of(settings()))
    return ""


def _campaign(slug: str) -> Campaign:
    actor = current_actor()
    campaign = campaign_by_slug(slug, actor)
    require(actor, "moments.edit", campaign)
    return campaign


def _occasion(name: str) -> Occasion:
    try:
        return Occasion(name)
    except ValueError:
        raise NotFound("There is no message of this kind. The list of messages has them all.") from None


def _draft(given: WordsIn, language: str) -> Words:
    return Words(given.subject, given.body, given.button, language or OURS)


def _words(campaign: Campaign, occasion: Occasion, language: str) -> WordsOut:
    found = book_of(campaign.id, campaign.title).words(occasion, language)
    own = any(row.occasion == occasion and row.language == language for row in written_words(campaign.id))
    return WordsOut(
        occasion=occasion.value,
        language=language,
        own=own,
        subject=found.subject,
        body=found.body,
        button=found.button,
    )


def _wording(campaign: Campaign) -> WordingOut:
    written = written_words(campaign.id)
    return WordingOut(
        signed=book_of(campaign.id, campaign.title).signed,
        occasions=[
            OccasionOut(
                occasion=one.value,
                label=ABOUT[one].label,
                when=ABOUT[one].when,
                fields=list(ABOUT[one].fields),
                needed=list(ABOUT[one].needed),
                languages=[row.language for row in written if row.occasion == one],
            )
            for one in Occasion
        ],
    )
