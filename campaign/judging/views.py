"""Rounds, assignments and results as pages and programs see them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import url_for

from campaign.clock import database_now
from campaign.judging.models import Assignment, Award, Method, Round, RoundStage, Selection
from campaign.judging.queries import ballots_in, panel_sizes, published_submissions
from campaign.judging.scoring import Standing
from campaign.submissions.models import Submission
from campaign.submissions.views import PhotoView, photo_view, submission_document
from campaign.web.times import iso

BLIND = ("id", "caption", "place", "width", "height", "thumbhash", "dominant", "renditions")
"""What a judge is told about a photo."""


@dataclass(frozen=True, kw_only=True)
class RoundView:
    """A round at this instant; `ballots` counts what was given so far."""

    id: UUID
    campaign_slug: str
    campaign_title: str
    number: int
    title: str
    method: Method
    quorum: int
    state: RoundStage
    panel_size: int
    ballots: int
    opened_at: datetime | None
    closes_at: datetime | None
    closed_at: datetime | None
    seal: str | None

    @property
    def url(self) -> str:
        return url_for("judging.panel", round_id=self.id)

    @property
    def desk_url(self) -> str:
        return url_for("judging.desk_round", round_id=self.id)


@dataclass(frozen=True, kw_only=True)
class AssignmentView:
    """`photos` are those of the assignment, `photo` the first; `stars` is the judge's own word, if given."""

    id: UUID
    photos: tuple[PhotoView, ...]
    stars: int | None

    @property
    def photo(self) -> PhotoView:
        return self.photos[0]


@dataclass(frozen=True, kw_only=True)
class ResultRow:
    """A row of the result with its photo and what was chosen; `place` is the winner's."""

    rank: int
    tied: bool
    photo: PhotoView
    mean: float | None
    ballots: int
    below_quorum: bool
    finalist: bool
    winner: bool
    place: int | None


def view_rounds(rounds: Sequence[Round]) -> list[RoundView]:
    """Views of many rounds in a fixed number of queries."""
    ids = [one.id for one in rounds]
    ballots, sizes, now = ballots_in(ids), panel_sizes(ids), database_now()
    return [_round(one, now, ballots.get(one.id, 0), sizes.get(one.id, 0)) for one in rounds]


def view_round(one: Round) -> RoundView:
    return view_rounds([one])[0]


def _round(one: Round, now: datetime, ballots: int, panel_size: int) -> RoundView:
    state = one.state_at(now)
    return RoundView(
        id=one.id,
        campaign_slug=one.campaign.slug,
        campaign_title=one.campaign.title,
        number=one.number,
        title=one.title,
        method=one.method,
        quorum=one.quorum,
        state=state,
        panel_size=panel_size,
        ballots=ballots,
        opened_at=one.opened_at,
        closes_at=one.closes_at,
        closed_at=one.closed_at or (one.closes_at if state is RoundStage.CLOSED else None),
        seal=one.seal,
    )


def round_document(view: RoundView) -> dict[str, Any]:
    shown = {field.name: getattr(view, field.name) for field in dataclasses.fields(view)}
    times = {name: iso(shown[name]) or None for name in ("opened_at", "closes_at", "closed_at")}
    return {**shown, **times, "campaign": view.campaign_slug}


def view_assignment(assignment: Assignment) -> AssignmentView:
    """The judge sees the photo and its words, and not whose it is."""
    photos = (dataclasses.replace(photo_view(item.submission), by="") for item in assignment.items)
    return AssignmentView(id=assignment.id, photos=tuple(photos), stars=_stars(assignment))


def assignment_document(assignment: Assignment) -> dict[str, Any]:
    documents = (submission_document(item.submission) for item in assignment.items)
    submissions = [{name: document[name] for name in BLIND} for document in documents]
    return {"id": assignment.id, "submissions": submissions, "stars": _stars(assignment)}


def _stars(assignment: Assignment) -> int | None:
    return assignment.ballot.stars if assignment.ballot else None


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
