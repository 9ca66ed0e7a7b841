"""The shapes of the judging API."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from campaign.judging.models import Award, Method, RoundStage
from campaign.submissions.schemas import RenditionOut, SubmissionOut

MOST_IDS = 1_000

Ids = Annotated[list[UUID], Field(max_length=MOST_IDS)]


class In(BaseModel):
    model_config = ConfigDict(extra="forbid")


class RoundIn(In):
    """A new round, as a draft."""

    title: str = Field(max_length=1_000, examples=["First look"])
    method: Method = Method.STARS
    quorum: int = Field(examples=[3], description="How many judges are to see each photo.")
    panel: Ids | None = Field(default=None, description="People's ids; left out: the whole cast of the campaign.")
    closes_at: AwareDatetime | None = Field(default=None, description="Votes after this instant do not count.")


class RoundOut(BaseModel):
    """One round. `ballots` counts what was given so far; what was given is told only once the round has closed."""

    id: UUID
    campaign: str = Field(description="The campaign's slug.")
    number: int
    title: str
    method: Method
    quorum: int
    state: RoundStage
    panel_size: int
    ballots: int
    opened_at: str | None
    closes_at: str | None
    closed_at: str | None
    seal: str | None = Field(description="SHA-256 over the round, its photos and its judges' chains, once closed.")


class RoundList(BaseModel):
    data: list[RoundOut]
    next_cursor: str | None


class RoundMoveIn(In):
    to: Literal["open", "closed"] = Field(examples=["open"])


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
    """What is put before a judge. `stars` is this judge's own word on it."""

    id: UUID
    submissions: list[JudgedPhotoOut]
    stars: int | None


class ProgressOut(BaseModel):
    done: int
    total: int


class NextQuery(BaseModel):
    model_config = ConfigDict(extra="ignore")

    limit: int = Field(default=5, ge=1, le=20)


class NextOut(BaseModel):
    """An empty list: every photo this judge may see has its quorum, and they are done."""

    data: list[AssignmentOut]
    next_cursor: None = None
    progress: ProgressOut


class BallotIn(In):
    stars: int = Field(ge=1, le=5, strict=True, examples=[4])


class BallotOut(BaseModel):
    assignment: AssignmentOut
    next: AssignmentOut | None
    progress: ProgressOut


class ResultOut(BaseModel):
    """One row of the result. `mean` has 6 decimals; rows that share a rank say `tied`."""

    rank: int
    tied: bool
    submission: SubmissionOut
    mean: float | None
    ballots: int
    below_quorum: bool
    award: Award | None
    place: int | None


class ResultList(BaseModel):
    data: list[ResultOut]
    next_cursor: str | None


class SelectionIn(In):
    """Replaces the choice made before. Winners take the places 1, 2, 3 … in this order."""

    finalists: Ids = Field(default_factory=list)
    winners: Ids


class AwardOut(BaseModel):
    award: Award
    place: int | None
    submission: SubmissionOut


class SelectionOut(BaseModel):
    data: list[AwardOut]
    next_cursor: None = None


class WinnersOut(SelectionOut):
    """Before the announcement: nobody, and `announced_at` is null."""

    announced_at: str | None


class CastMemberOut(BaseModel):
    id: UUID
    display_name: str


class CastList(BaseModel):
    data: list[CastMemberOut]
    next_cursor: None = None
