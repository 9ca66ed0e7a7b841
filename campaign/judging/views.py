"""Rounds, assignments and results as pages and programs see them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from flask import url_for

from campaign.clock import database_now
from campaign.judging.allocation.progress import Seat
from campaign.judging.methods import METHODS
from campaign.judging.methods.shape import Criterion, Method, Word
from campaign.judging.models import Assignment, Reopening, Round, RoundStage, SourceKind, TieRule
from campaign.judging.queries import ballots_in, chairs_of, panel_sizes, picked_for, reopenings_of
from campaign.submissions.views import PhotoView, photo_view, submission_document
from campaign.web.times import iso

BLIND = ("id", "caption", "place", "width", "height", "thumbhash", "dominant", "renditions")
"""What a judge is told about a photo."""


@dataclass(frozen=True, kw_only=True)
class SourceView:
    """Where photos come from: a category, or of an earlier round its best, all from a score on, or some by hand."""

    kind: SourceKind
    round: UUID | None
    title: str | None
    top: int | None
    least: float | None
    category: str | None
    picked: tuple[UUID, ...] | None
    reason: str | None

    @property
    def desk_url(self) -> str | None:
        return url_for("judging.desk_round", round_id=self.round) if self.round else None


class ReopeningView(NamedTuple):
    """A closing that did not last."""

    at: datetime
    reason: str
    closed_at: datetime
    seal: str


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
    scale: int
    list_size: int
    is_blind: bool
    tie_rule: TieRule
    seed: int
    quorum: int
    state: RoundStage
    panel_size: int
    chair: UUID | None
    ballots: int
    opened_at: datetime | None
    closes_at: datetime | None
    closed_at: datetime | None
    seal: str | None
    finished_at: datetime | None
    final_seal: str | None
    reopenings: tuple[ReopeningView, ...]

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
    about = _About(
        database_now(), ballots_in(ids), panel_sizes(ids), chairs_of(ids), reopenings_of(ids), picked_for(ids)
    )
    return [_round(one, about) for one in rounds]


def view_round(one: Round) -> RoundView:
    return view_rounds([one])[0]


class _About(NamedTuple):
    """What is asked once for all rounds of a page, by their ids."""

    now: datetime
    ballots: Mapping[UUID, int]
    sizes: Mapping[UUID, int]
    chairs: Mapping[UUID, UUID]
    reopenings: Mapping[UUID, Sequence[Reopening]]
    picked: Mapping[UUID, Sequence[UUID]]


def _round(one: Round, about: _About) -> RoundView:
    state = one.state_at(about.now)
    return RoundView(
        id=one.id,
        campaign_slug=one.campaign.slug,
        campaign_title=one.campaign.title,
        number=one.number,
        title=one.title,
        method=one.method,
        criteria=one.terms.criteria,
        source=_source(one, about.picked.get(one.id, ())),
        scale=one.scale,
        list_size=one.list_size,
        is_blind=one.is_blind,
        tie_rule=one.tie_rule,
        seed=one.seed,
        quorum=one.quorum,
        state=state,
        panel_size=about.sizes.get(one.id, 0),
        chair=about.chairs.get(one.id),
        ballots=about.ballots.get(one.id, 0),
        opened_at=one.opened_at,
        closes_at=one.closes_at,
        closed_at=one.closed_at or (one.closes_at if state is RoundStage.CLOSED else None),
        seal=one.seal,
        finished_at=one.finished_at,
        final_seal=one.final_seal,
        reopenings=tuple(
            ReopeningView(former.created_at, former.reason, former.closed_at, former.seal)
            for former in about.reopenings.get(one.id, ())
        ),
    )


def _source(one: Round, picked: Sequence[UUID]) -> SourceView | None:
    if one.source_kind is SourceKind.PUBLISHED:
        return None
    return SourceView(
        kind=one.source_kind,
        round=one.source_round_id,
        title=one.source.title if one.source else None,
        top=one.source_top,
        least=one.source_least,
        category=one.source_category,
        picked=tuple(picked) if one.source_kind is SourceKind.PICKED else None,
        reason=one.source_reason,
    )


def round_document(view: RoundView) -> dict[str, Any]:
    shown = {field.name: getattr(view, field.name) for field in dataclasses.fields(view)}
    times = {name: iso(shown[name]) or None for name in ("opened_at", "closes_at", "closed_at", "finished_at")}
    parts = {"criteria": [one._asdict() for one in view.criteria], "source": view.source and vars(view.source)}
    former = [{**one._asdict(), "at": iso(one.at), "closed_at": iso(one.closed_at)} for one in view.reopenings]
    return {**shown, **times, **parts, "reopenings": former, "campaign": view.campaign_slug}


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
