"""Declared conflicts for programs: a judge's own, or for the desk the panel's."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from campaign.accounts.authentication import current_actor
from campaign.db import transaction
from campaign.judging.allocation.conflicts import Against, conflicts_in, declare_conflict, withdraw_conflict
from campaign.judging.api.schemas import In
from campaign.judging.models import DeclaredConflict
from campaign.web.api import api_blueprint
from campaign.web.pagination import PageQuery, page_asked
from campaign.web.times import iso

conflicts_api = api_blueprint("conflicts")


class ConflictIn(In):
    """With one photo, or with all photos of a fan. `judge` is for the desk; left out, it is whoever asks."""

    submission: UUID | None = None
    fan: UUID | None = Field(default=None, description="The person who sent the photos, by id.")
    judge: UUID | None = None
    reason: str = Field(default="", max_length=1_000, description="For the desk; no part of the round's record.")


class ConflictOut(BaseModel):
    id: UUID
    judge: UUID
    submission: UUID | None
    fan: UUID | None
    reason: str
    declared_at: str


class ConflictList(BaseModel):
    data: list[ConflictOut]
    next_cursor: str | None


@conflicts_api.get("/rounds/<uuid:round_id>/conflicts")
@conflicts_api.input(PageQuery, location="query")
@conflicts_api.output(ConflictList)
def list_conflicts(round_id: UUID, query_data: PageQuery) -> dict[str, Any]:
    """Declared conflicts, newest first: the panel's for the desk, one's own for a judge."""
    query = conflicts_in(current_actor(), round_id)
    page = page_asked(query, query_data, at=DeclaredConflict.created_at)
    return {"data": [_document(one) for one in page.items], "next_cursor": page.next_cursor}


@conflicts_api.post("/rounds/<uuid:round_id>/conflicts")
@conflicts_api.input(ConflictIn)
@conflicts_api.output(ConflictOut, status_code=201)
def post_conflict(round_id: UUID, json_data: ConflictIn) -> dict[str, Any]:
    """Declare a conflict. No vote of this judge on such a photo counts, and other judges take it on."""
    against = Against(json_data.submission, json_data.fan)
    with transaction():
        declared = declare_conflict(
            current_actor(), round_id, against, judge_id=json_data.judge, reason=json_data.reason
        )
        return _document(declared)


@conflicts_api.delete("/rounds/<uuid:round_id>/conflicts/<uuid:conflict_id>")
@conflicts_api.output({}, status_code=204)
def delete_conflict(round_id: UUID, conflict_id: UUID) -> tuple[str, int]:
    """Take a declaration back. What went to other judges stays theirs."""
    with transaction():
        withdraw_conflict(current_actor(), round_id, conflict_id)
    return "", 204


def _document(one: DeclaredConflict) -> dict[str, Any]:
    return {
        "id": one.id,
        "judge": one.judge_id,
        "submission": one.submission_id,
        "fan": one.fan_id,
        "reason": one.reason,
        "declared_at": iso(one.created_at),
    }
