"""What a marketer decides about a round, and whether it can work."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from campaign.campaigns.particulars import YEARS
from campaign.db import db
from campaign.errors import InvalidInput
from campaign.judging.methods import METHODS
from campaign.judging.methods.shape import Criterion, Method
from campaign.judging.models import Round, RoundStage
from campaign.wording import one_line

LONGEST_TITLE = 120
LARGEST_QUORUM = 100
LARGEST_TOP = 100_000


class Source(NamedTuple):
    """The closed round to take the best from, and how many."""

    round_id: UUID
    top: int


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a marketer decides about a round.

    `panel` holds people's ids; None stands for the whole cast. `criteria` None stands for the method's own. Without a
    `source` all published photos are judged.
    """

    title: str
    quorum: int
    panel: Sequence[UUID] | None = None
    closes_at: datetime | None = None
    method: Method = Method.STARS
    criteria: Sequence[Criterion] | None = None
    source: Source | None = None

    @property
    def named_criteria(self) -> tuple[Criterion, ...]:
        """The criteria with tidy names."""
        if self.criteria is None:
            return METHODS[self.method].DEFAULT_CRITERIA
        return tuple(Criterion(one_line(one.name), one.weight) for one in self.criteria)


def plan_of(prepared: Round, panel: Sequence[UUID]) -> Plan:
    """The plan that a round was made from, to change a part of it."""
    source = None
    if prepared.source_round_id is not None and prepared.source_top is not None:
        source = Source(prepared.source_round_id, prepared.source_top)
    return Plan(
        title=prepared.title,
        quorum=prepared.quorum,
        panel=panel,
        closes_at=prepared.closes_at,
        method=prepared.method,
        criteria=prepared.terms.criteria,
        source=source,
    )


def check_plan(plan: Plan, *, campaign_id: UUID, panel: Sequence[UUID], cast: Collection[UUID], now: datetime) -> None:
    """Raises InvalidInput with a sentence for each field that cannot work."""
    found = {
        "title": _mend_title(plan.title),
        "panel": _mend_panel(panel, cast),
        "quorum": _mend_quorum(plan.quorum, len(panel)),
        "criteria": METHODS[plan.method].mend_criteria(plan.named_criteria),
        "source": _mend_source(plan.source, campaign_id),
        "closes_at": mend_deadline(plan.closes_at, now),
    }
    fields = {name: sentence for name, sentence in found.items() if sentence}
    if fields:
        raise InvalidInput("A few things need another look before the round can be saved.", fields=fields)


def mend_deadline(closes_at: datetime | None, now: datetime) -> str | None:
    """A sentence about a deadline that cannot be, or None."""
    if closes_at is None:
        return None
    if closes_at <= now:
        return "Choose an instant that is still to come, or leave it open."
    return None if closes_at.year in YEARS else f"Choose a year up to {YEARS[-1]}, or leave it open."


def _mend_title(title: str) -> str | None:
    if 1 <= len(one_line(title)) <= LONGEST_TITLE:
        return None
    return f"Give the round a name of up to {LONGEST_TITLE} characters; the panel reads it first."


def _mend_panel(panel: Sequence[UUID], cast: Collection[UUID]) -> str | None:
    if not panel:
        return "Nobody is on the panel yet. Invite the cast first, then choose who judges."
    if any(person_id not in cast for person_id in panel):
        return "Someone chosen here is not in the cast of this campaign. Choose again."
    return None


def _mend_quorum(quorum: int, panel: int) -> str | None:
    if not 1 <= quorum <= LARGEST_QUORUM:
        return f"A photo is seen by 1 to {LARGEST_QUORUM} judges."
    return f"The panel has {panel}, so no photo can be seen by {quorum}." if panel and quorum > panel else None


def _mend_source(source: Source | None, campaign_id: UUID) -> str | None:
    if source is None:
        return None
    found = db.session.get(Round, source.round_id)
    if found is None or found.campaign_id != campaign_id:
        return "There is no such round in this campaign. Choose another, or all published photos."
    if found.stage is not RoundStage.CLOSED:
        return f"“{found.title}” has no result yet. Close it first, or choose another."
    if not 1 <= source.top <= LARGEST_TOP:
        return "Say how many of the best come over: a whole number, 1 or more."
    return None
