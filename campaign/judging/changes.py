"""A change to a round under way: what it would do, and doing it without losing a ballot."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from campaign.accounts.actor import Actor


@dataclass(frozen=True, kw_only=True)
class Change:
    """What is to change: judges who join or leave, another quorum, and dealing again away from `away_from`.

    `deal_again` plans everything anew that nobody holds, after the pace so far: of those in `away_from` nothing stays
    planned; with nobody in it, the rest is levelled over all.
    """

    add: frozenset[UUID] = field(default_factory=frozenset)
    drop: frozenset[UUID] = field(default_factory=frozenset)
    quorum: int | None = None
    deal_again: bool = False
    away_from: frozenset[UUID] = field(default_factory=frozenset)


class JudgeChange(NamedTuple):
    """One judge before and after: `done` ballots stand either way; `now` and `then` are photos still to judge."""

    person_id: UUID
    display_name: str
    done: int
    now: int
    then: int
    is_new: bool
    is_leaving: bool


class Preview(NamedTuple):
    """What a change would do.

    `ballots_now` and `ballots_then` count what is still to be judged, over all. `short` are photos that would stay
    below the quorum as too few may judge them, `over` ballots beyond it that stand all the same. `pieces` and
    `smallest_cut` tell how the panel would hang together, done and planned.
    """

    judges: list[JudgeChange]
    quorum: int
    ballots_now: int
    ballots_then: int
    short: list[UUID]
    over: int
    pieces: int
    smallest_cut: int

    @property
    def more_work(self) -> int:
        """How many more photos are to be judged than now, over all; below 0 for fewer."""
        return self.ballots_then - self.ballots_now


def preview_change(actor: Actor, round_id: UUID, change: Change) -> Preview:
    """What the change would do to an open round; writes nothing.

    Raises NotPermitted, NotFound, Conflict where the round is not open, InvalidInput (`add`, `drop`, `quorum`,
    `away_from`) for what cannot be.
    """
    raise NotImplementedError


def apply_change(actor: Actor, round_id: UUID, change: Change) -> Preview:
    """Do it, and tell what it did. What was judged or is being looked at stays. Raises what `preview_change` does."""
    raise NotImplementedError
