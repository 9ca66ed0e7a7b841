"""The photos of campaigns, as the campaign pages ask for them (see `campaigns/hooks.py`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from campaign.accounts.actor import Actor
from campaign.campaigns.models import Campaign
from campaign.clock import database_now
from campaign.submissions.entries import entries_taken
from campaign.submissions.facets import Facet, category_facets, count_found, place_facets
from campaign.submissions.models import Submission
from campaign.submissions.queries import counts_by_state, hung, newest_published
from campaign.submissions.search import Wanted
from campaign.submissions.veil import is_campaign_veiled
from campaign.submissions.views import PhotoView, photo_view, photo_views
from campaign.web.pagination import DEFAULT_LIMIT, Page, paginate

EVERYTHING = Wanted()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hall:
    """One page of a gallery: what was asked for, how much of it there is, and what else could be asked.

    `found` is None where everything was asked for: how much that is, the campaign knows. `is_veiled` for whoever judges
    the campaign blind: there is nothing to search then.
    """

    wanted: Wanted
    page: Page[PhotoView]
    found: int | None
    categories: Sequence[Facet]
    places: Sequence[Facet]
    is_veiled: bool


class PublishedPhotos:
    """Counts, covers, pages of the gallery, and what a fan may still send."""

    def counts(self, campaign_ids: Sequence[UUID]) -> Mapping[UUID, Mapping[str, int]]:
        return counts_by_state(campaign_ids)

    def covers(self, campaign_ids: Sequence[UUID]) -> Mapping[UUID, PhotoView]:
        newest = newest_published(campaign_ids)
        return {campaign_id: photo_view(submission) for campaign_id, submission in newest.items()}

    def hall(self, campaign: Campaign, asked: Mapping[str, str], *, cursor: str | None) -> Hall:
        wanted = Wanted.read(asked)
        page = published_page(campaign.id, wanted, cursor=cursor)
        places = place_facets(campaign, wanted)
        spelled = next((one.name for one in places if one.is_chosen), "")
        return Hall(
            wanted=wanted.wishing("place", spelled),
            page=Page(photo_views(page.items), page.next_cursor),
            found=count_found(campaign, wanted) if wanted else None,
            categories=category_facets(campaign, wanted),
            places=places,
            is_veiled=is_campaign_veiled(campaign.id),
        )

    def entries_left(self, campaign: Campaign, actor: Actor) -> int | None:
        if actor.person_id is None:
            return None
        taken = entries_taken(campaign.id, actor.person_id, database_now())
        return max(0, campaign.entry_limit - len(taken))


def published_page(
    campaign_id: UUID, wanted: Wanted = EVERYTHING, *, cursor: str | None = None, limit: int = DEFAULT_LIMIT
) -> Page[Submission]:
    """Published photos that the visitor wants to see, newest first, in a fixed number of queries."""
    return paginate(
        hung(campaign_id, wanted),
        at=Submission.published_at,
        limit=limit,
        cursor=cursor,
    )
