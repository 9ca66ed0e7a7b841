"""Where staff look at photos one by one, or at several together, and decide."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign.accounts.actor import Actor
from campaign.accounts.authentication import current_actor
from campaign.accounts.permissions import require
from campaign.campaigns.models import Campaign
from campaign.campaigns.queries import campaign_by_slug
from campaign.campaigns.views import CampaignView, view_campaign
from campaign.clock import database_now
from campaign.db import transaction
from campaign.submissions.assigning import crew_of
from campaign.submissions.batches import MOST
from campaign.submissions.desk_filter import DeskFilter, Order, Whose
from campaign.submissions.desk_forms import desk_url
from campaign.submissions.desk_views import DeskPhoto, desk_photo, desk_photos, facts_of, undoables
from campaign.submissions.duplicates import count_near_duplicates
from campaign.submissions.journey import twice_of
from campaign.submissions.models import Submission, SubmissionState
from campaign.submissions.moderation_queries import Work, desk_page, first_free, photo_for_desk, work_in
from campaign.submissions.opinions import LONGEST_NOTE
from campaign.submissions.pages import pages
from campaign.submissions.presence import holder, look_at, watchers
from campaign.submissions.queries import not_known
from campaign.submissions.twins import SENT_BEFORE_YOU, twins_of, was_sent_before
from campaign.submissions.wording import LONGEST_REASON

TABS = (
    (SubmissionState.READY, "Waiting"),
    (SubmissionState.PUBLISHED, "In the gallery"),
    (SubmissionState.DECLINED, "Declined"),
    (SubmissionState.REJECTED, "Not taken in"),
)
TRIES = 5
"""How many photos are tried where others open the same ones in the same moment."""
AHEAD = 2
"""How many of the next photos are loaded before they are asked for."""


@pages.get("/desk/c/<slug>/moderation")
def moderation(slug: str) -> ResponseReturnValue:
    """The photos of one tab, narrowed by filters; those that wait come oldest first. `photo` opens one of them."""
    actor = current_actor()
    campaign = campaign_by_slug(slug, actor)
    require(actor, "submission.decide", campaign)
    wanted = DeskFilter.read(request.args)
    opened = _open(actor, campaign, wanted, request.args.get("photo", type=UUID))
    page = desk_page(campaign.id, actor, wanted)
    selected = next((one for one in page.items if one.id == opened), None)
    if selected is None and opened is not None:
        selected = photo_for_desk(opened)
    return render_template(
        "desk/moderation.html", **_page(actor, campaign, wanted, page.items, page.next_cursor, selected)
    )


def _open(actor: Actor, campaign: Campaign, wanted: DeskFilter, asked: UUID | None) -> UUID | None:
    """The photo asked for, else the first that nobody else has open; from now on others see that it is taken.

    Raises NotFound for one that is not of this campaign.
    """
    if asked is not None:
        if photo_for_desk(asked).campaign_id != campaign.id:
            raise not_known()
        with transaction():
            look_at(actor, asked)
        return asked
    for _ in range(TRIES):
        found = first_free(campaign.id, actor, wanted)
        if found is None:
            return None
        with transaction():
            is_taken = holder(look_at(actor, found), actor) is not None
        if not is_taken:
            return found
    return None


def _page(
    actor: Actor,
    campaign: Campaign,
    wanted: DeskFilter,
    items: Any,
    next_cursor: str | None,
    selected: Submission | None,
) -> dict[str, Any]:
    now = database_now()
    shown = [one.id for one in items] + ([selected.id] if selected else [])
    watching, alike = watchers(shown), count_near_duplicates(shown)
    photos = desk_photos(items, actor, watching, now=now, alike=alike)
    view = view_campaign(campaign)
    waiting = view.counts.get(SubmissionState.READY.value, 0)
    chosen = desk_photo(selected, actor, watching.get(selected.id, ()), now=now) if selected else None
    twins = twins_of(selected) if selected and selected.id in alike else ()
    return {
        "campaign": view,
        "wanted": wanted,
        "photos": photos,
        "selected": chosen,
        "facts": facts_of(selected) if selected else None,
        "twins": twins,
        "offered": [*campaign.decline_reasons, *([SENT_BEFORE_YOU] if was_sent_before(selected, twins) else [])],
        "twice": twice_of(selected) if selected else None,
        "ahead": _ahead(photos, chosen),
        "undoables": undoables(campaign.id, actor),
        "tabs": _tabs(view, wanted),
        "narrowings": _narrowings(campaign, wanted, work_in(campaign.id, actor, waiting)),
        "categories": campaign.categories,
        "reasons": campaign.decline_reasons,
        "crew": crew_of(campaign.id),
        "more_url": desk_url(campaign.slug, wanted.but(after=next_cursor)) if next_cursor else "",
        "orders": Order,
        "most": MOST,
        "longest_reason": LONGEST_REASON,
        "longest_note": LONGEST_NOTE,
        "all_selected": request.args.get("all") == "1",
        "list_url": url_for("submissions.moderation", slug=campaign.slug),
    }


def _ahead(photos: list[DeskPhoto], selected: DeskPhoto | None) -> list[DeskPhoto]:
    """The next photos that nobody else has open."""
    places = [place for place, one in enumerate(photos) if selected and one.photo.id == selected.photo.id]
    rest = photos[places[0] + 1 :] if places else photos
    return [one for one in rest if not one.others and one.photo.width][:AHEAD]


def _tabs(campaign: CampaignView, wanted: DeskFilter) -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "count": campaign.counts.get(state.value, 0),
            "url": desk_url(campaign.slug, DeskFilter(state=state)),
            "current": state is wanted.state,
        }
        for state, label in TABS
    ]


def _narrowings(campaign: Campaign, wanted: DeskFilter, work: Work) -> list[dict[str, Any]]:
    """Whose photos: only what waits has all four."""
    is_waiting = wanted.state is SubmissionState.READY
    mine = ("Mine", work.mine) if is_waiting else ("Decided by me", None)
    given = [(Whose.ALL, "All", None), (Whose.MINE, *mine)]
    if is_waiting:
        given += [(Whose.UNASSIGNED, "Nobody’s", work.unassigned), (Whose.OPINION, "Second opinion", work.opinion)]
    return [
        {
            "label": label,
            "count": count,
            "url": desk_url(campaign.slug, wanted.but(whose=whose)),
            "current": whose is wanted.whose,
        }
        for whose, label, count in given
    ]
