"""What a change would make of a round under way: everything that is not judged and not held is dealt anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Select, select

from campaign.db import db
from campaign.judging.allocation.agenda import Ids, agendas_of, ids_of
from campaign.judging.allocation.bars import barred_pairs
from campaign.judging.allocation.filling import SINGLE, seated
from campaign.judging.allocation.planning import ballots_for
from campaign.judging.allocation.pool import pool_of
from campaign.judging.allocation.progress import Seat, seats_of, with_parts
from campaign.judging.design.change import Balance, Change, replan
from campaign.judging.methods.shape import photos_in
from campaign.judging.models import Assignment, Round

Pair = tuple[UUID, UUID]


@dataclass(frozen=True, kw_only=True)
class Remainder:
    """A round as it stands, and who of the panel is to go on with what is left.

    `panel` are the judges after the change, `idle` those of them who are to get nothing more, `leaving` who go.
    """

    judged: Round
    quorum: int
    panel: list[UUID]
    leaving: frozenset[UUID] = frozenset()
    idle: frozenset[UUID] = frozenset()
    kept: set[Pair] = field(default_factory=set)
    """(photo, judge) that stay: judged, or before a judge who goes on."""
    given_up: set[Pair] = field(default_factory=set)
    """(photo, judge) planned, or before a judge who gets nothing more: dealt anew."""
    done: Counter[UUID] = field(default_factory=Counter)
    before: Counter[UUID] = field(default_factory=Counter)
    """What waits before each judge now, planned or handed out; `done` counts what they judged."""

    @cached_property
    def photos(self) -> list[UUID]:
        """The photos that are judged, sorted."""
        return sorted(db.session.scalars(pool_of(self.judged)))

    @cached_property
    def judges(self) -> list[UUID]:
        """Everybody who has or may get a photo, sorted."""
        return sorted({judge for _, judge in self.kept | self.given_up} | set(self.panel))

    @cached_property
    def dealt(self) -> Change:
        """The remainder dealt anew; every judge who goes on gets as much of it as any other."""
        barred = barred_pairs(self.judged.campaign_id, self.judges)
        pace = [float(one in self.panel and one not in self.idle) for one in self.judges]
        return replan(
            len(self.photos),
            np.array(pace),
            self.quorum,
            fixed=self._numbers(self.kept),
            planned=self._numbers(self.given_up),
            conflicts=self._numbers(barred),
            balance=Balance.REMAINING,
            seed=self.judged.seed,
        )

    @property
    def agendas(self) -> dict[UUID, Ids]:
        """What then lies ahead of each judge."""
        pairs, position = self.dealt.pairs, self.dealt.position
        order = np.lexsort((position, pairs[:, 1]))
        ahead: dict[UUID, list[UUID]] = {}
        for photo, judge in pairs[order].tolist():
            ahead.setdefault(self.judges[judge], []).append(self.photos[photo])
        return {judge: ids_of(photos) for judge, photos in ahead.items()}

    @property
    def after(self) -> Counter[UUID]:
        """What then waits before each judge."""
        waiting = Counter(judge for photo, judge in self.kept if (photo, judge) not in self._judged)
        return waiting + Counter(self.judges[judge] for judge in self.dealt.pairs[:, 1].tolist())

    @cached_property
    def _judged(self) -> set[Pair]:
        return set(_pairs(_rows(self.judged).where(Assignment.judged)))

    @property
    def over(self) -> int:
        """Ballots beyond the quorum that stand or wait all the same."""
        seats = Counter(photo for photo, _ in self.kept)
        return sum(max(0, count - self.quorum) for count in seats.values())

    def _numbers(self, pairs: Iterable[Pair]) -> NDArray[np.int64]:
        photo = {one: number for number, one in enumerate(self.photos)}
        judge = {one: number for number, one in enumerate(self.judges)}
        rows = sorted((photo[one], judge[other]) for one, other in pairs if one in photo and other in judge)
        return np.array(rows, dtype=np.int64).reshape(-1, 2)


def remainder_of(
    judged: Round, *, quorum: int, add: frozenset[UUID], leaving: frozenset[UUID], idle: frozenset[UUID]
) -> Remainder:
    """The round as it stands, with this change; reads, and writes nothing."""
    panel = [one for one in seated(judged.id) if one not in leaving] + sorted(add)
    given, waiting = _rows(judged).where(Assignment.judged), _rows(judged).where(~Assignment.judged)
    if judged.method not in SINGLE:
        seats = seats_of(judged)
        done = Counter({one.person_id: one.done for one in seats})
        before = Counter({one.person_id: one.total - one.done for one in seats})
        return Remainder(
            judged=judged, quorum=quorum, panel=panel, leaving=leaving, idle=idle, done=done, before=before
        )
    judged_pairs, held = set(_pairs(given)), set(_pairs(waiting))
    released = {pair for pair in held if pair[1] in leaving | idle}
    planned = {(photo, judge) for judge, ahead in agendas_of(judged.id).items() for photo in ahead}
    return Remainder(
        judged=judged,
        quorum=quorum,
        panel=panel,
        leaving=leaving,
        idle=idle,
        kept=judged_pairs | (held - released),
        given_up=planned | released,
        done=Counter(judge for _, judge in judged_pairs),
        before=Counter(judge for _, judge in held | planned),
    )


def matched_after(remainder: Remainder) -> int:
    """Of duels and lists, which are chosen late: how many are still to be judged then, over all."""
    wanted = ballots_for(remainder.judged.method, remainder.judged.list_size, remainder.quorum, len(remainder.photos))
    return max(0, wanted - remainder.done.total())


def parts_after(remainder: Remainder, left: int) -> Counter[UUID]:
    """Of so many duels or lists to come, how many then are each judge's; what lies before who goes on stays there."""
    released = remainder.leaving | remainder.idle
    seats = {
        one.person_id: one._replace(held=0, looked_at=0) if one.person_id in released else one
        for one in seats_of(remainder.judged)
    }
    panel = [(seats.get(one) or Seat("", one, 0, 0, None))._replace(has_left=False) for one in remainder.panel]
    gone = [one._replace(has_left=True) for one in seats.values() if one.person_id not in remainder.panel]
    parted = with_parts([*panel, *gone], remainder.done.total() + left)
    return Counter({one.person_id: one.total - one.done for one in parted[: len(panel)]})


def _rows(judged: Round) -> Select[str, UUID]:
    rows = select(Assignment.subject, Assignment.judge_id)
    return rows.where(Assignment.round_id == judged.id, Assignment.gone_at.is_(None))


def _pairs(rows: Select[str, UUID]) -> list[Pair]:
    found = db.session.execute(rows).all()
    return [(UUID(photo), judge) for subject, judge in found for photo in photos_in(subject)]
