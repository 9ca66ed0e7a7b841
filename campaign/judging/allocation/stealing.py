"""Who is through with their own takes from who is behind, so that an absent judge holds nobody up.

The rule is `design.stealing.take`: from the end of the agenda of whoever is furthest behind, never one's own photos or
ones with a conflict, never a photo twice, and never so that the judges fall into more pieces. What was handed out is
taken last of all, once its thirty minutes have passed without a ballot or its judge put it aside.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from math import ceil
from uuid import UUID

import numpy as np
from sqlalchemy import Row, or_, select, update

from campaign.db import db
from campaign.judging.allocation.agenda import keep, put_first
from campaign.judging.allocation.bars import barred_pairs
from campaign.judging.allocation.handing import Waiting, hand_out, published
from campaign.judging.design.stealing import take
from campaign.judging.models import Assignment, AssignmentItem, PlanPage
from campaign.judging.voting.sitting import Sitting

LARGEST_HAUL = 20
"""Photos that change to another agenda at once."""


class Loot:
    """What others have ahead or let lie, numbered for the rule. Rows that somebody works on just now are left out."""

    def __init__(self, sitting: Sitting) -> None:
        self.sitting = sitting
        self.pages = self._pages()
        ahead = {photo for page in self.pages for photo in page.photos}
        self.lapsed = [] if ahead else self._lapsed()
        live = self._live()
        self.photos = sorted(ahead | {row.submission_id for row in self.lapsed} | {photo for photo, _ in live})
        self.judges = sorted({judge for _, judge in live} | {sitting.person_id})
        self.photo = {one: number for number, one in enumerate(self.photos)}
        self.judge = {one: number for number, one in enumerate(self.judges)}
        self.live = live
        hung = published(sorted(ahead | {row.submission_id for row in self.lapsed}))
        self.open = [row for row in self._open() if row[0] in hung]

    def choose(self) -> list[tuple[UUID, UUID]]:
        """(photo, judge it is taken from), first to last, half an equal part of all; none where nothing may be taken.

        So whoever is first through with their own does not empty the others' stacks before these come.
        """
        if not self.open:
            return []
        thief = self.judge[self.sitting.person_id]
        rows = np.array([(self.photo[photo], self.judge[judge], at) for photo, judge, at in self.open], dtype=np.int64)
        live = np.array([(self.photo[photo], self.judge[judge]) for photo, judge in self.live], dtype=np.int64)
        behind = np.bincount(rows[:, 1], minlength=len(self.judges))
        candidates = sorted({photo for photo, _, _ in self.open})
        barred = barred_pairs(self.sitting.campaign_id, [self.sitting.person_id], candidates)
        never = np.array([self.photo[photo] for photo, _ in barred], dtype=np.int64)
        share = min(LARGEST_HAUL, ceil(len(self.open) / (2 * len(self.judges))))
        taken = take(rows, thief, live=live, forbidden=never, remaining=behind, wanted=share)
        return [(self.photos[photo], self.judges[judge]) for photo, judge, _ in taken.tolist()]

    def _pages(self) -> Sequence[PlanPage]:
        query = select(PlanPage).where(PlanPage.round_id == self.sitting.round_id)
        others = query.where(PlanPage.judge_id != self.sitting.person_id).order_by(PlanPage.judge_id, PlanPage.number)
        held = others.with_for_update(skip_locked=True).execution_options(populate_existing=True)
        return db.session.scalars(held).all()

    def _lapsed(self) -> Sequence[Row[UUID, UUID, UUID]]:
        query = (
            select(Assignment.id, Assignment.judge_id, AssignmentItem.submission_id)
            .join(AssignmentItem, AssignmentItem.assignment_id == Assignment.id)
            .where(Assignment.round_id == self.sitting.round_id, Assignment.judge_id != self.sitting.person_id)
            .where(~Assignment.judged, Assignment.gone_at.is_(None))
            .where(or_(Assignment.held_until.is_(None), Assignment.held_until <= self.sitting.now))
            .order_by(Assignment.judge_id, Assignment.position)
            .with_for_update(of=Assignment, skip_locked=True)
        )
        return db.session.execute(query).all()

    def _live(self) -> list[tuple[UUID, UUID]]:
        """Everybody's photos; those of agendas that are being written just now as they were before."""
        held = select(AssignmentItem.submission_id, Assignment.judge_id).join(Assignment)
        held = held.where(Assignment.round_id == self.sitting.round_id, Assignment.gone_at.is_(None))
        live = {(photo, judge) for photo, judge in db.session.execute(held)}
        pages = select(PlanPage.judge_id, PlanPage.photos).where(PlanPage.round_id == self.sitting.round_id)
        live |= {(photo, judge) for judge, photos in db.session.execute(pages) for photo in photos}
        return sorted(live)

    def _open(self) -> list[tuple[UUID, UUID, int]]:
        rows: list[tuple[UUID, UUID, int]] = []
        for page in self.pages:
            rows += [(photo, page.judge_id, len(rows) + number) for number, photo in enumerate(page.photos)]
        return rows + [(row.submission_id, row.judge_id, number) for number, row in enumerate(self.lapsed)]


def steal(sitting: Sitting, wanted: int) -> tuple[list[Waiting], int]:
    """Hand out up to `wanted` photos that were others'; a few more are laid on the judge's own agenda: how many.

    Needs the allocation's lock.
    """
    loot = Loot(sitting)
    taken = loot.choose()
    _take_from_pages(loot.pages, set(taken))
    _take_over(loot.lapsed, set(taken), sitting.now)
    photos = [photo for photo, _ in taken]
    put_first(sitting.round_id, sitting.person_id, photos[wanted:])
    given = hand_out(sitting.round_id, sitting.person_id, [str(one) for one in photos[:wanted]], sitting.now)
    return given, len(photos[wanted:])


def _take_from_pages(pages: Sequence[PlanPage], taken: set[tuple[UUID, UUID]]) -> None:
    for page in pages:
        left = [photo for photo in page.photos if (photo, page.judge_id) not in taken]
        if len(left) < len(page.photos):
            keep(page, left)
    db.session.flush()


def _take_over(lapsed: Sequence[Row[UUID, UUID, UUID]], taken: set[tuple[UUID, UUID]], now: datetime) -> None:
    """What was put before another stays in the record, and is theirs no more."""
    ids = [row.id for row in lapsed if (row.submission_id, row.judge_id) in taken]
    if ids:
        gone = {"gone_at": now, "held_until": None}
        db.session.execute(update(Assignment).where(Assignment.id.in_(ids)).values(gone))
