"""Rounds, assignments and results as pages and programs see them."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import url_for

from campaign.clock import database_now
from campaign.judging.methods import METHODS
from campaign.judging.methods.shape import Criterion, Method, Word
from campaign.judging.models import Assignment, Round, RoundStage
from campaign.judging.progress import Seat
from campaign.judging.queries import ballots_in, panel_sizes
from campaign.submissions.views import PhotoView, photo_view, submission_document
from campaign.web.times import iso

BLIND = ("id", "caption", "place", "width", "height", "thumbhash", "dominant", "renditions")
"""What a judge is told about a photo."""


@dataclass(frozen=True, kw_only=True)
class SourceView:
    """The round that photos came from, and how many of its best."""

    round: UUID
    title: str
    top: int

    @property
    def desk_url(self) -> str:
        return url_for("judging.desk_round", round_id=self.round)


@dataclass(frozen=True, kw_only=True)
class RoundView:
    """A round at this instant; `ballots` counts what was given so far."""

    id: UUID
    campaign_slug: str
    campaign_title: str
    number: int
    title: str
    method: Method
    criteria: tuple[Criterion, ...]
    source: SourceView | None
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
    """`photos` are those of the assignment, `photo` the first; `skipped` where the judge had put it aside before."""

    id: UUID
    photos: tuple[PhotoView, ...]
    skipped: bool

    @property
    def photo(self) -> PhotoView:
        return self.photos[0]


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
        criteria=one.terms.criteria,
        source=_source(one),
        quorum=one.quorum,
        state=state,
        panel_size=panel_size,
        ballots=ballots,
        opened_at=one.opened_at,
        closes_at=one.closes_at,
        closed_at=one.closed_at or (one.closes_at if state is RoundStage.CLOSED else None),
        seal=one.seal,
    )


def _source(one: Round) -> SourceView | None:
    if one.source is None or one.source_top is None:
        return None
    return SourceView(round=one.source.id, title=one.source.title, top=one.source_top)


def round_document(view: RoundView) -> dict[str, Any]:
    shown = {field.name: getattr(view, field.name) for field in dataclasses.fields(view)}
    times = {name: iso(shown[name]) or None for name in ("opened_at", "closes_at", "closed_at")}
    parts = {"criteria": [one._asdict() for one in view.criteria], "source": view.source and vars(view.source)}
    return {**shown, **times, **parts, "campaign": view.campaign_slug}


def seat_document(seat: Seat) -> dict[str, Any]:
    return {**seat._asdict(), "id": seat.person_id, "last_vote_at": iso(seat.last_vote_at) or None}


def view_assignment(assignment: Assignment) -> AssignmentView:
    """The judge sees the photo and its words, and not whose it is."""
    photos = (blind(photo_view(item.submission)) for item in assignment.items)
    return AssignmentView(id=assignment.id, photos=tuple(photos), skipped=assignment.skipped_at is not None)


def blind(photo: PhotoView) -> PhotoView:
    """The photo without the name of whoever sent it, and without the card that previews of its link show."""
    return dataclasses.replace(photo, by="", person=None, card="")


def assignment_document(assignment: Assignment) -> dict[str, Any]:
    """Blind, with this judge's own word."""
    documents = (submission_document(item.submission) for item in assignment.items)
    submissions = [{name: document[name] for name in BLIND} for document in documents]
    word = assignment.ballot.word if assignment.ballot else Word()
    terms = assignment.round.terms
    written = METHODS[assignment.round.method].write(word, terms) if assignment.ballot else {}
    return {
        "id": assignment.id,
        "submissions": submissions,
        "stars": word.scores[0] if word.scores and len(word.scores) == 1 else None,
        "scores": written.get("scores"),
        "vote": written.get("vote"),
        "skipped": assignment.skipped_at is not None,
    }
