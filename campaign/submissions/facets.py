"""What a gallery can be narrowed to: its categories and places, each with how many photos that would leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased

from campaign.campaigns.models import Campaign
from campaign.db import db
from campaign.submissions.folding import fold
from campaign.submissions.models import Submission, SubmissionState
from campaign.submissions.search import Wanted, wishes
from campaign.submissions.veil import is_campaign_veiled

MOST_PLACES = 24
"""Places offered by name; the search finds the others."""


@dataclass(frozen=True, slots=True)
class Facet:
    """One wish: its name, how many photos it leaves beside the other wishes, and whether it is wished."""

    name: str
    count: int
    is_chosen: bool


def count_found(campaign: Campaign, wanted: Wanted) -> int:
    """How many published photos there are of what is wanted."""
    return db.session.scalars(select(func.count(Submission.id)).where(*_hanging(campaign, wanted))).one()


def category_facets(campaign: Campaign, wanted: Wanted) -> list[Facet]:
    """The categories that photos hang in, in the campaign's own order."""
    hanging = _hanging(campaign, wanted.without("category"))
    query = select(Submission.category, func.count()).where(*hanging, Submission.category != "")
    counts: dict[str, int] = dict(db.session.execute(query.group_by(Submission.category)).all())
    if wanted.category:
        counts.setdefault(wanted.category, 0)
    own = [category for category in campaign.categories if category in counts]
    others = sorted(counts.keys() - set(own))  # of an earlier list
    return [Facet(category, counts[category], category == wanted.category) for category in (*own, *others)]


def place_facets(campaign: Campaign, wanted: Wanted) -> list[Facet]:
    """The places with the most photos, however they were spelled, each as it was written last.

    None for whoever judges the campaign blind.
    """
    if is_campaign_veiled(campaign.id):
        return _with_chosen([], wanted)
    count = func.count().label("count")
    place = Submission.folded_place
    named = select(place.label("folded"), count).where(*_hanging(campaign, wanted.without("place")), place != "")
    top = named.group_by(place).order_by(count.desc(), place).limit(MOST_PLACES).subquery()
    written = aliased(Submission)
    last = (
        select(written.place)
        .where(written.campaign_id == campaign.id, written.state == SubmissionState.PUBLISHED)
        .where(written.folded_place == top.c.folded)
        .order_by(written.published_at.desc(), written.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = db.session.execute(select(last, top.c.count, top.c.folded).order_by(top.c.count.desc(), top.c.folded))
    return _with_chosen([Facet(place, many, folded == fold(wanted.place)) for place, many, folded in rows], wanted)


def _with_chosen(places: Sequence[Facet], wanted: Wanted) -> list[Facet]:
    """A chosen place stands first, also when it is none of the top ones."""
    chosen = [one for one in places if one.is_chosen]
    others = [one for one in places if not one.is_chosen]
    if wanted.place and not chosen:
        chosen = [Facet(wanted.place, 0, is_chosen=True)]
    return [*chosen, *others]


def _hanging(campaign: Campaign, wanted: Wanted) -> list[ColumnElement[bool]]:
    here = Submission.campaign_id == campaign.id
    return [here, Submission.state == SubmissionState.PUBLISHED, *wishes(wanted)]
