"""The shapes of results: where photos stand, how sure that is, ties, and how the panel agreed."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from campaign.judging.api.schemas import Ids, In, RoundOut
from campaign.judging.models import Award
from campaign.judging.scoring.alpha import Metric
from campaign.submissions.schemas import SubmissionOut
from campaign.web.pagination import PageQuery

LARGEST_CUT = 100_000

Cut = Annotated[int, Field(ge=1, le=LARGEST_CUT, description="How many are to go on.")]


class ResultQuery(PageQuery):
    cut: Cut | None = None


class CutQuery(BaseModel):
    cut: Cut = 10


class ResultOut(BaseModel):
    """One row of the result; rows whose score is the same share a `rank` and say `tied`.

    `score` has 6 decimals, `low` and `high` are the ends of its 90 % interval, `raw` are plain figures beside it.
    `place` is what the rule for ties made of the rank; `broken_by` names the rule where it did. Photos of different
    `piece`s were never compared, not even by way of others. `above` is the chance to belong above the cut asked for.
    """

    rank: int
    place: int
    tied: bool
    broken_by: str | None
    submission: SubmissionOut
    score: float | None
    low: float | None
    high: float | None
    ballots: int
    below_quorum: bool
    raw: dict[str, float]
    piece: int
    above: float | None
    award: Award | None
    award_place: int | None = Field(description="A winner's place, as it was chosen.")


class ResultList(BaseModel):
    """`pieces` is 1 where all photos hang together; with more, ranks across pieces compare what nobody compared."""

    data: list[ResultOut]
    pieces: int
    next_cursor: str | None


class AdviceOut(BaseModel):
    """What is to be said of the last photo above the cut and the first below it.

    `more` ballots on each of the two would settle it with probability `chance`; null where none are needed, or where
    no number that can be had would.
    """

    above: UUID
    below: UUID
    probability: float = Field(description="That the one above is the better.")
    is_settled: bool
    more: int | None
    chance: float | None
    sentence: str


class AdviceAnswer(BaseModel):
    """`advice` is null where no judged photo stands on either side of the cut."""

    cut: int
    advice: AdviceOut | None


class MoreIn(In):
    """Opens the round again, with the reason, for `each` more ballots on each of the photos."""

    submissions: Annotated[Ids, Field(min_length=1)]
    each: int = Field(examples=[4])
    reason: str = Field(max_length=2_000, examples=["25th against 26th is a coin toss."])


class MoreOut(BaseModel):
    round: RoundOut
    planned: int = Field(description="How many ballots were planned; fewer than asked for where judges are missing.")


class TieOut(BaseModel):
    """Photos that share a rank, in the order in which they stand. `is_broken`: each has a place of its own."""

    rank: int
    submissions: list[UUID]
    is_broken: bool
    broken_by: str | None


class TieList(BaseModel):
    data: list[TieOut]
    next_cursor: None = None


class TieIn(In):
    order: Annotated[Ids, Field(min_length=2, description="All that share the rank, best first.")]


class JudgeOut(BaseModel):
    """What is seen of one judge. `severity`: how much lower than the panel; for duels how dependable, 0 to 1."""

    judge: str = Field(examples=["Judge 3"], description="The name in the dossier.")
    display_name: str
    ballots: int
    severity: float | None
    spread: float | None


class PairOut(BaseModel):
    """Two judges who agreed, or disagreed, far more than chance would have it on what both judged."""

    one: str
    other: str
    common: int
    found: float
    expected: float
    p: float
    sentence: str


class AgreementOut(BaseModel):
    """`alpha` is Krippendorff's: 1 for complete agreement, 0 for what chance gives; null where too little is known."""

    alpha: float | None
    metric: Metric
    units: int
    sentence: str
    judges: list[JudgeOut]
    pairs: list[PairOut]
