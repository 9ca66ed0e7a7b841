"""Photos sent twice: a fan's own collapse into the first, and others' are shown to moderators side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from campaign.db import db
from campaign.submissions.lookalikes import lookalikes
from campaign.submissions.models import Submission
from campaign.submissions.queries import WHOLE


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """Another submission whose photo looks the same.

    `distance` is in how many of 64 bits the two dHashes differ, 0 to `NEAR`; `is_same_file` says that the very same
    bytes were sent.
    """

    submission: Submission
    distance: int
    is_same_file: bool


def near_duplicates(submission: Submission, limit: int = 6) -> list[NearDuplicate]:
    """Others of the campaign that look like this one, loaded whole: nearest first, then the oldest.

    The fan's own are among them. None for a photo that is not with us. At most four queries.
    """
    found = lookalikes([submission.id]).get(submission.id, [])[:limit]
    if not found:
        return []
    query = select(Submission).where(Submission.id.in_([one.submission_id for one in found])).options(*WHOLE)
    others = {other.id: other for other in db.session.scalars(query).unique()}
    return [NearDuplicate(others[one.submission_id], one.distance, one.is_same_file) for one in found]


def count_near_duplicates(submission_ids: Sequence[UUID]) -> Mapping[UUID, int]:
    """For each of these submissions that has some, how many others of its campaign look like it, up to 24.

    Two queries, however many there are.
    """
    return {submission_id: len(found) for submission_id, found in lookalikes(submission_ids).items()}
