"""What the desk does next with a campaign: one sentence, and at most one button."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from campaign.campaigns.models import State
from campaign.campaigns.views import CampaignView
from campaign.web.times import plural, when


@dataclass(frozen=True, slots=True)
class Step:
    """`url` is where the one button leads; with `to`, it is a move that the page asks about first.

    `alarms` marks what cannot wait.
    """

    sentence: str
    label: str = ""
    url: str = ""
    to: State | None = None
    resumes: bool = False
    alarms: bool = False


def next_step(campaign: CampaignView, in_the_way: str | None = None, *, may_move: bool = True) -> Step:
    """What comes next. `in_the_way` is what stands in the way of the announcement; not everybody may move it on."""
    step = _waiting(campaign) or _by_state(campaign, in_the_way)
    if (step.to or step.resumes) and not may_move:
        return Step(step.sentence)
    return step


def short_step(campaign: CampaignView, in_the_way: str | None = None) -> Step:
    """The same in a few words for a line of the list."""
    if campaign.state is State.CLOSED and campaign.announces_at is not None and in_the_way:
        return Step("", "Something stands in the way of the announcement", campaign.desk_url, alarms=True)
    if campaign.state is State.CLOSED and campaign.announces_at is not None:
        after_closing = Step(f"Announced by itself {when(campaign.announces_at, campaign.time_zone)}")
    elif in_the_way:
        after_closing = Step("", "Judge, choose, announce", _rounds(campaign))
    else:
        after_closing = Step("", "Announce the winners", campaign.desk_url)
    steps = {
        State.DRAFT: Step("", "Read and launch it", campaign.desk_url),
        State.SCHEDULED: Step("Opens by itself"),
        State.OPEN: Step("Nothing waits for you"),
        State.PAUSED: Step("", "Resume it", campaign.desk_url),
        State.CLOSED: after_closing,
        State.ANNOUNCED: Step("", "Show the winners", _winners(campaign)),
    }
    return _waiting(campaign) or steps[campaign.state]


def _waiting(campaign: CampaignView) -> Step | None:
    count = campaign.waiting_count
    if not count or campaign.state is State.ANNOUNCED:
        return None
    hope = {
        State.CLOSED: "Looked at, they can come before the jury.",
        State.PAUSED: "Nothing new comes in until you resume.",
    }.get(campaign.state, "Fans hope to hear within a day.")
    waits = "waits" if count == 1 else "wait"
    return Step(
        f"{plural(count, 'photo')} {waits} for a person to look. {hope}",
        f"Look at {plural(count, 'photo')}",
        f"{campaign.desk_url}/moderation",
    )


def _by_state(campaign: CampaignView, in_the_way: str | None) -> Step:
    match campaign.state:
        case State.DRAFT:
            return Step("Read it once more as a fan would, then launch it.", "Launch", to=State.OPEN)
        case State.SCHEDULED:
            opens = when(campaign.opens_at, campaign.time_zone)
            return Step(f"It opens by itself on {opens}. Nothing to do until then.")
        case State.OPEN:
            return Step("Every photo has been looked at. Nothing waits for you.")
        case State.PAUSED:
            return Step("It is paused, and fans read why. Resume it when you are ready.", "Resume", resumes=True)
        case State.CLOSED:
            return _closed(campaign, in_the_way)
        case _:
            return Step("It is announced. Show them on the big screen.", "The winners’ page", _winners(campaign))


def _closed(campaign: CampaignView, in_the_way: str | None) -> Step:
    if in_the_way:
        return Step(in_the_way, "To the rounds", _rounds(campaign))
    if campaign.announces_at is not None:
        at = when(campaign.announces_at, campaign.time_zone)
        return Step(f"The winners are announced by themselves on {at}. Nothing to do until then.")
    return Step("The winners are chosen. Announce them now, or at an hour you set.", "Announce now", to=State.ANNOUNCED)


def _rounds(campaign: CampaignView) -> str:
    return url_for("judging.desk_rounds", slug=campaign.slug)


def _winners(campaign: CampaignView) -> str:
    return url_for("judging.winners", slug=campaign.slug)
