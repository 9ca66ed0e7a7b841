"""The gallery for programs: what it can be narrowed to, and who hangs beside whom."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from campaign.accounts.authentication import current_actor
from campaign.campaigns.queries import campaign_by_slug
from campaign.submissions.api import api
from campaign.submissions.facets import Facet, category_facets, count_found, place_facets
from campaign.submissions.models import SubmissionState
from campaign.submissions.queries import newer_and_older, visible_submission
from campaign.submissions.schemas import SubmissionOut, WantedQuery
from campaign.submissions.views import submission_document


class FacetOut(BaseModel):
    """A category or place, and how many photos it leaves beside the other wishes."""

    name: str = Field(examples=["Lisbon"])
    count: int = Field(examples=[14])


class FacetsOut(BaseModel):
    """How many photos there are of what was asked for, and what else could be."""

    count: int = Field(examples=[214])
    categories: list[FacetOut]
    places: list[FacetOut] = Field(description="Those with the most photos, at most 24.")


class NeighboursOut(BaseModel):
    """The photos that hang beside one in its gallery, null at its ends."""

    newer: SubmissionOut | None
    older: SubmissionOut | None


@api.get("/campaigns/<slug>/facets")
@api.input(WantedQuery, location="query")
@api.output(FacetsOut)
def get_facets(slug: str, query_data: WantedQuery) -> dict[str, Any]:
    """What a gallery can be narrowed to, with counts."""
    campaign = campaign_by_slug(slug, current_actor())
    wanted = query_data.wanted
    return {
        "count": count_found(campaign, wanted),
        "categories": _facets(category_facets(campaign, wanted)),
        "places": _facets(place_facets(campaign, wanted)),
    }


@api.get("/submissions/<uuid:submission_id>/neighbours")
@api.input(WantedQuery, location="query")
@api.output(NeighboursOut)
def get_neighbours(submission_id: UUID, query_data: WantedQuery) -> dict[str, Any]:
    """The photos beside a published one, among those asked for; one that does not hang has none."""
    submission = visible_submission(current_actor(), submission_id)
    if submission.state is not SubmissionState.PUBLISHED:
        return {"newer": None, "older": None}
    newer, older = newer_and_older(submission, query_data.wanted)
    return {
        "newer": submission_document(newer) if newer else None,
        "older": submission_document(older) if older else None,
    }


def _facets(facets: list[Facet]) -> list[dict[str, Any]]:
    return [{"name": one.name, "count": one.count} for one in facets]
