"""The small forms of a campaign under way: pause and resume, extend, reopen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign.accounts.authentication import current_actor
from campaign.campaigns.desk import for_desk, refusal_of
from campaign.campaigns.extending import EXTENDABLE, extend_campaign, reopen_campaign, why_not_reopen_at
from campaign.campaigns.forms import read_closing
from campaign.campaigns.models import SAID, Campaign, State
from campaign.campaigns.pages import pages
from campaign.campaigns.pausing import LONGEST_REASON, pause_campaign, resume_campaign
from campaign.campaigns.views import view_campaign
from campaign.clock import database_now
from campaign.web.forms import LOCAL, Form
from campaign.web.times import when

LONGER = (("One more day", timedelta(days=1)), ("One more week", timedelta(weeks=1)))
Suggestions = Sequence[tuple[str, datetime]]


@pages.get("/desk/c/<slug>/pause")
def desk_pause(slug: str) -> ResponseReturnValue:
    campaign = for_desk(slug, move=True)
    state = campaign.state_at(database_now())
    if state is not State.OPEN:
        return _back(campaign, f"“{campaign.title}” {SAID[state]}, so there is nothing to pause.", "refused")
    return _pause_page(campaign, Form({"reason": ""}))


@pages.post("/desk/c/<slug>/pause")
def desk_hold(slug: str) -> ResponseReturnValue:
    campaign = for_desk(slug, move=True)
    problems = refusal_of(lambda: pause_campaign(current_actor(), campaign.id, request.form.get("reason", "")))
    if problems:
        return _pause_page(for_desk(slug), Form(request.form.to_dict(), problems)), 422
    return _back(campaign, "It is paused. Fans read your reason; photos already on their way still arrive.")


@pages.post("/desk/c/<slug>/resume")
def desk_resume(slug: str) -> ResponseReturnValue:
    campaign = for_desk(slug, move=True)
    problems = refusal_of(lambda: resume_campaign(current_actor(), campaign.id))
    if problems:
        return _back(campaign, problems[""], "refused")
    return _back(campaign, f"It goes on, until {when(campaign.closes_at, campaign.time_zone)}.")


@pages.get("/desk/c/<slug>/extend")
def desk_extend(slug: str) -> ResponseReturnValue:
    campaign = for_desk(slug, move=True)
    state = campaign.state_at(database_now())
    if state not in EXTENDABLE:
        return _back(campaign, f"“{campaign.title}” {SAID[state]}, so its time cannot be extended.", "refused")
    return _closing_page("desk/extend.html", campaign, campaign.closes_at)


@pages.post("/desk/c/<slug>/extend")
def desk_prolong(slug: str) -> ResponseReturnValue:
    campaign = for_desk(slug, move=True)

    def extend() -> None:
        extend_campaign(current_actor(), campaign.id, read_closing(request.form, campaign.time_zone))

    problems = refusal_of(extend)
    if problems:
        campaign = for_desk(slug)
        return _closing_page("desk/extend.html", campaign, campaign.closes_at, problems), 422
    return _back(campaign, f"Fans now read that it is open until {when(campaign.closes_at, campaign.time_zone)}.")


@pages.get("/desk/c/<slug>/reopen")
def desk_reopen(slug: str) -> ResponseReturnValue:
    campaign = for_desk(slug, move=True)
    now = database_now()
    in_the_way = why_not_reopen_at(campaign, now)
    if in_the_way:
        return _back(campaign, in_the_way, "refused")
    return _closing_page("desk/reopen.html", campaign, now)


@pages.post("/desk/c/<slug>/reopen")
def desk_open_again(slug: str) -> ResponseReturnValue:
    campaign = for_desk(slug, move=True)

    def reopen() -> None:
        closes_at = read_closing(request.form, campaign.time_zone)
        reopen_campaign(current_actor(), campaign.id, closes_at=closes_at, reason=request.form.get("reason", ""))

    problems = refusal_of(reopen)
    if problems:
        return _closing_page("desk/reopen.html", for_desk(slug), database_now(), problems), 422
    return _back(campaign, f"It is open again, until {when(campaign.closes_at, campaign.time_zone)}.")


def _pause_page(campaign: Campaign, form: Form) -> str:
    return render_template("desk/pause.html", campaign=view_campaign(campaign), form=form, longest=LONGEST_REASON)


def _closing_page(template: str, campaign: Campaign, after: datetime, problems: dict[str, str] | None = None) -> str:
    suggestions = _later(after, campaign.time_zone)
    values = request.form.to_dict() or {"until": suggestions[0][1].isoformat()}
    values.setdefault("closes_at", suggestions[-1][1].strftime(LOCAL))
    return render_template(
        template,
        campaign=view_campaign(campaign),
        form=Form(values, problems or {}),
        suggestions=suggestions,
        longest=LONGEST_REASON,
    )


def _later(after: datetime, zone: str) -> Suggestions:
    """The same hour of the wall a day and a week later, also across a change of clocks."""
    local = after.astimezone(ZoneInfo(zone)).replace(second=0, microsecond=0)
    return [(label, local + more) for label, more in LONGER]


def _back(campaign: Campaign, words: str, kind: str = "message") -> ResponseReturnValue:
    flash(words, kind)
    return redirect(url_for("campaigns.desk_show", slug=campaign.slug))
