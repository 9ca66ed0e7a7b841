"""Keeping the quorum while a round is open: who has each photo, which are short of judges, and who takes them on."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import any_, func, literal, select, update

from campaign.db import db
from campaign.judging.allocation.agenda import agendas_of, put_first, strike
from campaign.judging.allocation.bars import barred_pairs
from campaign.judging.allocation.pool import pool_of
from campaign.judging.methods.shape import Method
from campaign.judging.models import Assignment, AssignmentItem, PanelMember, PlanPage, Round
from campaign.submissions.models import Submission, SubmissionState

SINGLE = frozenset({Method.STARS, Method.SHORTLIST})
"""Methods whose assignments are one photo each, so that all of them can be planned at the opening."""


@dataclass
class Seats:
    """Who has judged, holds or is planned to see each photo, and what each judge has to do in all."""

    panels: dict[UUID, set[UUID]] = field(default_factory=lambda: defaultdict(set))
    loads: Counter[UUID] = field(default_factory=Counter)

    def add(self, photo: UUID, judge: UUID) -> None:
        """A judge who has the photo, or will."""
        self.panels[photo].add(judge)
        self.loads[judge] += 1


def seats_in(judged: Round, photos: Sequence[UUID] | None = None) -> Seats:
    """The seats of a round of single photos; with `photos`, only theirs, but every judge's load."""
    seats = Seats()
    held = select(AssignmentItem.submission_id, Assignment.judge_id).join(Assignment)
    held = held.where(Assignment.round_id == judged.id, Assignment.gone_at.is_(None))
    wanted = None if photos is None else set(photos)
    for photo, judge in db.session.execute(held):
        seats.loads[judge] += 1
        if wanted is None or photo in wanted:
            seats.panels[photo].add(judge)
    for judge, ahead in agendas_of(judged.id).items():
        seats.loads[judge] += len(ahead)
        for photo in ahead if wanted is None else wanted.intersection(ahead):
            seats.panels[photo].add(judge)
    return seats


def fill_up(judged: Round, missing: Mapping[UUID, int]) -> int:
    """Give each photo so many more judges, of those who may see it and have least to do; returns how many were found.

    They see it next. Needs the allocation's lock, or the round's.
    """
    judges = seated(judged.id)
    seats = seats_in(judged, list(missing))
    barred = barred_pairs(judged.campaign_id, judges, list(missing))
    fresh: dict[UUID, list[UUID]] = defaultdict(list)
    for photo, count in sorted(missing.items()):
        able = [one for one in judges if one not in seats.panels[photo] and (photo, one) not in barred]
        for judge in sorted(able, key=lambda one: (seats.loads[one], one))[:count]:
            seats.add(photo, judge)
            fresh[judge].append(photo)
    for judge, photos in sorted(fresh.items()):
        put_first(judged.id, judge, sorted(photos, key=lambda photo: _lot(judge, photo)))
    return sum(map(len, fresh.values()))


def spare(judged: Round, photo: UUID) -> None:
    """Take a photo that more have than the quorum asks for off the agenda of who has most to do, where it is on one.

    Whoever is just handed theirs keeps it. Needs the allocation's lock, or the round's.
    """
    seats = seats_in(judged, [photo])
    if len(seats.panels[photo]) <= judged.quorum:
        return
    ahead = select(PlanPage.judge_id).where(PlanPage.round_id == judged.id, literal(photo) == any_(PlanPage.photos))
    for judge in sorted(db.session.scalars(ahead), key=lambda one: (seats.loads[one], one), reverse=True):
        if strike(judged.id, photo, judge, waits=False):
            break


def _lot(judge: UUID, photo: UUID) -> bytes:
    """An order of each judge's own, that tells nothing about the photos."""
    return hashlib.sha256(judge.bytes + photo.bytes).digest()


def short_photos(judged: Round) -> dict[UUID, int]:
    """Photos that fewer judges have or will have than the quorum asks for, and how many are missing, for the desk."""
    if judged.method not in SINGLE:
        return {}
    pool = set(db.session.scalars(pool_of(judged)))
    panels = seats_in(judged).panels
    counted = {photo: judged.quorum - len(panels.get(photo, ())) for photo in pool}
    return {photo: missing for photo, missing in sorted(counted.items()) if missing > 0}


def mend_plan(judged: Round) -> None:
    """Make the plan fit the gallery as it is now: what came late gets its judges, what is gone is struck.

    The round is open and its lock held.
    """
    if judged.method in SINGLE:
        pool = set(db.session.scalars(pool_of(judged)))
        gone = {one for ahead in agendas_of(judged.id).values() for one in ahead} - pool
        for photo in sorted(gone):
            strike(judged.id, photo)
        fill_up(judged, short_photos(judged))
    recount(judged)


def recount(judged: Round) -> None:
    """Write down how many ballots the round plans in all."""
    if judged.method not in SINGLE:
        return
    counts = select(
        select(func.coalesce(func.sum(PanelMember.judged), 0))
        .where(PanelMember.round_id == judged.id)
        .scalar_subquery(),
        select(func.coalesce(func.sum(func.cardinality(PlanPage.photos)), 0))
        .where(PlanPage.round_id == judged.id)
        .scalar_subquery(),
        select(func.count())
        .select_from(Assignment)
        .join(AssignmentItem, AssignmentItem.assignment_id == Assignment.id)
        .join(Submission, Submission.id == AssignmentItem.submission_id)
        .where(Assignment.round_id == judged.id, ~Assignment.judged, Assignment.gone_at.is_(None))
        .where(Submission.state == SubmissionState.PUBLISHED)
        .scalar_subquery(),
    )
    planned = sum(db.session.execute(counts).one())
    db.session.execute(update(Round).where(Round.id == judged.id).values(planned=planned))


def seated(round_id: UUID) -> list[UUID]:
    """Who is on the panel and has not left, by seat."""
    here = select(PanelMember.person_id).where(PanelMember.round_id == round_id, PanelMember.left_at.is_(None))
    return list(db.session.scalars(here.order_by(PanelMember.seat)))
