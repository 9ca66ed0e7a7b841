"""Messages, mail choices and words as the API gives and takes them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

from campaign.moments.models import Kind, MailState
from campaign.web.pagination import PageQuery
from campaign.web.times import iso

Instant = Annotated[datetime, PlainSerializer(iso, return_type=str)]


class MessageOut(BaseModel):
    """One message. `body` is plain text with an empty line between paragraphs; `url` is what it is about."""

    id: UUID
    kind: Kind
    campaign: str
    title: str
    body: str
    signed: str
    language: str
    button: str
    url: str
    told_at: Instant
    read_at: Instant | None


class MessageList(BaseModel):
    """A page of messages, newest first. `unread` is counted up to 10."""

    data: list[MessageOut]
    next_cursor: str | None
    unread: int


class ReadIn(BaseModel):
    """Which messages were read; left out, all of them."""

    model_config = ConfigDict(extra="forbid")

    ids: list[UUID] | None = Field(default=None, max_length=100)


class UnreadOut(BaseModel):
    """How many are unread now, counted up to 10."""

    unread: int


class MailChoices(BaseModel):
    """What comes by mail: about one's photos, about results, and to judges. Everything is in the app in any case."""

    model_config = ConfigDict(extra="forbid")

    photos: bool
    results: bool
    judging: bool = Field(default=True, description="For judges: a round opens, a reminder, its seal.")


class WatchQuery(PageQuery):
    """A page of a campaign's messages, of one mail state or of all."""

    mail: MailState | None = None


class WatchedOut(BaseModel):
    """A message as the desk sees it. `problem` says why a mail failed, was dropped, or has not left yet."""

    id: UUID
    kind: Kind
    to: str
    title: str
    mail: MailState
    problem: str
    told_at: Instant
    mailed_at: Instant | None
    read_at: Instant | None


class WatchedList(BaseModel):
    """A page of a campaign's messages, newest first, and how many there are in each mail state."""

    data: list[WatchedOut]
    next_cursor: str | None
    counts: dict[str, int]


class WordsIn(BaseModel):
    """A message's words with merge fields such as `{name}`. An empty line in `body` begins a paragraph."""

    model_config = ConfigDict(extra="forbid")

    subject: str = Field(max_length=1000)
    body: str = Field(max_length=10000)
    button: str = Field(max_length=1000)


class WordsOut(BaseModel):
    """The words of one occasion in one language (empty: for everybody else); `own` where the campaign wrote them."""

    occasion: str
    language: str
    own: bool
    subject: str
    body: str
    button: str


class OccasionOut(BaseModel):
    """An occasion: when it is told, the fields its words may use and must use, and in which languages it is written."""

    occasion: str
    label: str
    when: str
    fields: list[str]
    needed: list[str]
    languages: list[str]


class WordingOut(BaseModel):
    """Every occasion of a campaign, and who signs."""

    signed: str
    occasions: list[OccasionOut]


class LanguageQuery(BaseModel):
    """The language of the words, such as `de`; left out, the words for everybody else."""

    model_config = ConfigDict(extra="ignore")

    language: str = Field(default="", max_length=35)


class PreviewOut(BaseModel):
    """The words filled with sample values, and a sentence for each part that could not be kept as it is."""

    title: str
    body: str
    button: str
    signed: str
    problems: dict[str, str]


class SignOffIn(BaseModel):
    """Who signs; an empty name goes back to the default."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(max_length=1000)
