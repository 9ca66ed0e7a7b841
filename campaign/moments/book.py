"""A campaign's book of words: its own where it has written some, ours elsewhere; filled for one reader at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_datetime
from babel.numbers import format_decimal
from sqlalchemy import select

from campaign.db import db
from campaign.moments.house_words import HOUSE, Words
from campaign.moments.merging import fill
from campaign.moments.models import SignOff, Wording
from campaign.moments.occasions import Occasion

OURS = "en"
"""The language of our own words, and the one assumed of a campaign's default words."""

Fact = str | int | datetime


@dataclass(frozen=True, slots=True)
class Filled:
    """The words of one message to one person."""

    title: str
    body: str
    button: str
    signed: str
    language: str


@dataclass(frozen=True)
class Book:
    """Every word a campaign may need, read in two queries."""

    signed: str
    written: Mapping[tuple[Occasion, str], Words] = field(default_factory=dict)

    def words(self, occasion: Occasion, language: str) -> Words:
        """The best fit: this language, its parent (`pt` for `pt-BR`), the campaign's default, then our own."""
        tag = language.lower()
        for known in (tag, tag.partition("-")[0], ""):
            found = self.written.get((occasion, known))
            if found is not None:
                return found
        return HOUSE[occasion]

    def fill(self, occasion: Occasion, language: str, facts: Mapping[str, Fact], zone: str) -> Filled:
        """The words with every field filled; instants are said in `zone`, in the words' own language."""
        return fill_words(self.words(occasion, language), facts, zone, self.signed)


def fill_words(words: Words, facts: Mapping[str, Fact], zone: str, signed: str) -> Filled:
    values = {name: _said(fact, words.language, zone) for name, fact in facts.items()}
    return Filled(
        " ".join(fill(words.subject, values).split()),
        fill(words.body, values),
        fill(words.button, values),
        signed,
        words.language,
    )


def book_of(campaign_id: UUID, title: str) -> Book:
    """The campaign's book as it is now."""
    rows = db.session.scalars(select(Wording).where(Wording.campaign_id == campaign_id))
    written = {
        (Occasion(row.occasion), row.language.lower()): Words(row.subject, row.body, row.button, row.language or OURS)
        for row in rows
    }
    named = db.session.get(SignOff, campaign_id)
    return Book(named.name if named else default_sign_off(title), written)


def default_sign_off(title: str) -> str:
    return f"The people behind {title}"


def _said(fact: Fact, language: str, zone: str) -> str:
    locale = _locale(language)
    if isinstance(fact, datetime):
        city = zone.rpartition("/")[2].replace("_", " ")
        return f"{format_datetime(fact.astimezone(ZoneInfo(zone)), 'EEEE d MMMM, HH:mm', locale=locale)} ({city})"
    return fact if isinstance(fact, str) else format_decimal(fact, locale=locale)


def _locale(tag: str) -> Locale:
    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse(OURS)
