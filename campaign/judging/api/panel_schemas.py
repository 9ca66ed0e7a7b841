"""The shapes of the panel's API: what a judge is given, and what a judge says."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from campaign.judging.api.schemas import In, RoundOut
from campaign.judging.methods.shape import Vote
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
    """What is put before a judge, with this judge's own word on it: `scores`, `vote`, `winner` or `ranking`.

    `stars` is the one score of a round with one criterion. A duel has two submissions, a ranking a list. `ranking`
    holds ids in tiers, best first. `skipped`: the judge had put it aside.
    """

    id: UUID
    submissions: list[JudgedPhotoOut]
    stars: int | None
    scores: dict[str, int] | None
    vote: Vote | None
    winner: UUID | None
    ranking: list[list[UUID]] | None
    skipped: bool


class ProgressOut(BaseModel):
    """`skipped` of those that are not done were put aside; they come at the end.

    Of the whole panel, `panel_done` of `panel_total` ballots are given.
    """

    done: int
    total: int
    skipped: int
    panel_done: int
    panel_total: int


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
    """An empty list: nothing is left that this judge may take, and they are done."""

    data: list[AssignmentOut]
    next_cursor: None = None
    progress: ProgressOut


Stars = Annotated[int, Field(ge=1, le=10, strict=True)]
Tier = Annotated[list[UUID], Field(max_length=20)]


class BallotIn(In):
    """One of the five, as the round's method and criteria ask for."""

    stars: Stars | None = Field(default=None, examples=[4], description="For stars with one criterion.")
    scores: dict[str, Stars] | None = Field(
        default=None, description="For stars: 1 to 5 (or 10, where the round says so) for each criterion, by name."
    )
    vote: Vote | None = Field(default=None, description="For a shortlist.")
    winner: UUID | None = Field(default=None, description="For a duel: the better of the two.")
    ranking: list[Tier] | None = Field(
        default=None,
        max_length=20,
        description="For a ranking: ids in tiers, best first; those in one tier are tied, those left out unranked.",
    )


class RecuseIn(In):
    """The reason is for the desk; it is no part of the round's record."""

    reason: str = Field(default="", max_length=1_000, examples=["My cousin took it."])


class OwnBallotOut(AssignmentOut):
    cast_at: str


class HistoryOut(BaseModel):
    data: list[OwnBallotOut]
    next_cursor: str | None


class BallotOut(BaseModel):
    assignment: AssignmentOut
    next: AssignmentOut | None
    progress: ProgressOut
