"""The shapes of the panel's API: what a judge is given, and what a judge says."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from campaign.judging.methods.shape import Vote
from campaign.judging.schemas import In, RoundOut
from campaign.submissions.schemas import RenditionOut


class JudgedPhotoOut(BaseModel):
    """A photo as a judge sees it: without the name of the person who sent it."""

    id: UUID
    caption: str
    place: str
    width: int | None
    height: int | None
    thumbhash: str | None
    dominant: str | None
    renditions: list[RenditionOut]


class AssignmentOut(BaseModel):
    """What is put before a judge, with this judge's own word on it: `scores` by criterion, or `vote`.

    `stars` is the one score of a round with one criterion. `skipped`: the judge had put it aside.
    """

    id: UUID
    submissions: list[JudgedPhotoOut]
    stars: int | None
    scores: dict[str, int] | None
    vote: Vote | None
    skipped: bool


class ProgressOut(BaseModel):
    """`skipped` of those that are not done were put aside; they come at the end."""

    done: int
    total: int
    skipped: int


class PanelRoundOut(BaseModel):
    round: RoundOut
    progress: ProgressOut


class PanelList(BaseModel):
    data: list[PanelRoundOut]
    next_cursor: None = None


class NextQuery(BaseModel):
    model_config = ConfigDict(extra="ignore")

    limit: int = Field(default=5, ge=1, le=20)


class NextOut(BaseModel):
    """An empty list: every photo this judge may see has its quorum, and they are done."""

    data: list[AssignmentOut]
    next_cursor: None = None
    progress: ProgressOut


Stars = Annotated[int, Field(ge=1, le=5, strict=True)]


class BallotIn(In):
    """One of the three, as the round's method and criteria ask for."""

    stars: Stars | None = Field(default=None, examples=[4], description="For stars with one criterion.")
    scores: dict[str, Stars] | None = Field(default=None, description="For stars: 1 to 5 for each criterion, by name.")
    vote: Vote | None = Field(default=None, description="For a shortlist.")


class BallotOut(BaseModel):
    assignment: AssignmentOut
    next: AssignmentOut | None
    progress: ProgressOut
