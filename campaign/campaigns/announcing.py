"""The desk's pages of the announcement: now, or by itself at an hour that is set; and calling that off."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign.accounts.authentication import current_actor
from campaign.campaigns.announcement import cancel_announcement, schedule_announcement, why_not_schedule
from campaign.campaigns.desk import for_desk, refusal_of
from campaign.campaigns.forms import read_announcement
from campaign.campaigns.models import Campaign, State
from campaign.campaigns.pages import pages
from campaign.campaigns.views import view_campaign
from campaign.clock import database_now
from campaign.web.forms import LOCAL, Form
from campaign.web.times import when


@pages.get("/desk/c/<slug>/announce")
def desk_announce(slug: str) -> ResponseReturnValue:
    campaign = for_desk(slug, move=True)
    in_the_way = why_not_schedule(campaign, database_now())
    if in_the_way and campaign.announces_at is None:
        return _back(slug, in_the_way, "refused")
    return _page(campaign, _form_of(campaign), in_the_way)


@pages.post("/desk/c/<slug>/announce")
def desk_arrange(slug: str) -> ResponseReturnValue:
    campaign = for_desk(slug, move=True)

    def arrange() -> None:
        announces_at, hours = read_announcement(request.form, campaign.time_zone)
        schedule_announcement(current_actor(), campaign.id, announces_at, hours)

    problems = refusal_of(arrange)
    if problems:
        return _page(for_desk(slug), Form(request.form.to_dict(), problems)), 422
    at = when(campaign.announces_at, campaign.time_zone)
    return _back(
        slug, f"The winners are announced by themselves on {at}. Until then nobody outside the desk sees them."
    )


@pages.post("/desk/c/<slug>/announce/cancel")
def desk_call_off(slug: str) -> ResponseReturnValue:
    campaign = for_desk(slug, move=True)
    problems = refusal_of(lambda: cancel_announcement(current_actor(), campaign.id))
    if problems:
        return _back(slug, problems[""], "refused")
    return _back(slug, "The announcement is called off. The winners stay with you until you announce them.")


def _form_of(campaign: Campaign) -> Form:
    """What is arranged; else the next evening at eight, where the campaign is at home."""
    zone = ZoneInfo(campaign.time_zone)
    tomorrow = (database_now() + timedelta(days=1)).astimezone(zone).replace(hour=20, minute=0)
    at = campaign.announces_at.astimezone(zone) if campaign.announces_at else tomorrow
    return Form({"announces_at": at.strftime(LOCAL), "tell_before_hours": str(campaign.tell_before_hours)})


def _page(campaign: Campaign, form: Form, in_the_way: str | None = None) -> str:
    view = view_campaign(campaign)
    arranged = view.announces_at is not None and view.state is State.CLOSED
    return render_template("desk/announce.html", campaign=view, form=form, arranged=arranged, in_the_way=in_the_way)


def _back(slug: str, words: str, kind: str = "message") -> ResponseReturnValue:
    flash(words, kind)
    return redirect(url_for("campaigns.desk_show", slug=slug))
