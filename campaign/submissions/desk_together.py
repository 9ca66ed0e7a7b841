"""What the desk does with several photos at once."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from campaign.accounts.authentication import current_actor
from campaign.accounts.permissions import require
from campaign.campaigns.queries import campaign_by_slug
from campaign.db import transaction
from campaign.submissions.batches import Deed, campaign_of_batch, decide_together, undo_batch
from campaign.submissions.desk_forms import (
    desk_url,
    read_action,
    read_filter,
    read_person,
    read_picks,
    read_reason,
    told,
)
from campaign.submissions.desk_words import told_skipped, told_together
from campaign.submissions.pages import pages
from campaign.web.times import plural


@pages.post("/desk/c/<slug>/moderation/together")
def decide_several(slug: str) -> ResponseReturnValue:
    """Publish, decline or hand on all that is selected; each is told where it could not be."""
    actor = current_actor()
    campaign = campaign_by_slug(slug, actor)
    require(actor, "submission.decide", campaign)
    with told():
        deed = Deed(read_action(), read_reason(), read_person())
        with transaction():
            outcome = decide_together(actor, campaign, deed, read_picks())
        if outcome.done:
            flash(told_together(outcome, deed.action))
        if outcome.skipped:
            flash(told_skipped(outcome), "refused")
    return redirect(desk_url(slug, read_filter()))


@pages.post("/desk/batches/<uuid:id>/undo")
def undo_several(id: UUID) -> ResponseReturnValue:  # noqa: A002 -- the name in the address
    """One undo for the lot."""
    actor = current_actor()
    with told():
        with transaction():
            outcome = undo_batch(actor, id)
        flash(f"Taken back for {plural(len(outcome.done), 'photo')}.")
        if outcome.skipped:
            flash(told_skipped(outcome), "refused")
    slug = campaign_of_batch(id).slug
    return redirect(desk_url(slug, read_filter()))
