"""A round under way for programs: what a change would do, and doing it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from campaign.accounts.authentication import current_actor
from campaign.db import transaction
from campaign.judging.allocation.changes import Change, Preview, apply_change, preview_change
from campaign.judging.api.schemas import Ids, In
from campaign.web.api import api_blueprint

changes_api = api_blueprint("changes")


class ChangeIn(In):
    """At least one of these. People are named by their ids."""

    add: Ids = Field(default_factory=list, description="Of the cast, who joins the panel.")
    drop: Ids = Field(default_factory=list, description="Who leaves it; what they judged stands.")
    quorum: int | None = Field(default=None, examples=[2], description="How many judges are to see each photo.")
    deal_again: bool = Field(default=False, description="Deal anew what is not judged, in equal parts.")
    away_from: Ids = Field(default_factory=list, description="With `deal_again`: judges who get nothing more.")


class JudgeChangeOut(BaseModel):
    """`now` and `then` are how much waits before the judge, before the change and after it."""

    id: UUID
    display_name: str
    done: int
    now: int
    then: int
    is_new: bool
    is_leaving: bool


class ChangeOut(BaseModel):
    """`ballots_now` and `ballots_then` are what is still to be judged, `more_work` the difference.

    `short` are photos that too few may judge, `over` ballots beyond the quorum that stand all the same. `pieces` and
    `smallest_cut` say how the panel hangs together by the photos that two judges both have.
    """

    judges: list[JudgeChangeOut]
    quorum: int
    ballots_now: int
    ballots_then: int
    more_work: int
    short: list[UUID]
    over: int
    pieces: int
    smallest_cut: int


@changes_api.post("/rounds/<uuid:round_id>/changes/preview")
@changes_api.input(ChangeIn)
@changes_api.output(ChangeOut)
def post_preview(round_id: UUID, json_data: ChangeIn) -> dict[str, Any]:
    """Tell what a change of an open round would do; nothing is changed."""
    return _document(preview_change(current_actor(), round_id, _change(json_data)))


@changes_api.post("/rounds/<uuid:round_id>/changes")
@changes_api.input(ChangeIn)
@changes_api.output(ChangeOut)
def post_change(round_id: UUID, json_data: ChangeIn) -> dict[str, Any]:
    """Change an open round: its judges, its quorum, who gets what is left. No ballot is lost."""
    with transaction():
        return _document(apply_change(current_actor(), round_id, _change(json_data)))


def _change(sent: ChangeIn) -> Change:
    return Change(
        add=frozenset(sent.add),
        drop=frozenset(sent.drop),
        quorum=sent.quorum,
        deal_again=sent.deal_again,
        away_from=frozenset(sent.away_from),
    )


def _document(told: Preview) -> dict[str, Any]:
    judges = [{"id": one.person_id, **one._asdict()} for one in told.judges]
    return {**told._asdict(), "judges": judges, "more_work": told.more_work}
