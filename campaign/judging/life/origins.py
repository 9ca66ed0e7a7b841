"""Where a round takes its photos from, as planned: all of them, a category, or an earlier round's result."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select

from campaign.campaigns.models import Campaign
from campaign.db import db
from campaign.judging.models import Round, RoundCandidate, RoundEntry, SourceKind
from campaign.wording import one_line

LARGEST_TOP = 100_000
LARGEST_SCORE = 1_000_000.0
MOST_PICKED = 1_000
LONGEST_REASON = 500

ONE_WAY = "Choose one way: a category, or of an earlier round its best, all from a score on, or photos picked by hand."


class Source(NamedTuple):
    """A `category`; or of the round `round_id` its `top`, all with `least`, or those `picked` for a `reason`."""

    round_id: UUID | None = None
    top: int | None = None
    least: float | None = None
    category: str | None = None
    picked: Sequence[UUID] | None = None
    reason: str | None = None

    @property
    def kind(self) -> SourceKind:
        """What is named first of what can be named; `mend_source` refuses those that name more."""
        if self.category is not None:
            return SourceKind.CATEGORY
        if self.picked is not None:
            return SourceKind.PICKED
        return SourceKind.TOP if self.least is None else SourceKind.LEAST


def source_of(prepared: Round) -> Source | None:
    """The source that a round was planned with; None for all published photos."""
    if prepared.source_kind is SourceKind.PUBLISHED:
        return None
    return Source(
        round_id=prepared.source_round_id,
        top=prepared.source_top,
        least=prepared.source_least,
        category=prepared.source_category,
        picked=picked_in(prepared.id) if prepared.source_kind is SourceKind.PICKED else None,
        reason=prepared.source_reason,
    )


def picked_in(round_id: UUID) -> Sequence[UUID]:
    """The photos that were picked by hand, or came over at the opening."""
    candidates = select(RoundCandidate.submission_id).where(RoundCandidate.round_id == round_id)
    return db.session.scalars(candidates.order_by(RoundCandidate.submission_id)).all()


def mend_source(source: Source | None, campaign: Campaign) -> str | None:
    """A sentence about a source that cannot be, or None."""
    if source is None:
        return None
    ways = [source.category, source.top, source.least, source.picked]
    if sum(one is not None for one in ways) != 1 or (source.category is not None) == (source.round_id is not None):
        return ONE_WAY
    if source.category is not None:
        known = source.category in campaign.categories
        return None if known else "This campaign has no such category. Choose another, or all published photos."
    return _mend_round(source, campaign) or _mend_how_many(source) or _mend_picked(source)


def _mend_round(source: Source, campaign: Campaign) -> str | None:
    found = db.session.get(Round, source.round_id)
    if found is None or found.campaign_id != campaign.id:
        return "There is no such round in this campaign. Choose another, or all published photos."
    if not found.is_judged:
        return f"“{found.title}” has no result yet. Close it first, or choose another."
    return None


def _mend_how_many(source: Source) -> str | None:
    if source.top is not None and not 1 <= source.top <= LARGEST_TOP:
        return "Say how many of the best come over: a whole number, 1 or more."
    if source.least is not None and not (math.isfinite(source.least) and abs(source.least) <= LARGEST_SCORE):
        return "Say from which score on photos come over, on the scale of that round’s result."
    return None


def _mend_picked(source: Source) -> str | None:
    if source.picked is None:
        return None
    reason = one_line(source.reason or "")
    if not reason or len(reason) > LONGEST_REASON:
        return f"Say in up to {LONGEST_REASON} characters why these photos were picked; the record keeps it."
    if not 1 <= len(source.picked) <= MOST_PICKED or len(set(source.picked)) != len(source.picked):
        return f"Pick between one and {MOST_PICKED:,} photos, each once."
    entered = select(func.count()).select_from(RoundEntry).where(RoundEntry.round_id == source.round_id)
    known = db.session.scalar(entered.where(RoundEntry.submission_id.in_(source.picked)))
    return None if known == len(source.picked) else "A photo here was not in that round. Reload and pick again."
