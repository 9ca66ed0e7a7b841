"""The marketer's desk: the list of campaigns, one campaign, and its next step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import TypeVar

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign.accounts.authentication import current_actor
from campaign.accounts.permissions import can, require
from campaign.campaigns.guidance import next_step, short_step
from campaign.campaigns.hooks import Figure, glance, why_not_announce, why_not_announce_these
from campaign.campaigns.lifecycle import move_campaign
from campaign.campaigns.listing import LONGEST_WORDS, Choice, Order, count_states, listed, nobody_yet
from campaign.campaigns.models import Campaign, State
from campaign.campaigns.options import ask, options_of
from campaign.campaigns.pages import pages
from campaign.campaigns.queries import campaign_by_slug, desk_campaigns
from campaign.campaigns.views import CampaignView, view_campaign, view_campaigns
from campaign.clock import database_now
from campaign.db import transaction
from campaign.errors import Conflict, InvalidInput

HISTORY = "team.audit"
"""The page of the audit log, where the slice that has one is there."""

DONE = {
    State.OPEN: "It is launched. Fans can see it now.",
    State.CLOSED: "It is closed. Every photo sent in time is in.",
    State.ANNOUNCED: "It is announced. The winners' page is open to everybody.",
}

Named = TypeVar("Named", bound=StrEnum)


@pages.get("/desk")
def desk_home() -> ResponseReturnValue:
    actor = current_actor()
    require(actor, "campaign.desk")
    choice = Choice(
        state=_one_of(State, request.args.get("state")),
        words=request.args.get("q", "")[:LONGEST_WORDS],
        order=_one_of(Order, request.args.get("sort")) or Order.NEWEST,
    )
    now = database_now()
    page = listed(desk_campaigns(actor), choice, now, cursor=request.args.get("after"))
    in_the_way = why_not_announce_these([one for one in page.items if one.state_at(now) is State.CLOSED])
    return render_template(
        "desk/home.html",
        campaigns=[(view, short_step(view, in_the_way.get(view.id))) for view in view_campaigns(page.items)],
        next_cursor=page.next_cursor,
        choice=choice,
        states=count_states(desk_campaigns(actor), choice, now),
        nothing_at_all=not page.items and nobody_yet(desk_campaigns(actor)),
        can_create=can(actor, "campaign.create"),
    )


@pages.get("/desk/c/<slug>")
def desk_show(slug: str) -> ResponseReturnValue:
    campaign, actor = for_desk(slug), current_actor()
    view, in_the_way = view_campaign(campaign), None
    may_move = can(actor, "campaign.transition", campaign)
    if view.state is State.CLOSED:
        in_the_way = why_not_announce(campaign)
    step = next_step(view, in_the_way, may_move=may_move)
    may_copy = can(actor, "campaign.create") and can(actor, "campaign.edit", campaign)
    options = options_of(campaign, database_now(), may_move=may_move, may_copy=may_copy)
    return render_template(
        "desk/campaign.html",
        campaign=view,
        figures=glance(campaign) or _figures(view),
        step=step,
        options=[one for one in options if (one.to, one.resumes) != (step.to, step.resumes) or one.url],
        asks={to: ask(campaign, to) for to in DONE},
        in_the_way=in_the_way,
        history=_history(campaign),
    )


@pages.post("/desk/c/<slug>/transitions")
def desk_transition(slug: str) -> ResponseReturnValue:
    campaign = for_desk(slug)
    to = _one_of(State, request.form.get("to"))
    if to is None:
        raise InvalidInput("Choose what should happen to the campaign.", fields={"to": "not a state"})
    try:
        with transaction():
            move_campaign(current_actor(), campaign.id, to)
    except Conflict as problem:
        flash(problem.message, "refused")
    else:
        flash(DONE[to])
    return redirect(url_for("campaigns.desk_show", slug=slug))


def for_desk(slug: str, *, edit: bool = False, move: bool = False) -> Campaign:
    """The campaign, for those who may see it at the desk, or change it, or move it on."""
    actor = current_actor()
    campaign = campaign_by_slug(slug, actor)
    require(actor, "campaign.transition" if move else "campaign.edit" if edit else "campaign.desk", campaign)
    return campaign


def refusal_of(act: Callable[[], object]) -> dict[str, str]:
    """Do it in one transaction. What can be said against it, by field (`""` for the whole); nothing when it is done."""
    try:
        with transaction():
            act()
    except InvalidInput as problem:
        return problem.fields or {"": problem.message}
    except Conflict as problem:
        return {"": problem.message}
    return {}


def _figures(view: CampaignView) -> Sequence[Figure]:
    """Plain counts, where nobody above knows more."""
    said = {
        "Waiting for a person": ("ready", f"{view.desk_url}/moderation"),
        "In the gallery": ("published", f"{view.url}#gallery"),
        "Being made ready": ("received", None),
        "Declined": ("declined", None),
        "Could not be opened": ("rejected", None),
        "Taken back": ("withdrawn", None),
    }
    return [Figure(label, f"{view.counts.get(state, 0):,}", url) for label, (state, url) in said.items()]


def _history(campaign: Campaign) -> str | None:
    if HISTORY not in current_app.view_functions or not can(current_actor(), "audit.view", campaign):
        return None
    return url_for(HISTORY, campaign=campaign.slug)


def _one_of(choices: type[Named], given: str | None) -> Named | None:
    return next((one for one in choices if one.value == given), None)
