"""Photos that look alike, side by side for whoever decides: who sent the other one, when, and how it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from campaign.accounts.models import Person
from campaign.db import db
from campaign.submissions.desk_words import stands_of, told_likeness
from campaign.submissions.duplicates import NearDuplicate, near_duplicates
from campaign.submissions.file_claims import FileClaims, claims_of
from campaign.submissions.models import Submission
from campaign.submissions.views import PhotoView, photo_view

MOST = 6
"""Others that are shown beside a photo."""
SENT_BEFORE_YOU = (
    "Another fan sent us this photo before you, and it can hang only once. Would you show us one that only you have?"
)
"""Offered as a reason beside the campaign's own, where that was so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """Another photo that looks like the one before us; `is_own` says that the same fan sent it.

    `likeness` is how alike they are in words; `distance` is in bits of 64, 0 for two that look the same.
    """

    submission: Submission
    photo: PhotoView
    stands: str
    decided_by: str
    is_own: bool
    likeness: str
    distance: int
    is_same_file: bool
    claims: FileClaims


def twins_of(submission: Submission) -> tuple[Twin, ...]:
    """The photos of the campaign that look like this one, nearest first. In a fixed number of queries."""
    found = near_duplicates(submission, MOST)
    names = _deciders(one.submission for one in found)
    return tuple(_twin(submission, one, names) for one in found)


def was_sent_before(submission: Submission | None, twins: Iterable[Twin]) -> bool:
    """Whether another fan was first with a photo that looks like this one."""
    return submission is not None and any(
        not twin.is_own and twin.submission.created_at < submission.created_at for twin in twins
    )


def _twin(submission: Submission, found: NearDuplicate, names: Mapping[UUID, str]) -> Twin:
    other = found.submission
    return Twin(
        submission=other,
        photo=photo_view(other),
        stands=stands_of(other),
        decided_by=names.get(other.decided_by, "") if other.decided_by else "",
        is_own=other.person_id == submission.person_id,
        likeness=told_likeness(found.distance, is_same_file=found.is_same_file),
        distance=found.distance,
        is_same_file=found.is_same_file,
        claims=claims_of(other.photo),
    )


def _deciders(submissions: Iterable[Submission]) -> Mapping[UUID, str]:
    """Who decided, by name; one query at most."""
    wanted = {one.decided_by for one in submissions if one.decided_by}
    if not wanted:
        return {}
    query = select(Person.id, Person.display_name).where(Person.id.in_(wanted))
    return {person_id: name for person_id, name in db.session.execute(query)}  # noqa: C416 -- rows are no pairs to mypy
