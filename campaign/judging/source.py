"""A round of the best of another: who comes over, and who comes along because ranks are shared."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import insert, select

from campaign.db import db
from campaign.judging.models import Round, RoundCandidate
from campaign.judging.results import sealed_result
from campaign.judging.scoring.means import Standing
from campaign.submissions.models import Submission, SubmissionState


class Cut(NamedTuple):
    """`taken` are submission ids, best first; the last `along` of them are beyond the number and share its rank."""

    taken: tuple[str, ...]
    along: int


def cut(standings: Sequence[Standing], present: Container[str], top: int) -> Cut:
    """The `top` best photos that were judged at all and are still `present`, and all that share the last one's rank.

    Nobody is left behind by the order in which equals happen to be listed, so a cut may take more than `top`.
    """
    standing = [one for one in standings if one.ballots and one.submission in present]
    if len(standing) <= top:
        return Cut(tuple(one.submission for one in standing), 0)
    last = standing[top - 1].rank
    taken = tuple(one.submission for one in standing if one.rank <= last)
    return Cut(taken, len(taken) - top)


def cut_of(source: Round, top: int) -> Cut:
    """The cut through a closed round's result as the gallery is now. Raises Conflict while it is not closed."""
    published = select(Submission.id).where(
        Submission.campaign_id == source.campaign_id, Submission.state == SubmissionState.PUBLISHED
    )
    return cut(sealed_result(source), {str(one) for one in db.session.scalars(published)}, top)


def bring_over(opened: Round) -> None:
    """Write down at the opening which photos came over, where the round has a source."""
    if opened.source is None or opened.source_top is None:
        return
    taken = cut_of(opened.source, opened.source_top).taken
    rows = [{"round_id": opened.id, "submission_id": UUID(one)} for one in taken]
    db.session.execute(insert(RoundCandidate), rows)
