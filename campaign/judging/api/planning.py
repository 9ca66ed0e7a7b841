"""For programs, and for the form as it is filled in: how much work a round would be for each of its judges."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from campaign.accounts.authentication import current_actor
from campaign.accounts.permissions import require
from campaign.campaigns.queries import campaign_by_slug
from campaign.judging.desk.sizes import expected_photos
from campaign.judging.desk.workload import workload
from campaign.judging.life.origins import LARGEST_SCORE, LARGEST_TOP, MOST_PICKED, Source
from campaign.judging.life.plan import LARGEST_QUORUM
from campaign.judging.methods.shape import Criterion, Method, Terms
from campaign.web.api import api_blueprint

planning_api = api_blueprint("judging_planning")

MOST_JUDGES = 1_000
MOST_CRITERIA = 6


class WorkloadQuery(BaseModel):
    """A round as it might be. Its photos are all published ones, or named as in a round's `source`."""

    method: Method = Method.STARS
    quorum: int = Field(default=3, ge=1, le=LARGEST_QUORUM)
    judges: int = Field(default=1, ge=0, le=MOST_JUDGES)
    criteria: int = Field(default=1, ge=0, le=MOST_CRITERIA)
    list_size: int = Field(default=10, ge=2, le=20)
    round: UUID | None = None
    top: int | None = Field(default=None, ge=1, le=LARGEST_TOP)
    least: float | None = Field(default=None, ge=-LARGEST_SCORE, le=LARGEST_SCORE)
    category: str | None = Field(default=None, max_length=200)
    picked: int | None = Field(default=None, ge=1, le=MOST_PICKED, description="How many were picked by hand.")


class WorkloadOut(BaseModel):
    """What each judge would have before them; `words` show the sum."""

    photos: int
    ballots: int = Field(description="Photos, duels or lists for each judge.")
    seconds: int = Field(description="About how long that takes each of them.")
    words: str


@planning_api.get("/campaigns/<slug>/workload")
@planning_api.input(WorkloadQuery, location="query")
@planning_api.output(WorkloadOut)
def get_workload(slug: str, query_data: WorkloadQuery) -> dict[str, Any]:
    """How much work a round would be for each of its judges; for whoever sets up rounds."""
    actor = current_actor()
    campaign = campaign_by_slug(slug, actor)
    require(actor, "round.manage", campaign)
    asked = query_data
    photos = asked.picked or expected_photos(campaign, _source(asked))
    terms = Terms(asked.quorum, tuple(Criterion("") for _ in range(asked.criteria)), 5, asked.list_size)
    found = workload(asked.method, terms, photos=photos, judges=asked.judges)
    return {"photos": photos, **found._asdict()}


def _source(asked: WorkloadQuery) -> Source | None:
    if asked.round is None and asked.category is None:
        return None
    return Source(round_id=asked.round, top=asked.top, least=asked.least, category=asked.category)
