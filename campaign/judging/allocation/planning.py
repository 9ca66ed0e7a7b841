"""The plan of a round: which judge is to see which photo, dealt by `design` and written as agendas."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from campaign.db import Lock, db, lock_exclusive
from campaign.errors import Conflict
from campaign.judging.allocation.agenda import Ids, agendas_of, copied_ids, write_agendas
from campaign.judging.allocation.bars import barred_pairs
from campaign.judging.allocation.filling import SINGLE, fill_up, recount, seated
from campaign.judging.allocation.matching import match_among
from campaign.judging.allocation.pool import pool_of
from campaign.judging.design.planning import plan
from campaign.judging.design.shape import Design, TooFewJudges
from campaign.judging.methods.shape import Method
from campaign.judging.models import Round
from campaign.submissions.models import Submission
from campaign.submissions.veil import is_campaign_veiled

NAMED = 5
"""Photos that a refusal names."""


def plan_round(opened: Round) -> None:
    """Plan a round that opens in this transaction, after its candidates were written; the round's lock is held.

    For stars and shortlists every ballot is planned; duels and rankings are chosen when judges come. Raises Conflict
    (`too_few_judges`) that names the photos which too few of the panel may judge.
    """
    ids = copied_ids(pool_of(opened).order_by(Submission.id))
    if opened.method not in SINGLE:
        opened.planned = ballots_for(opened.method, opened.list_size, opened.quorum, len(ids))
        db.session.flush()
        return
    judges = seated(opened.id)
    try:
        design = plan(len(ids), len(judges), opened.quorum, conflicts=_conflicts(opened, ids, judges), seed=opened.seed)
    except TooFewJudges as problem:
        raise _too_few(opened, ids, problem) from None
    write_agendas(opened.id, _agendas(design, ids, judges))
    opened.planned = len(design.pairs)
    db.session.flush()


def plan_more(judged: Round, submission_ids: Sequence[UUID], each: int) -> int:
    """Plan `each` more ballots on each of these photos of an open round, over what was planned before.

    Returns how many ballots were planned: fewer than asked for where no other judge may see a photo. For duels and
    rankings the photos are put against each other. The round's exclusive lock is held.
    """
    lock_exclusive(Lock.ALLOCATION, judged.id)
    if judged.method in SINGLE:
        given = fill_up(judged, dict.fromkeys(submission_ids, each))
    else:
        given = match_among(judged, submission_ids, each)
    recount(judged)
    return given


def plan_of(round_id: UUID) -> dict[UUID, list[UUID]]:
    """What is planned and not handed out: for each judge who has anything ahead, the photos in their order."""
    return agendas_of(round_id)


def ballots_for(method: Method, list_size: int, quorum: int, photos: int) -> int:
    """About how many duels or lists give each of so many photos its quorum."""
    if photos < 2:  # noqa: PLR2004 -- one photo meets nobody
        return 0
    together = 2 if method is Method.DUEL else min(list_size, photos)
    return ceil(photos * quorum / together)


def _conflicts(opened: Round, ids: Ids, judges: list[UUID]) -> NDArray[np.int64] | None:
    """Barred pairs as rows of numbers: the photo's place among the sorted ids, and the judge's."""
    barred = barred_pairs(opened.campaign_id, judges)
    if not barred or not len(ids):
        return None
    place = {judge: number for number, judge in enumerate(judges)}
    names = ids.view("S16").ravel()
    wanted = sorted((photo.bytes, place[judge]) for photo, judge in barred)
    found = np.searchsorted(names, np.array([photo for photo, _ in wanted], dtype="S16"))
    rows = [
        (at, judge)
        for at, (photo, judge) in zip(found.tolist(), wanted, strict=True)
        if at < len(ids) and ids[at].tobytes() == photo
    ]
    return np.array(rows, dtype=np.int64).reshape(-1, 2)


def _agendas(design: Design, ids: Ids, judges: list[UUID]) -> dict[UUID, Ids]:
    loads = design.loads
    starts = np.cumsum(loads) - loads
    order = np.empty(len(design.pairs), dtype=np.int64)
    order[starts[design.pairs[:, 1]] + design.position] = design.pairs[:, 0]
    return {
        judge: ids[order[start : start + load]]
        for judge, start, load in zip(judges, starts.tolist(), loads.tolist(), strict=True)
        if load
    }


def _too_few(opened: Round, ids: Ids, problem: TooFewJudges) -> Conflict:
    photos = [UUID(bytes=ids[one].tobytes()) for one in problem.photos[:NAMED]]
    words = ", ".join(sorted(_named(opened, photos)))
    more = len(problem.photos) - len(photos)
    rest = f" and {more} more" if more else ""
    told = f"Each photo is to be seen by {opened.quorum}, and fewer of the panel may judge {words}{rest}: it is theirs,"
    return Conflict(f"{told} or they declared a conflict. Add a judge, or lower that number.", code="too_few_judges")


def _named(opened: Round, photos: Sequence[UUID]) -> list[str]:
    """The photos by caption and place; by number only for whoever judges this campaign blind."""
    if is_campaign_veiled(opened.campaign_id):
        return [f"photo {one}" for one in photos]
    named = db.session.execute(select(Submission.caption, Submission.place).where(Submission.id.in_(photos)))
    return [f"“{caption}”, {place}" for caption, place in named]
