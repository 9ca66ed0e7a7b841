"""The shapes of the desk's API."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from campaign.submissions.desk_filter import DeskFilter, Order, Whose
from campaign.submissions.desk_models import BatchAction
from campaign.submissions.models import SubmissionState
from campaign.submissions.opinions import ASKED
from campaign.submissions.schemas import Line, SubmissionOut
from campaign.submissions.search import LONGEST_ASKED
from campaign.web.pagination import PageQuery
from uploads.metadata.provenance import Provenance

Mark = Annotated[
    str | None,
    Field(
        max_length=32,
        examples=["5f0c1c2ab34d9e01"],
        description="The mark `seen` of the photo as you last read it. Where somebody decided since, or the fan wrote "
        "other words, the answer is 409 with who and what. Left out: whatever it is now.",
    ),
]


class DecisionIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    decision: Literal["publish", "decline"] = Field(examples=["decline"])
    reason: Line = Field(default="", examples=["It is a little too dark to see."], description="The fan reads it.")
    seen: Mark = None


class DeskQuery(PageQuery):
    """Which photos of a campaign the desk looks at."""

    state: SubmissionState = SubmissionState.READY
    whose: Whose = Field(
        default=Whose.ALL,
        description="`mine` among the decided ones: those I decided. `opinion`: second opinion wanted.",
    )
    category: str = Field(default="", max_length=LONGEST_ASKED)
    q: str = Field(default="", max_length=LONGEST_ASKED, description="Words that begin words of caption or place.")
    order: Order | None = Field(default=None, description="Left out: what waits oldest first, the rest newest first.")

    @property
    def wanted(self) -> DeskFilter:
        return DeskFilter(
            state=self.state,
            whose=self.whose,
            category=self.category,
            q=self.q,
            order=self.order,
            after=self.cursor or "",
        )


class CrewMember(BaseModel):
    id: UUID
    display_name: str


class CrewList(BaseModel):
    data: list[CrewMember]


class OpinionOut(BaseModel):
    by: str
    note: str = Field(examples=[ASKED])
    asked_at: str


class DeskOut(BaseModel):
    """A submission with what only the desk knows. `seen` is the mark to send back with a decision."""

    submission: SubmissionOut
    seen: str
    waiting_since: str | None
    assigned_to: CrewMember | None
    second_opinion: OpinionOut | None
    decided_by: str | None
    looked_at_by: list[str] = Field(description="Who else has it open at the desk just now.")
    near_duplicate_count: int = Field(description="How many other photos of the campaign look like it.")
    duplicate_of: UUID | None = Field(description="The fan's earlier photo that this one was put aside for.")


class DeskList(BaseModel):
    data: list[DeskOut]
    next_cursor: str | None


class OtherOut(BaseModel):
    id: UUID
    caption: str
    state: SubmissionState


class DidOut(BaseModel):
    who: str
    what: str = Field(examples=["declined it"])
    at: str
    why: str


class FileClaimsOut(BaseModel):
    """What the file says of itself: its own word, and no proof either way. The location itself is never kept."""

    taken_at: str | None = Field(
        examples=["2026-05-12T18:04:00+02:00"], description="By the camera's own clock; with an offset if it has one."
    )
    camera_make: str | None = Field(examples=["Apple"])
    has_location: bool | None = Field(description="Whether the file told a location. null: nobody has looked.")
    stated_provenance: list[Provenance] = Field(
        examples=[["ai_generated"]],
        description="Marks in the file; `c2pa`: Content Credentials, which are not checked.",
    )


class NearDuplicateOut(FileClaimsOut, SubmissionOut):
    """Another photo of the campaign that looks the same, with how it was decided."""

    distance: int = Field(description="In how many of 64 bits the two dHashes differ.")
    is_same_file: bool
    by_the_same_fan: bool
    decided_by: str | None
    decided_at: str | None


class FactsOut(FileClaimsOut):
    """`bytes` is the length of the file as it was sent; `others` are the fan's newest other photos here."""

    format: str = Field(examples=["JPEG"])
    bytes: int
    filename: str
    others: list[OtherOut]
    others_count: int
    history: list[DidOut]
    can_try_again: bool


class DeskPhotoOut(DeskOut):
    near_duplicates: list[NearDuplicateOut] = Field(description="Nearest first, at most six.")
    facts: FactsOut


class AssignmentIn(BaseModel):
    """`null` puts the photo down."""

    model_config = ConfigDict(extra="forbid")

    person_id: UUID | None


class OpinionIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    note: Line = Field(default="", examples=[ASKED], description="Up to 500 characters.")
    person_id: UUID | None = Field(default=None, description="Give it to this person of the crew too.")


class PickIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: UUID
    seen: Mark = None


class TogetherIn(BaseModel):
    """The same for up to a hundred photos."""

    model_config = ConfigDict(extra="forbid")

    action: BatchAction
    reason: Line = Field(default="", description="For `decline`: each fan reads it.")
    person_id: UUID | None = Field(default=None, description="For `assign`: one of the crew; left out: nobody.")
    photos: list[PickIn] = Field(max_length=1_000, description="At most 100.")


class SkippedOut(BaseModel):
    id: UUID
    caption: str
    why: str


class OutcomeOut(BaseModel):
    """Each photo is in one of the two lists. `batch` can be undone; null where nothing was done."""

    batch: UUID | None
    done: list[UUID]
    skipped: list[SkippedOut]
