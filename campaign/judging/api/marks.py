"""A judge's own marks and ballots for programs, and for the script of the panel's pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from campaign.accounts.authentication import current_actor
from campaign.db import transaction
from campaign.judging.api.schemas import In
from campaign.judging.models import Mark
from campaign.judging.panel.marks import LONGEST_NOTE, judged_by, mark_photo, marks_of
from campaign.web.api import api_blueprint
from campaign.web.pagination import PageQuery, paginate
from campaign.web.times import iso

marks_api = api_blueprint("marks")


class MarkIn(In):
    """An empty mark (no favourite, no note) is taken away."""

    favourite: bool = False
    note: str = Field(default="", max_length=LONGEST_NOTE, description="For yourself alone; nobody else reads it.")


class MarkOut(BaseModel):
    submission: UUID
    favourite: bool
    note: str


class KeptMarkOut(MarkOut):
    marked_at: datetime


class MarkList(BaseModel):
    data: list[KeptMarkOut]
    next_cursor: str | None


@marks_api.get("/rounds/<uuid:round_id>/marks")
@marks_api.input(PageQuery, location="query")
@marks_api.output(MarkList)
def list_marks(round_id: UUID, query_data: PageQuery) -> dict[str, Any]:
    """Your favourites and notes in a round that you judge or judged, the latest first. Nobody else's."""
    actor = current_actor()
    judged = judged_by(actor, round_id)
    assert actor.person_id is not None
    query = marks_of(judged.id, actor.person_id).order_by(None)
    page = paginate(query, at=Mark.marked_at, identity=Mark.submission_id, **query_data.model_dump())
    return {"data": [_document(one) for one in page.items], "next_cursor": page.next_cursor}


@marks_api.put("/rounds/<uuid:round_id>/marks/<uuid:submission_id>")
@marks_api.input(MarkIn)
@marks_api.output(MarkOut)
def put_mark(round_id: UUID, submission_id: UUID, json_data: MarkIn) -> dict[str, Any]:
    """Keep a favourite or a private note on a photo that was put before you."""
    with transaction():
        kept = mark_photo(current_actor(), round_id, submission_id, favourite=json_data.favourite, note=json_data.note)
    return {"submission": submission_id, **kept._asdict()}


def _document(mark: Mark) -> dict[str, Any]:
    kept = {"favourite": mark.is_favourite, "note": mark.note, "marked_at": iso(mark.marked_at)}
    return {"submission": mark.submission_id, **kept}
