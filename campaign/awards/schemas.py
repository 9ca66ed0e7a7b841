"""The shapes of the awards API."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from campaign.awards.models import Answer
from campaign.awards.rights import Standing
from campaign.judging.models import Award
from campaign.submissions.schemas import SubmissionOut

Ids = Annotated[list[UUID], Field(max_length=1_000)]


class In(BaseModel):
    model_config = ConfigDict(extra="forbid")


class WordsIn(In):
    text: str = Field(max_length=40_000, examples=["I allow the show to put this photo on screen."])


class WordsOut(BaseModel):
    """One version of the words of a release. Versions are never edited."""

    version: int
    text: str
    written_at: str = Field(examples=["2026-11-22T12:00:00Z"])


class WordsList(BaseModel):
    data: list[WordsOut]
    next_cursor: str | None


class AskIn(In):
    submissions: Ids | None = Field(default=None, description="Chosen photos; left out: all of them.")
    answer_by: AwareDatetime | None = Field(
        default=None, description="Answers are taken until then; left out: until the announcement."
    )


class AskOut(BaseModel):
    """`asked` counts those asked now, `asked_before` those who had been asked with the same words."""

    version: int
    asked: int
    asked_before: int


class EarlierOut(BaseModel):
    """What was asked with older words."""

    version: int
    standing: Standing
    answered_at: str | None


class RightOut(BaseModel):
    """A chosen photo and what its fan said to the newest words they were asked with; `place` is a winner's."""

    submission: SubmissionOut
    award: Award
    place: int | None
    rules_version: int = Field(description="The version of the rules that the photo was sent under.")
    standing: Standing
    version: int | None
    asked_at: str | None
    answer_by: str | None
    answered_at: str | None
    earlier: list[EarlierOut]


class RightList(BaseModel):
    data: list[RightOut]
    next_cursor: str | None


class AnswerIn(In):
    answer: Answer = Field(examples=["accepted"])


class ReleaseOut(BaseModel):
    """What the fan is asked. `closed` says in words why it cannot be answered any more; null while it can."""

    id: UUID
    campaign: str = Field(description="The campaign's slug.")
    submission: SubmissionOut
    version: int
    text: str
    asked_at: str
    answer_by: str | None
    answer: Answer | None
    answered_at: str | None
    closed: str | None
    url: str


class ReleaseList(BaseModel):
    data: list[ReleaseOut]
    next_cursor: str | None


class OriginalsIn(In):
    submissions: Ids | None = Field(default=None, description="Chosen photos; left out: all of them.")


class DownloadedOut(BaseModel):
    """One photo of a download, and what its fan had agreed to at that instant; without a name of anybody."""

    submission: UUID
    file: str | None = Field(description="Its name in the archive; null where the store had no original of it.")
    award: Award
    place: int | None
    rules_version: int
    rules_sha256: str
    release: Standing
    release_version: int | None
    release_sha256: str | None
    release_answered_at: str | None


class DownloadOut(BaseModel):
    """Who took which originals, and when. `rights_sha256` is that of the `rights.csv` inside the archive."""

    id: UUID
    by: str | None
    at: str
    bytes: int
    rights_sha256: str
    photos: list[DownloadedOut]


class DownloadList(BaseModel):
    data: list[DownloadOut]
    next_cursor: str | None
