"""Results and awards as pages and programs see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from campaign.judging.models import Award, Placement, Selection
from campaign.judging.queries import published_submissions
from campaign.judging.results.concord import Concord
from campaign.judging.scoring.advice import Advice
from campaign.judging.scoring.unusual import UnusualPair
from campaign.submissions.models import Submission
from campaign.submissions.views import PhotoView, photo_view, submission_document

FIGURES = (
    "rank", "place", "tied", "broken_by", "score", "low", "high", "ballots", "below_quorum", "raw", "piece",
)  # fmt: skip
"""What a page and a program are told of a row as it is kept."""


@dataclass(frozen=True, kw_only=True)
class ResultRow:
    """A row of the result with its photo and what was chosen; `place` is after the rule for ties, `award_place` won."""

    rank: int
    place: int
    tied: bool
    broken_by: str | None
    photo: PhotoView
    score: float | None
    low: float | None
    high: float | None
    ballots: int
    below_quorum: bool
    raw: Mapping[str, float]
    piece: int
    finalist: bool
    winner: bool
    award_place: int | None


def with_photos(rows: Sequence[Placement]) -> list[tuple[Placement, Submission]]:
    """The rows whose photo is still published. One that was taken down leaves its rank empty."""
    found = published_submissions([one.submission_id for one in rows])
    return [(one, found[one.submission_id]) for one in rows if one.submission_id in found]


def result_rows(rows: Sequence[Placement], chosen: Mapping[UUID, Selection]) -> list[ResultRow]:
    """As the desk's pages show them."""
    shown = []
    for row, submission in with_photos(rows):
        selection = chosen.get(submission.id)
        shown.append(
            ResultRow(
                **{name: getattr(row, name) for name in FIGURES},
                photo=photo_view(submission),
                finalist=selection is not None,
                winner=selection is not None and selection.award is Award.WINNER,
                award_place=selection.place if selection else None,
            )
        )
    return shown


def result_documents(
    rows: Sequence[Placement], chosen: Mapping[UUID, Selection], above: Mapping[str, float | None]
) -> list[dict[str, Any]]:
    """As programs see them; `above` holds each photo's chance to belong above the cut that was asked for."""
    documents = []
    for row, submission in with_photos(rows):
        selection = chosen.get(submission.id)
        shown = {name: getattr(row, name) for name in FIGURES}
        shown |= {"submission": submission_document(submission), "above": above.get(str(submission.id))}
        award = {"award": selection.award if selection else None, "award_place": selection.place if selection else None}
        documents.append(shown | award)
    return documents


def advice_document(advice: Advice) -> dict[str, Any]:
    """What is to be said of a cut."""
    return {**vars(advice), "probability": round(advice.probability, 6)}


def concord_document(concord: Concord) -> dict[str, Any]:
    """How the panel agreed, with the judges' names."""
    judges = [
        {
            "judge": one.judge,
            "display_name": one.display_name,
            "ballots": one.figures.ballots if one.figures else 0,
            "severity": one.figures.severity if one.figures else None,
            "spread": one.figures.spread if one.figures else None,
        }
        for one in concord.seats
    ]
    found = concord.agreement
    told = {"alpha": found.alpha, "metric": found.metric, "units": found.units, "sentence": found.sentence}
    return told | {"judges": judges, "pairs": [_pair(one, concord) for one in found.pairs]}


def _pair(pair: UnusualPair, concord: Concord) -> dict[str, Any]:
    one, other = (concord.names[name].display_name for name in (pair.one, pair.other))
    return {**vars(pair), "one": one, "other": other, "sentence": replace(pair, one=one, other=other).sentence}


def award_document(selection: Selection) -> dict[str, Any]:
    submission = submission_document(selection.submission)
    return {"award": selection.award, "place": selection.place, "submission": submission}
