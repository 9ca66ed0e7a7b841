"""Duels and lists: chosen when a judge comes, from what was handed out so far.

Where few are left, few are put before one judge at a time, so that those who come next find theirs. What lies before a
judge for too long, or was put aside, is chosen anew for whoever has nothing else: an absent judge holds nobody up.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from math import ceil
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Row, or_, select, update

from campaign.clock import database_now
from campaign.db import db
from campaign.judging.allocation.bars import barred_pairs
from campaign.judging.allocation.filling import seated
from campaign.judging.allocation.handing import Waiting, hand_out
from campaign.judging.allocation.pool import pool_of
from campaign.judging.design.duels import next_pairs
from campaign.judging.design.lists import Lists, next_lists
from campaign.judging.design.photos import Handed, Pool
from campaign.judging.methods.shape import Method, photos_in
from campaign.judging.models import Assignment, Ballot, Round

MATCHED = 3
"""Duels or lists chosen at a time: each choice looks at all before it."""


class Board:
    """The photos of a round, numbered by their sorted ids, its judges, and everything that was handed out."""

    def __init__(self, judged: Round, photos: Sequence[UUID] | None = None) -> None:
        self.judged = judged
        pool = sorted(db.session.scalars(pool_of(judged)))
        self.photos = pool if photos is None else sorted(set(pool) & set(photos))
        self.place = {str(photo): number for number, photo in enumerate(self.photos)}
        self.judges = seated(judged.id)
        self.rows = self._rows(judged.id)
        self.barred = barred_pairs(judged.campaign_id, self.judges, self.photos)

    def choose(self, judge_id: UUID, quorum: int, wanted: int) -> list[str]:
        """Up to `wanted` subjects for the judge that were not before them yet."""
        pool = Pool(len(self.photos), quorum)
        judge = self.judges.index(judge_id)
        if len(self.photos) < 2:  # noqa: PLR2004 -- one photo meets nobody
            return []
        if self.judged.method is Method.DUEL:
            barred = self._barred(judge_id)
            pairs = next_pairs(pool, judge, self._duels(), barred=barred, wanted=wanted, seed=self.judged.seed)
            return [self._subject(pair) for pair in pairs]
        size = self.judged.list_size
        barred = self._barred(judge_id)
        lists = next_lists(pool, judge, self._lists(), size=size, barred=barred, wanted=wanted, seed=self.judged.seed)
        return [self._subject(one) for one in lists]

    def room(self, judge_id: UUID, now: datetime) -> int:
        """How many may lie before the judge: half an equal part of what is left that no other looks at, 1 at least."""
        others = sum(row.judge_id != judge_id and _is_looked_at(row, now) for row in self.rows)
        left: int = self.judged.planned - sum(row.judged for row in self.rows) - others
        return max(1, ceil(left / (2 * max(1, len(self.judges)))))

    def take_over(self, judge_id: UUID, now: datetime) -> list[str]:
        """A subject in place of one that another let lie or put aside, which is theirs no more; none where none is."""
        rows = self.rows
        for lying in rows:
            if lying.judge_id == judge_id or lying.judged or _is_looked_at(lying, now) or not _hold(lying.id, now):
                continue
            self.rows = [row for row in rows if row is not lying]
            if chosen := self.choose(judge_id, self.judged.quorum, 1):
                gone = {"gone_at": now, "held_until": None}
                db.session.execute(update(Assignment).where(Assignment.id == lying.id).values(gone))
                return chosen
        self.rows = rows
        return []

    def _rows(self, round_id: UUID) -> Sequence[Row[UUID, UUID, str, bool, datetime | None, str | None]]:
        query = (
            select(
                Assignment.id,
                Assignment.judge_id,
                Assignment.subject,
                Assignment.judged,
                Assignment.held_until,
                Ballot.winner,
            )
            .outerjoin(Ballot, Ballot.assignment_id == Assignment.id)
            .where(Assignment.round_id == round_id, Assignment.gone_at.is_(None))
            .order_by(Assignment.created_at, Assignment.id)
        )
        known = self.place.keys()
        return [row for row in db.session.execute(query).all() if known >= set(photos_in(row.subject))]

    def _subject(self, places: NDArray[np.integer]) -> str:
        return "+".join(sorted(str(self.photos[place]) for place in places.tolist()))

    def _barred(self, judge_id: UUID) -> NDArray[np.int64]:
        return np.array(sorted(self.place[str(photo)] for photo, judge in self.barred if judge == judge_id), np.int64)

    def _judge(self, judge_id: UUID) -> int:
        """The judge's number; one that is nobody's for who has left."""
        return self.judges.index(judge_id) if judge_id in self.judges else len(self.judges)

    def _duels(self) -> Handed:
        pairs = [[self.place[one] for one in photos_in(row.subject)] for row in self.rows]
        both = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        judges = np.array([self._judge(row.judge_id) for row in self.rows], dtype=np.int64)
        winners = [self.place[row.winner] if row.winner else -1 for row in self.rows]
        return Handed(both[:, 0], both[:, 1], judges, np.array(winners, dtype=np.int64))

    def _lists(self) -> Lists:
        rows = [
            (number, self.place[photo], self._judge(row.judge_id))
            for number, row in enumerate(self.rows)
            for photo in photos_in(row.subject)
        ]
        columns = np.array(rows, dtype=np.int64).reshape(-1, 3)
        return Lists(columns[:, 0], columns[:, 1], columns[:, 2])


def match(judged: Round, judge_id: UUID, wanted: int, now: datetime, *, before: int = 0) -> list[Waiting]:
    """Hand out up to `wanted` duels or lists to a judge before whom `before` lie. Needs the allocation's lock."""
    board = Board(judged)
    chosen = board.choose(judge_id, judged.quorum, min(wanted, MATCHED, board.room(judge_id, now) - before))
    if not chosen and not before:
        chosen = board.take_over(judge_id, now)
    return hand_out(judged.id, judge_id, chosen, now)


def match_among(judged: Round, photos: Sequence[UUID], each: int) -> int:
    """Hand these photos out against each other until each is in `each` more duels or lists; returns the ballots.

    Judges take turns, and what they get waits for them. Needs the round's lock.
    """
    now, given = database_now(), 0
    board = Board(judged, photos)
    quorum = each + max(_seen(board).values(), default=0)
    for judge_id in board.judges * each:
        chosen = board.choose(judge_id, quorum, 1)
        given += len(hand_out(judged.id, judge_id, chosen, now))
        board = Board(judged, photos)
        if min(_seen(board).values(), default=quorum) >= quorum:
            break
    judged.planned += given
    db.session.flush()
    return given


def _is_looked_at(row: Row[UUID, UUID, str, bool, datetime | None, str | None], now: datetime) -> bool:
    return not row.judged and row.held_until is not None and row.held_until > now


def _hold(assignment_id: UUID, now: datetime) -> bool:
    """Whether it still lies there, held now. What its judge is about to give a word on is left to them."""
    lying = select(Assignment.id).where(
        Assignment.id == assignment_id,
        ~Assignment.judged,
        Assignment.gone_at.is_(None),
        or_(Assignment.held_until.is_(None), Assignment.held_until <= now),
    )
    return db.session.scalar(lying.with_for_update(skip_locked=True)) is not None


def _seen(board: Board) -> dict[str, int]:
    seen = dict.fromkeys(board.place, 0)
    for row in board.rows:
        for photo in photos_in(row.subject):
            seen[photo] += 1
    return seen
