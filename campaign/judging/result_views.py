"""Results and awards as pages and programs see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from campaign.judging.models import Award, Selection
from campaign.judging.queries import published_submissions
from campaign.judging.scoring.means import Standing
from campaign.submissions.models import Submission
from campaign.submissions.views import PhotoView, photo_view, submission_document


@dataclass(frozen=True, kw_only=True)
class ResultRow:
    """A row of the result with its photo and what was chosen; `place` is the winner's."""

    rank: int
    tied: bool
    photo: PhotoView
    mean: float | None
    ballots: int
    below_quorum: bool
    breakdown: Mapping[str, float]
    finalist: bool
    winner: bool
    place: int | None


def with_photos(standings: Sequence[Standing]) -> list[tuple[Standing, Submission]]:
    """The rows whose photo is still published. One that was taken down leaves its rank empty."""
    found = published_submissions([UUID(one.submission) for one in standings])
    return [(one, found[key]) for one in standings if (key := UUID(one.submission)) in found]


def result_rows(standings: Sequence[Standing], chosen: Mapping[UUID, Selection]) -> list[ResultRow]:
    rows = []
    for standing, submission in with_photos(standings):
        selection = chosen.get(submission.id)
        rows.append(
            ResultRow(
                rank=standing.rank,
                tied=standing.tied,
                photo=photo_view(submission),
                mean=standing.mean,
                ballots=standing.ballots,
                below_quorum=standing.below_quorum,
                breakdown=standing.breakdown,
                finalist=selection is not None,
                winner=selection is not None and selection.award is Award.WINNER,
                place=selection.place if selection else None,
            )
        )
    return rows


def result_documents(standings: Sequence[Standing], chosen: Mapping[UUID, Selection]) -> list[dict[str, Any]]:
    documents = []
    for standing, submission in with_photos(standings):
        selection = chosen.get(submission.id)
        shown = {**vars(standing), "submission": submission_document(submission)}
        award = {"award": selection.award if selection else None, "place": selection.place if selection else None}
        documents.append(shown | award)
    return documents


def award_document(selection: Selection) -> dict[str, Any]:
    submission = submission_document(selection.submission)
    return {"award": selection.award, "place": selection.place, "submission": submission}
