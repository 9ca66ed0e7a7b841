"""What the desk sees of a campaign's messages."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign.accounts.authentication import current_actor
from campaign.accounts.permissions import Action, can, require
from campaign.campaigns.models import Campaign
from campaign.campaigns.queries import campaign_by_slug
from campaign.campaigns.views import view_campaign
from campaign.db import transaction
from campaign.errors import Conflict, InvalidInput
from campaign.extensions import settings
from campaign.moments.delivery import sends_mail
from campaign.moments.models import MailState, Moment
from campaign.moments.occasions import KINDS
from campaign.moments.watching import campaign_messages, count_by_mail, reasons, try_again
from campaign.web.pagination import paginate

desk = Blueprint("moments_desk", __name__)

LABELS = {
    MailState.WAITING: "waiting",
    MailState.FAILED: "failed",
    MailState.SENT: "sent",
    MailState.APP: "in the app only",
    MailState.DROPPED: "not sent",
}
"""How the desk calls each state of a mail, in the order of its tabs."""


def campaign_for(slug: str, action: Action) -> Campaign:
    """The campaign, once this person may do that in it."""
    actor = current_actor()
    campaign = campaign_by_slug(slug, actor)
    require(actor, action, campaign)
    return campaign


@desk.get("/desk/c/<slug>/messages")
def messages(slug: str) -> ResponseReturnValue:
    """Who was told what, and what became of each mail."""
    campaign = campaign_for(slug, "moments.watch")
    state = _state(request.args.get("mail"))
    page = paginate(
        campaign_messages(campaign.id, state),
        at=Moment.told_at,
        cursor=request.args.get("after"),
    )
    counts = count_by_mail(campaign.id)
    return render_template(
        "desk/messages.html",
        campaign=view_campaign(campaign),
        messages=page.items,
        reasons=reasons(page.items),
        kinds=KINDS,
        tabs=[(state.value, label, counts[state]) for state, label in LABELS.items()],
        labels=LABELS,
        total=sum(counts.values()),
        shown=state.value if state else "",
        next_cursor=page.next_cursor,
        sends_mail=sends_mail(settings()),
        can_retry=can(current_actor(), "jobs.retry", campaign),
    )


@desk.post("/desk/c/<slug>/messages/<uuid:id>/retry")
def retry(slug: str, id: UUID) -> ResponseReturnValue:  # noqa: A002 -- the name in the address
    campaign = campaign_for(slug, "jobs.retry")
    try:
        with transaction():
            try_again(current_actor(), campaign, id)
    except Conflict as problem:
        flash(problem.message, "refused")
    else:
        flash("The mail is on its way once more.")
    return redirect(url_for("moments_desk.messages", slug=slug, mail=MailState.FAILED.value))


def _state(given: str | None) -> MailState | None:
    try:
        return MailState(given) if given else None
    except ValueError:
        raise InvalidInput("Choose one of the tabs above the list.", fields={"mail": "not a state"}) from None
