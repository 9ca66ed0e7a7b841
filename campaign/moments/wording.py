"""A campaign puts its messages into its own words. Nothing is kept that could not be filled for a fan."""

from __future__ import annotations

import re
from collections.abc import Sequence
from uuid import UUID, uuid4

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.sql import func

from campaign.accounts.actor import Actor
from campaign.accounts.audit import audit
from campaign.accounts.languages import LANGUAGES
from campaign.accounts.permissions import require
from campaign.campaigns.models import Campaign
from campaign.db import db
from campaign.errors import InvalidInput
from campaign.moments.book import OURS, Fact, Filled, book_of, fill_words
from campaign.moments.house_words import Words
from campaign.moments.merging import complaint_about_fields, fields_in
from campaign.moments.models import SignOff, Wording
from campaign.moments.occasions import ABOUT, SAMPLES, Occasion
from campaign.moments.readers import Means, readers
from campaign.moments.telling import News, tell_test
from campaign.wording import complaint, one_line

LONGEST_SUBJECT = 120
LONGEST_BODY = 3000
LONGEST_BUTTON = 40
LONGEST_NAME = 80
GAPS = re.compile(r"\n{3,}")


def language_of(tag: str) -> str:
    """The tag as it is kept; empty stays empty, for everybody else. Raises InvalidInput where it is none of ours."""
    for known in ("", *LANGUAGES):
        if known.lower() == tag.strip().lower():
            return known
    raise InvalidInput(
        "Choose one of the languages in the list.", fields={"language": "We do not write in this language yet."}
    )


def tidy(draft: Words) -> Words:
    """The draft as it would be kept: one line where one is wanted, paragraphs without hidden characters."""
    lines = "\n".join(one_line(line) for line in draft.body.splitlines())
    body = GAPS.sub("\n\n", lines).strip()
    return Words(one_line(draft.subject), body, one_line(draft.button), draft.language or OURS)


def check_words(occasion: Occasion, draft: Words) -> dict[str, str]:
    """A sentence for each part that cannot be kept; empty where all can. Wants what `tidy` returned."""
    known = ABOUT[occasion].fields
    limits = {
        "subject": (draft.subject, LONGEST_SUBJECT, "A message needs a subject: it is all that many people read."),
        "body": (draft.body, LONGEST_BODY, "Say something to them."),
        "button": (draft.button, LONGEST_BUTTON, "The button needs a word or two, such as “See my photo”."),
    }
    found = {
        name: complaint(text, most, empty) or complaint_about_fields(text, known)
        for name, (text, most, empty) in limits.items()
    }
    for name, sentence in ABOUT[occasion].needed.items():
        if name not in fields_in(draft.body):
            found["body"] = found["body"] or sentence
    return {name: sentence for name, sentence in found.items() if sentence}


def save_words(actor: Actor, campaign: Campaign, occasion: Occasion, language: str, draft: Words) -> None:
    """Tell this occasion in these words from now on, to people of this language (empty: to everybody else)."""
    require(actor, "moments.edit", campaign)
    language = language_of(language)
    words = _checked(occasion, draft)
    kept = {"subject": words.subject, "body": words.body, "button": words.button}
    place = {"campaign_id": campaign.id, "occasion": occasion.value, "language": language}
    statement = insert(Wording).values(**place, **kept)
    changed = {**kept, "changed_at": func.clock_timestamp()}
    db.session.execute(statement.on_conflict_do_update(index_elements=list(place), set_=changed))
    _note(actor, "wording.saved", campaign, occasion=occasion.value, language=language)


def reset_words(actor: Actor, campaign: Campaign, occasion: Occasion, language: str) -> None:
    """Back to the default: for a language to the campaign's own, for everybody else to our words."""
    require(actor, "moments.edit", campaign)
    language = language_of(language)
    gone = db.session.execute(
        delete(Wording)
        .where(Wording.campaign_id == campaign.id, Wording.occasion == occasion.value, Wording.language == language)
        .returning(Wording.language)
    ).all()
    if gone:
        _note(actor, "wording.reset", campaign, occasion=occasion.value, language=language)


def set_sign_off(actor: Actor, campaign: Campaign, name: str) -> None:
    """Who signs the campaign's messages; an empty name goes back to our default."""
    require(actor, "moments.edit", campaign)
    name = one_line(name)
    if len(name) > LONGEST_NAME:
        problem = complaint(name, LONGEST_NAME, "") or ""
        raise InvalidInput("The name is a little long for a signature.", fields={"name": problem})
    if name:
        signed = insert(SignOff).values(campaign_id=campaign.id, name=name)
        db.session.execute(signed.on_conflict_do_update(index_elements=[SignOff.campaign_id], set_={"name": name}))
    else:
        db.session.execute(delete(SignOff).where(SignOff.campaign_id == campaign.id))
    _note(actor, "wording.signed", campaign, name=name)


def sample(campaign: Campaign, occasion: Occasion, words: Words, means: Means) -> Filled:
    """The words as a fan would read them, with sample values."""
    facts: dict[str, Fact] = {
        **{name: SAMPLES[name] for name in ABOUT[occasion].fields if name in SAMPLES},
        "campaign": campaign.title,
        "link": means.address("/me/photos"),
    }
    signed = book_of(campaign.id, campaign.title).signed
    return fill_words(words, facts, campaign.time_zone, signed)


def send_test(actor: Actor, campaign: Campaign, occasion: Occasion, draft: Words, means: Means) -> None:
    """Send these words to oneself, saved or not, with sample values."""
    require(actor, "moments.edit", campaign)
    words = _checked(occasion, draft)
    assert actor.person_id is not None, "the permission asked for somebody signed in"
    reader = readers([actor.person_id])[actor.person_id]
    news = News(reader, occasion, uuid4(), f"/desk/c/{campaign.slug}/messages/wording/{occasion.value}")
    tell_test(campaign, news, sample(campaign, occasion, words, means), means)
    _note(actor, "wording.tested", campaign, occasion=occasion.value)


def written_words(campaign_id: UUID) -> Sequence[Wording]:
    """What the campaign has put into its own words."""
    query = select(Wording).where(Wording.campaign_id == campaign_id).order_by(Wording.occasion, Wording.language)
    return db.session.scalars(query.execution_options(populate_existing=True)).all()


def copy_words(from_id: UUID, to_id: UUID) -> None:
    """A duplicated campaign begins with the same words; what it has of its own by then stays."""
    for table, columns in (
        (Wording, ("occasion", "language", "subject", "body", "button")),
        (SignOff, ("name",)),
    ):
        rows = db.session.scalars(select(table).where(table.campaign_id == from_id)).all()
        for row in rows:
            values = {"campaign_id": to_id} | {column: getattr(row, column) for column in columns}
            db.session.execute(insert(table).values(**values).on_conflict_do_nothing())


def _checked(occasion: Occasion, draft: Words) -> Words:
    words = tidy(draft)
    problems = check_words(occasion, words)
    if problems:
        raise InvalidInput("These words need another look before fans can get them.", fields=problems)
    return words


def _note(actor: Actor, action: str, campaign: Campaign, **details: str) -> None:
    audit(actor, action, campaign_id=campaign.id, subject_id=campaign.id, details=dict(details))
