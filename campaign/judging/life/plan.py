"""What a marketer decides about a round, and whether it can work."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from campaign.campaigns.models import Campaign
from campaign.campaigns.particulars import YEARS
from campaign.errors import InvalidInput
from campaign.judging.life.origins import Source as Source  # noqa: PLC0414 -- whoever plans finds both here
from campaign.judging.life.origins import mend_source, source_of
from campaign.judging.methods import METHODS
from campaign.judging.methods.shape import Criterion, Method
from campaign.judging.models import LARGEST_SEED, Round, TieRule
from campaign.wording import one_line

LONGEST_TITLE = 120
LARGEST_QUORUM = 100
SCALES = (5, 10)
LIST_SIZES = range(2, 21)
ONE_EACH = {Method.STARS, Method.SHORTLIST}
"""Methods whose quorum counts judges; a duel's counts duels and a ranking's counts lists, so few judges can do many."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a marketer decides about a round.

    `panel` holds people's ids; None stands for the whole cast. `chair` is one of them. `criteria` None stands for the
    method's own. Without a `source` all published photos are judged. `seed` None keeps the draft's, or makes a new one.
    """

    title: str
    quorum: int
    panel: Sequence[UUID] | None = None
    chair: UUID | None = None
    closes_at: datetime | None = None
    method: Method = Method.STARS
    criteria: Sequence[Criterion] | None = None
    scale: int = 5
    list_size: int = 10
    source: Source | None = None
    is_blind: bool = False
    tie_rule: TieRule = TieRule.SHARED
    seed: int | None = None

    @property
    def named_criteria(self) -> tuple[Criterion, ...]:
        """The criteria with tidy names."""
        if self.criteria is None:
            return METHODS[self.method].DEFAULT_CRITERIA
        return tuple(Criterion(one_line(one.name), one.weight) for one in self.criteria)


def plan_of(prepared: Round, panel: Sequence[UUID]) -> Plan:
    """The plan that a round was made from, to change a part of it."""
    return Plan(
        title=prepared.title,
        quorum=prepared.quorum,
        panel=panel,
        chair=next((one.person_id for one in prepared.panel if one.is_chair), None),
        closes_at=prepared.closes_at,
        method=prepared.method,
        criteria=prepared.terms.criteria,
        scale=prepared.scale,
        list_size=prepared.list_size,
        source=source_of(prepared),
        is_blind=prepared.is_blind,
        tie_rule=prepared.tie_rule,
        seed=prepared.seed,
    )


def check_plan(plan: Plan, *, campaign: Campaign, panel: Sequence[UUID], cast: Collection[UUID], now: datetime) -> None:
    """Raises InvalidInput with a sentence for each field that cannot work."""
    found = {
        "title": _mend_title(plan.title),
        "panel": _mend_panel(panel, cast),
        "chair": _mend_chair(plan, panel),
        "quorum": mend_quorum(plan.quorum, plan.method, len(panel)),
        "criteria": METHODS[plan.method].mend_criteria(plan.named_criteria),
        "scale": None if plan.scale in SCALES else "Stars go from 1 to 5, or from 1 to 10.",
        "list_size": None if plan.list_size in LIST_SIZES else "A list to be ranked holds 2 to 20 photos.",
        "source": mend_source(plan.source, campaign),
        "seed": None if plan.seed is None or 0 <= plan.seed <= LARGEST_SEED else "Choose a whole number up to 2⁵³ − 1.",
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


def mend_quorum(quorum: int, method: Method, panel: int) -> str | None:
    """A sentence about a quorum that cannot be, or None. `panel` counts the judges; 0 where nobody is chosen yet."""
    if not 1 <= quorum <= LARGEST_QUORUM:
        return f"{_COUNTED[method]} 1 to {LARGEST_QUORUM}{_COUNTING[method]}"
    if method in ONE_EACH and panel and quorum > panel:
        return f"The panel has {panel}, so no photo can be seen by {quorum}."
    return None


_COUNTED = {
    Method.STARS: "A photo is seen by",
    Method.SHORTLIST: "A photo is seen by",
    Method.DUEL: "A photo is in",
    Method.RANKING: "A photo is on",
}
_COUNTING = {
    Method.STARS: " judges.",
    Method.SHORTLIST: " judges.",
    Method.DUEL: " duels.",
    Method.RANKING: " lists.",
}


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


def _mend_chair(plan: Plan, panel: Sequence[UUID]) -> str | None:
    if plan.chair is not None and plan.chair not in panel:
        return "The chair is one of the panel. Choose somebody who judges."
    if plan.chair is None and plan.tie_rule is TieRule.CHAIR:
        return "Ties are broken by the chair’s vote, so the panel needs a chair."
    return None
