"""Duels and lists: chosen when a judge comes, from what was handed out so far."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Row, select

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

    def _rows(self, round_id: UUID) -> Sequence[Row[UUID, str, str | None]]:
        query = (
            select(Assignment.judge_id, Assignment.subject, Ballot.winner)
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


def match(judged: Round, judge_id: UUID, wanted: int, now: datetime) -> list[Waiting]:
    """Hand out up to `wanted` duels or lists to the judge. Needs the allocation's lock."""
    chosen = Board(judged).choose(judge_id, judged.quorum, wanted)
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


def _seen(board: Board) -> dict[str, int]:
    seen = dict.fromkeys(board.place, 0)
    for row in board.rows:
        for photo in photos_in(row.subject):
            seen[photo] += 1
    return seen
