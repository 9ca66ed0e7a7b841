"""The shapes of the judging API."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from campaign.judging.methods.shape import Method
from campaign.judging.models import LARGEST_SEED, Award, RoundStage, SourceKind, TieRule
from campaign.submissions.schemas import SubmissionOut

MOST_IDS = 1_000

Ids = Annotated[list[UUID], Field(max_length=MOST_IDS)]
Seed = Annotated[int, Field(ge=0, le=LARGEST_SEED)]


class In(BaseModel):
    model_config = ConfigDict(extra="forbid")


class CriterionIn(In):
    name: str = Field(max_length=200, examples=["Light"])
    weight: int = Field(default=1, examples=[2], description="How much it counts beside the others: 1 to 100.")


class SourceIn(In):
    """One way: a `category`; or of a closed round its `top` with all that share the last place, all with at `least` a
    score, or those `picked` by hand with a `reason`.
    """  # noqa: D205 -- one sentence

    round: UUID | None = None
    top: int | None = Field(default=None, examples=[20])
    least: float | None = Field(default=None, allow_inf_nan=False, examples=[4.5])
    category: str | None = Field(default=None, max_length=200)
    picked: Ids | None = None
    reason: str | None = Field(default=None, max_length=2_000)


class RoundIn(In):
    """A new round, as a draft."""

    title: str = Field(max_length=1_000, examples=["First look"])
    method: Method = Method.STARS
    criteria: list[CriterionIn] | None = Field(
        default=None, max_length=100, description="For stars, one to six; left out: one, named Overall."
    )
    scale: int = Field(default=5, description="Stars go from 1 to this: 5 or 10.")
    list_size: int = Field(default=10, description="How many photos a list to be ranked holds: 2 to 20.")
    source: SourceIn | None = Field(default=None, description="Left out: all published photos are judged.")
    quorum: int = Field(
        examples=[3],
        description="How many judges are to see each photo; in how many duels it is, or on how many lists.",
    )
    is_blind: bool = Field(default=False, description="Hide names, places and captions from the panel.")
    tie_rule: TieRule = Field(default=TieRule.SHARED, description="What breaks ties; fixed when the round opens.")
    seed: Seed | None = Field(default=None, description="Draws and plans follow from it; left out: one nobody chose.")
    panel: Ids | None = Field(default=None, description="People's ids; left out: the whole cast of the campaign.")
    chair: UUID | None = Field(default=None, description="Of the panel; needed where ties are broken by the chair.")
    closes_at: AwareDatetime | None = Field(default=None, description="Votes after this instant do not count.")


class RoundPatch(In):
    """Only what is sent changes. While a round is open that can only be `closes_at`, to a later instant or to null."""

    title: str | None = Field(default=None, max_length=1_000)
    method: Method | None = None
    criteria: list[CriterionIn] | None = Field(default=None, max_length=100)
    scale: int | None = None
    list_size: int | None = None
    source: SourceIn | None = None
    quorum: int | None = None
    is_blind: bool | None = None
    tie_rule: TieRule | None = None
    seed: Seed | None = None
    panel: Ids | None = None
    chair: UUID | None = None
    closes_at: AwareDatetime | None = None


class CriterionOut(BaseModel):
    name: str
    weight: int


class SourceOut(BaseModel):
    kind: SourceKind
    round: UUID | None
    title: str | None
    top: int | None
    least: float | None
    category: str | None
    picked: list[UUID] | None
    reason: str | None


class ReopeningOut(BaseModel):
    """A closing that did not last, and what the round had been sealed with."""

    at: str
    reason: str
    closed_at: str
    seal: str


class RoundOut(BaseModel):
    """One round. `ballots` counts what was given so far; what was given is told only once the round has closed."""

    id: UUID
    campaign: str = Field(description="The campaign's slug.")
    number: int
    title: str
    method: Method
    criteria: list[CriterionOut]
    scale: int
    list_size: int
    source: SourceOut | None = Field(description="Null where all published photos are judged.")
    quorum: int
    is_blind: bool
    tie_rule: TieRule
    seed: int
    state: RoundStage
    panel_size: int
    chair: UUID | None
    ballots: int
    opened_at: str | None
    closes_at: str | None
    closed_at: str | None
    seal: str | None = Field(description="SHA-256 over rules, photos, panel, plan and the judges' chains, once closed.")
    finished_at: str | None
    final_seal: str | None = Field(description="SHA-256 over the seal, votes on ties and the result, once final.")
    reopenings: list[ReopeningOut]


class RoundList(BaseModel):
    data: list[RoundOut]
    next_cursor: str | None


class RoundMoveIn(In):
    """`open` lets the panel in; from closed or final on it opens the round again, and that needs a `reason`."""

    to: Literal["open", "closed", "final"] = Field(examples=["open"])
    reason: str = Field(default="", max_length=2_000)


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
