"""Which photos a round gets from where it takes them: who comes over, and who comes along because places are shared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select, delete, func, insert, select

from campaign.db import db
from campaign.judging.models import Placement, Round, RoundCandidate, SourceKind
from campaign.judging.results.reckoning import reckon
from campaign.submissions.models import Submission, SubmissionState


class Placed(NamedTuple):
    """Where a photo that was judged and still hangs stands after the rule for ties."""

    submission_id: UUID
    place: int
    score: float


class Cut(NamedTuple):
    """`taken` are submission ids, best first; the last `along` of them are beyond the number and share its place."""

    taken: tuple[UUID, ...]
    along: int


def cut(rows: Sequence[Placed], top: int) -> Cut:
    """The `top` best of these rows, best first, and all that share the last one's place.

    Nobody is left behind by the order in which equals happen to be listed, so a cut may take more than `top`.
    """
    if len(rows) <= top:
        return Cut(tuple(one.submission_id for one in rows), 0)
    last = rows[top - 1].place
    taken = tuple(one.submission_id for one in rows if one.place <= last)
    return Cut(taken, len(taken) - top)


def cut_of(source: Round, top: int) -> Cut:
    """The cut through a closed round's result as the gallery is now. Raises Conflict while it is not closed."""
    return cut(_standing(source), top)


def photos_for(opened: Round) -> int:
    """How many photos the round would have if it opened just now. Raises Conflict while its source has no result."""
    if opened.source_kind in {SourceKind.TOP, SourceKind.LEAST}:
        return len(_coming(opened))
    return db.session.scalar(_chosen(opened).with_only_columns(func.count())) or 0


def bring_over(opened: Round) -> None:
    """Write down at the opening which photos came over from a result; those picked stand there already."""
    if opened.source_kind not in {SourceKind.TOP, SourceKind.LEAST}:
        return
    db.session.execute(delete(RoundCandidate).where(RoundCandidate.round_id == opened.id))
    rows = [{"round_id": opened.id, "submission_id": one} for one in _coming(opened)]
    db.session.execute(insert(RoundCandidate), rows)


def _coming(opened: Round) -> tuple[UUID, ...]:
    assert opened.source is not None
    if opened.source_top is not None:
        return cut_of(opened.source, opened.source_top).taken
    least = opened.source_least
    assert least is not None
    return tuple(one.submission_id for one in _standing(opened.source) if one.score >= least)


def _standing(source: Round) -> list[Placed]:
    """Of a closed round the photos that were judged at all and are still published, best first."""
    reckon(source)
    rows = (
        select(Placement.submission_id, Placement.place, Placement.score)
        .join(Submission, Submission.id == Placement.submission_id)
        .where(Placement.round_id == source.id, Placement.score.is_not(None))
        .where(Submission.state == SubmissionState.PUBLISHED)
    )
    found = db.session.execute(rows.order_by(Placement.ordinal))
    return [Placed(photo, place, score) for photo, place, score in found if score is not None]


def _chosen(opened: Round) -> Select[UUID]:
    """Of a draft of published photos, of a category, or of photos picked by hand."""
    published = select(Submission.id).where(
        Submission.campaign_id == opened.campaign_id, Submission.state == SubmissionState.PUBLISHED
    )
    if opened.source_kind is SourceKind.CATEGORY:
        return published.where(Submission.category == opened.source_category)
    if opened.source_kind is SourceKind.PICKED:
        return published.where(
            Submission.id.in_(select(RoundCandidate.submission_id).where(RoundCandidate.round_id == opened.id))
        )
    return published
