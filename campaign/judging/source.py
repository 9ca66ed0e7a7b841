"""Which photos a round gets from where it takes them: who comes over, and who comes along because places are shared."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import NamedTuple, Protocol
from uuid import UUID

from sqlalchemy import Select, delete, func, insert, select

from campaign.db import db
from campaign.judging.models import Round, RoundCandidate, SourceKind
from campaign.judging.results import sealed_result
from campaign.submissions.models import Submission, SubmissionState


class Placed(Protocol):
    """What a cut asks of a row: where a photo stands after the rule for ties."""

    @property
    def submission_id(self) -> UUID: ...
    @property
    def place(self) -> int: ...
    @property
    def ballots(self) -> int: ...
    @property
    def score(self) -> float | None: ...


class Cut(NamedTuple):
    """`taken` are submission ids, best first; the last `along` of them are beyond the number and share its place."""

    taken: tuple[UUID, ...]
    along: int


def cut(rows: Sequence[Placed], present: Container[UUID], top: int) -> Cut:
    """The `top` best photos that were judged at all and are still `present`, and all that share the last one's place.

    Nobody is left behind by the order in which equals happen to be listed, so a cut may take more than `top`.
    """
    standing = [one for one in rows if one.ballots and one.submission_id in present]
    if len(standing) <= top:
        return Cut(tuple(one.submission_id for one in standing), 0)
    last = standing[top - 1].place
    taken = tuple(one.submission_id for one in standing if one.place <= last)
    return Cut(taken, len(taken) - top)


def reaching(rows: Sequence[Placed], present: Container[UUID], least: float) -> tuple[UUID, ...]:
    """The photos still `present` whose score is at least `least`, best first."""
    return tuple(
        one.submission_id
        for one in rows
        if one.score is not None and one.score >= least and one.submission_id in present
    )


def cut_of(source: Round, top: int) -> Cut:
    """The cut through a closed round's result as the gallery is now. Raises Conflict while it is not closed."""
    return cut(sealed_result(source), _published(source.campaign_id), top)


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
    assert opened.source_least is not None
    return reaching(sealed_result(opened.source), _published(opened.campaign_id), opened.source_least)


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


def _published(campaign_id: UUID) -> set[UUID]:
    ids = select(Submission.id).where(
        Submission.campaign_id == campaign_id, Submission.state == SubmissionState.PUBLISHED
    )
    return set(db.session.scalars(ids))
