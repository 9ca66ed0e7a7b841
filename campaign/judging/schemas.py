"""The shapes of the judging API."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from campaign.judging.methods.shape import Method
from campaign.judging.models import Award, RoundStage
from campaign.submissions.schemas import SubmissionOut

MOST_IDS = 1_000

Ids = Annotated[list[UUID], Field(max_length=MOST_IDS)]


class In(BaseModel):
    model_config = ConfigDict(extra="forbid")


class CriterionIn(In):
    name: str = Field(max_length=200, examples=["Light"])
    weight: int = Field(default=1, examples=[2], description="How much it counts beside the others: 1 to 100.")


class SourceIn(In):
    """The best of a closed round of the same campaign, and all that share the last one's rank."""

    round: UUID
    top: int = Field(examples=[20])


class RoundIn(In):
    """A new round, as a draft."""

    title: str = Field(max_length=1_000, examples=["First look"])
    method: Method = Method.STARS
    criteria: list[CriterionIn] | None = Field(
        default=None, max_length=100, description="For stars, one to six; left out: one, named Overall."
    )
    source: SourceIn | None = Field(default=None, description="Left out: all published photos are judged.")
    quorum: int = Field(examples=[3], description="How many judges are to see each photo.")
    panel: Ids | None = Field(default=None, description="People's ids; left out: the whole cast of the campaign.")
    closes_at: AwareDatetime | None = Field(default=None, description="Votes after this instant do not count.")


class RoundPatch(In):
    """Only what is sent changes. While a round is open that can only be `closes_at`, to a later instant or to null."""

    title: str | None = Field(default=None, max_length=1_000)
    method: Method | None = None
    criteria: list[CriterionIn] | None = Field(default=None, max_length=100)
    source: SourceIn | None = None
    quorum: int | None = None
    panel: Ids | None = None
    closes_at: AwareDatetime | None = None


class CriterionOut(BaseModel):
    name: str
    weight: int


class SourceOut(BaseModel):
    round: UUID
    title: str
    top: int


class RoundOut(BaseModel):
    """One round. `ballots` counts what was given so far; what was given is told only once the round has closed."""

    id: UUID
    campaign: str = Field(description="The campaign's slug.")
    number: int
    title: str
    method: Method
    criteria: list[CriterionOut]
    source: SourceOut | None = Field(description="Null where all published photos are judged.")
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


class SeatOut(BaseModel):
    """One judge: how far they are with what is or may become theirs. Never what they said."""

    id: UUID
    display_name: str
    done: int
    total: int
    last_vote_at: str | None


class SeatList(BaseModel):
    data: list[SeatOut]
    next_cursor: None = None


class ResultOut(BaseModel):
    """One row of the result; rows that share a rank say `tied`.

    `mean` has 6 decimals: 1 to 5 for stars, 0 to 1 (the share of yes, a maybe being half of one) for a shortlist.
    `breakdown` holds the mean for each of several criteria, or how many said yes, maybe and no.
    """

    rank: int
    tied: bool
    submission: SubmissionOut
    mean: float | None
    ballots: int
    below_quorum: bool
    breakdown: dict[str, float]
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
