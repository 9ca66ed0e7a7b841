"""What else a person may do with a campaign in the state it is in, beside its next step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from campaign.campaigns.extending import EXTENDABLE, why_not_reopen_at
from campaign.campaigns.lifecycle import MOVES, why_not_move
from campaign.campaigns.models import Campaign, State
from campaign.web.times import when

ASKS = {
    State.OPEN: "Launch “{title}”? Fans see it from its opening time on, and its address stays as it is.",
    State.CLOSED: "Close “{title}” now? No more photos come in; one on its way is still taken for fifteen minutes.",
    State.ANNOUNCED: "Announce the winners of “{title}”? Everybody sees them at once, and it cannot be taken back.",
}
"""What is asked before a move that everybody sees."""


@dataclass(frozen=True, slots=True)
class Option:
    """A link to a form (`url`), or a move that is asked about first (`to`); `why_not` says what stands in the way."""

    label: str
    says: str
    url: str = ""
    to: State | None = None
    resumes: bool = False
    why_not: str | None = None


def options_of(campaign: Campaign, now: datetime, *, may_move: bool, may_copy: bool) -> list[Option]:
    """In the order in which they matter at this point of the campaign's life."""
    found = list(_moves(campaign, now)) if may_move else []
    if may_copy:
        found.append(
            _form("duplicate", campaign, "Duplicate…", "A new draft with these settings and words, no photos.")
        )
    return found


def ask(campaign: Campaign, to: State) -> str:
    return ASKS[to].format(title=campaign.title)


def _moves(campaign: Campaign, now: datetime) -> Iterator[Option]:
    state = campaign.state_at(now)
    if state is State.OPEN:
        yield _form("pause", campaign, "Pause…", "Takes no photos for a while; fans read why.")
    if state is State.PAUSED:
        yield Option("Resume", "Takes photos again until the closing time.", resumes=True)
    if state in EXTENDABLE:
        until = when(campaign.closes_at, campaign.time_zone)
        yield _form("extend", campaign, "Extend…", f"Closes later than {until}.")
    if State.CLOSED in MOVES[state]:
        yield Option("Close now", "Every photo sent in time stays in.", to=State.CLOSED)
    if state is State.CLOSED:
        yield from _after_closing(campaign, now)


def _after_closing(campaign: Campaign, now: datetime) -> Iterator[Option]:
    why_not = why_not_move(campaign, State.ANNOUNCED, now)
    if campaign.announces_at is not None:
        yield _form("announce", campaign, "Change or call off…", "Another hour for the announcement, or none.")
    elif why_not is None:
        yield _form("announce", campaign, "Announce at an hour…", "Until then nobody sees who was chosen.")
    yield Option("Announce now", "Opens the winners’ page to everybody.", to=State.ANNOUNCED, why_not=why_not)
    yield _form("reopen", campaign, "Reopen…", "Takes photos again, with a reason.", why_not_reopen_at(campaign, now))


def _form(name: str, campaign: Campaign, label: str, says: str, why_not: str | None = None) -> Option:
    return Option(label, says, url_for(f"campaigns.desk_{name}", slug=campaign.slug), why_not=why_not)
