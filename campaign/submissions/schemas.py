"""The shapes of the submissions API."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from campaign.submissions.models import SubmissionState
from campaign.submissions.search import LONGEST_ASKED, Wanted
from campaign.web.pagination import PageQuery

Line = Annotated[str, Field(max_length=4_000)]


class PhotoIn(BaseModel):
    """What is said about the photo before it is sent; its bytes are checked against it."""

    model_config = ConfigDict(extra="forbid")

    filename: Line = Field(examples=["IMG_2041.HEIC"])
    content_type: Line = Field(
        default="", examples=["image/heic"], description="Left empty: told from the file's name."
    )
    bytes: int = Field(examples=[4_194_304], description="The file's exact length.")


class SubmissionIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    caption: Line = Field(examples=["The ferry coming home"], description="1 to 280 characters.")
    place: Line = Field(examples=["Lisbon"], description="1 to 120 characters.")
    category: Line = Field(
        default="", examples=["Streets"], description="One of the campaign's categories, where it has any."
    )
    rules_version: int = Field(examples=[1], description="The version of the rules that the fan agreed to.")
    photo: PhotoIn


class UploadOut(BaseModel):
    """One request that brings the photo. Send the headers as they are: they are signed."""

    method: str = Field(examples=["PUT"])
    url: str
    headers: dict[str, str]
    expires_at: str = Field(examples=["2026-11-22T12:15:00Z"])


class TicketOut(BaseModel):
    upload: UploadOut


class IssuedOut(BaseModel):
    id: UUID
    state: SubmissionState
    upload: UploadOut


class RenditionOut(BaseModel):
    """A WebP picture; `name` is the long side it was made for, sizes are in pixels."""

    name: str = Field(examples=["640"])
    width: int
    height: int
    url: str


class SubmissionOut(BaseModel):
    """One submission. Sizes, thumbhash (base64) and renditions are there once it is ready.

    Where it `is_veiled`, whoever asks judges its campaign blind: caption, place and name are empty, the card is null.
    """

    id: UUID
    state: SubmissionState
    reason: str | None = Field(description="Why it was declined or could not be used, in words for the fan.")
    reason_code: str | None = Field(description="For programs: why the file could not be used.")
    caption: str
    place: str
    category: str = Field(examples=["Streets"], description="Empty where the campaign had no categories.")
    by: str
    width: int | None
    height: int | None
    thumbhash: str | None
    dominant: str | None = Field(examples=["#3a5f7d"])
    renditions: list[RenditionOut]
    card: str | None = Field(description="A JPEG of 1200 x 630 pixels for previews of links, once it is published.")
    url: str
    sent_at: str = Field(examples=["2026-11-22T12:00:00Z"])
    published_at: str | None
    is_veiled: bool = Field(description="Its words are hidden from you, for you judge a blind round of its campaign.")


class SubmissionList(BaseModel):
    data: list[SubmissionOut]
    next_cursor: str | None


class WantedQuery(BaseModel):
    """What is asked of a gallery; what is left out leaves nothing out."""

    model_config = ConfigDict(extra="ignore")

    q: str = Field(
        default="",
        max_length=LONGEST_ASKED,
        examples=["sao paulo"],
        description="Words that all begin a word of the caption or the place; case and accents do not matter.",
    )
    category: str = Field(default="", max_length=LONGEST_ASKED, examples=["Streets"])
    place: str = Field(default="", max_length=LONGEST_ASKED, examples=["Lisbon"], description="In any spelling.")

    @property
    def wanted(self) -> Wanted:
        return Wanted.read({"q": self.q, "category": self.category, "place": self.place})


class SubmissionQuery(WantedQuery, PageQuery):
    """`state` other than `published` is for the desk of the campaign."""

    state: SubmissionState = SubmissionState.PUBLISHED
