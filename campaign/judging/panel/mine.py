"""A judge's own ballots: what they said so far in a round, and what they put aside. Never anybody else's."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from campaign.db import db
from campaign.judging.methods.shape import Criterion, Method, Vote, Word
from campaign.judging.models import Assignment, AssignmentItem, Ballot, Mark, Round
from campaign.judging.queries import whole_assignments
from campaign.judging.views import AssignmentView, view_assignment
from campaign.judging.voting.seating import seated
from campaign.submissions.views import PhotoView
from campaign.web.pagination import Page, paginate

FAVOURITES = "favourites"
SKIPPED = "skipped"


class OwnBallot(NamedTuple):
    """One assignment with this judge's word on it, as people read it; None where it was put aside.

    `order` holds a ranking's photos by place: (place, photo), 1, 2, 2, 4; the rest without one. `winner` is
    the id of the photo that won a duel.
    """

    assignment: AssignmentView
    word: str | None
    at: datetime
    order: tuple[tuple[int | None, PhotoView], ...]
    winner: str | None = None


def filters_of(judged: Round) -> list[str]:
    """What a judge's ballots of this round can be narrowed to, beside nothing at all."""
    words = [vote.value for vote in (Vote.YES, Vote.MAYBE, Vote.NO)] if judged.method is Method.SHORTLIST else []
    if judged.method is Method.STARS and len(judged.criteria) == 1:
        words = [str(stars) for stars in range(judged.scale, 0, -1)]
    return [FAVOURITES, SKIPPED, *words]


def own_ballots(judged: Round, judge_id: UUID, only: str = "", cursor: str | None = None) -> Page[OwnBallot]:
    """A page of the judge's ballots, the latest first. `only` is one of `filters_of`; anything else narrows nothing."""
    mine = (Assignment.round_id == judged.id, Assignment.judge_id == judge_id)
    if only == SKIPPED:
        aside = select(Assignment).where(*mine, Assignment.skipped_at.is_not(None), ~Assignment.judged)
        skipped = paginate(aside, at=Assignment.skipped_at, cursor=cursor)
        shown = whole_assignments([one.id for one in skipped.items])
        return Page([_own(one, one.skipped_at or one.created_at) for one in shown], skipped.next_cursor)
    query = select(Ballot).join(Ballot.assignment).where(*mine, *_only(judged, judge_id, only))
    ballots = paginate(query, at=Ballot.cast_at, identity=Ballot.assignment_id, cursor=cursor)
    shown = whole_assignments([one.assignment_id for one in ballots.items])
    times = {one.assignment_id: one.cast_at for one in ballots.items}
    return Page([_own(one, times[one.id]) for one in shown], ballots.next_cursor)


def favourites_of(round_id: UUID, judge_id: UUID) -> list[UUID]:
    """The photos this judge keeps as favourites, the latest first."""
    query = select(Mark.submission_id).where(Mark.round_id == round_id, Mark.judge_id == judge_id, Mark.is_favourite)
    return list(db.session.scalars(query.order_by(Mark.marked_at.desc())))


def own_photos(round_id: UUID, judge_id: UUID, submission_ids: list[UUID]) -> dict[UUID, PhotoView]:
    """Of these, the photos that were put before this judge, as the judge may see them."""
    items = select(AssignmentItem.assignment_id).join(Assignment, Assignment.id == AssignmentItem.assignment_id)
    mine = (Assignment.round_id == round_id, Assignment.judge_id == judge_id)
    ids = db.session.scalars(items.where(*mine, AssignmentItem.submission_id.in_(submission_ids)).distinct())
    views = (view_assignment(one) for one in whole_assignments(list(ids)))
    photos = {photo.id: photo for view in views for photo in view.photos}
    return {one: photos[one] for one in submission_ids if one in photos}


def _only(judged: Round, judge_id: UUID, only: str) -> list[ColumnElement[bool]]:
    if only == FAVOURITES:
        stars = select(Mark.submission_id).where(Mark.round_id == judged.id, Mark.judge_id == judge_id)
        items = select(AssignmentItem.assignment_id)
        return [Assignment.id.in_(items.where(AssignmentItem.submission_id.in_(stars.where(Mark.is_favourite))))]
    if only not in filters_of(judged):
        return []
    if judged.method is Method.SHORTLIST:
        return [Ballot.vote == Vote(only)]
    return [func.coalesce(Ballot.scores[1], 0) == int(only)]


def _own(assignment: Assignment, at: datetime) -> OwnBallot:
    view = seated(view_assignment(assignment))
    word = assignment.ballot.word if assignment.ballot else None
    told = word_told(word, view.photos, assignment.round.terms.criteria) if word else None
    order = _order(word, view.photos) if word and word.ranking else ()
    return OwnBallot(view, told, at, order, word.winner if word else None)


def word_told(word: Word, photos: tuple[PhotoView, ...], criteria: tuple[Criterion, ...]) -> str:
    """The word as people read it: `yes`, `4 stars`, `Light 4, Story 5`, `the left one`, `in order`."""
    if word.vote is not None:
        return word.vote.value
    if word.scores is not None:
        if len(word.scores) == 1:
            return f"{word.scores[0]} star{'' if word.scores[0] == 1 else 's'}"
        return ", ".join(f"{one.name} {score}" for one, score in zip(criteria, word.scores, strict=True))
    if word.winner is not None:
        return "the left one" if str(photos[0].id) == word.winner else "the right one"
    return f"{sum(map(len, word.ranking or ()))} of {len(photos)} in order"


def _order(word: Word, photos: tuple[PhotoView, ...]) -> tuple[tuple[int | None, PhotoView], ...]:
    by_id = {str(photo.id): photo for photo in photos}
    order: list[tuple[int | None, PhotoView]] = []
    for tier in word.ranking or ():
        place = len(order) + 1
        order += [(place, by_id.pop(one)) for one in tier if one in by_id]
    return (*order, *((None, photo) for photo in by_id.values()))
