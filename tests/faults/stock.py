"""Taking stock after a fault: every row against what was sent, and every object against its row."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import func, select

from campaign.db import db
from campaign.jobs.models import Job, JobState
from campaign.submissions.models import Photo, Rendition, Submission, SubmissionState
from tests.faults.ground import House

LONGEST = 240.0
"""Seconds after which nothing is waited for any more."""
LOOK_AGAIN = 0.25
UNSETTLED = (SubmissionState.TICKETED, SubmissionState.RECEIVED)
SHOWN = (SubmissionState.READY, SubmissionState.PUBLISHED)


@dataclass
class Stock:
    """What became of the acknowledged submissions."""

    ready: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    """By reason: they ended, but no fault should have cost a good photo its place."""
    missing: list[UUID] = field(default_factory=list)
    """Not in the database, or still not at an end."""
    unlike: list[str] = field(default_factory=list)
    """Shown, with bytes that differ from what was sent or from what the row says."""
    strays: list[str] = field(default_factory=list)
    """Objects that no row names."""

    @property
    def lost(self) -> int:
        """How many good photos are not there as they were sent."""
        return len(self.missing) + len(self.unlike) + self.refused.total()


def sha256(data: bytes) -> str:
    """In hex, as rows have it."""
    return hashlib.sha256(data).hexdigest()


def waiting_photos() -> int:
    """How many acknowledged photos wait for their end now."""
    db.session.rollback()
    query = select(func.count()).select_from(Submission).where(Submission.state == SubmissionState.RECEIVED)
    return db.session.scalars(query).one()


def settle(since: float, *, kinds: Collection[str] = ("photo.process",), within: float = LONGEST) -> float:
    """Wait until no photo waits and no job of these kinds is left; seconds since `since` (of `time.monotonic`)."""
    busy = (
        select(func.count())
        .select_from(Job)
        .where(Job.kind.in_(kinds), Job.state.in_((JobState.DUE, JobState.RUNNING)))
    )
    deadline = max(since, time.monotonic()) + within
    while waiting_photos() or db.session.scalars(busy).one():
        if time.monotonic() > deadline:
            break
        time.sleep(LOOK_AGAIN)
    db.session.rollback()
    return max(0.0, time.monotonic() - since)


def take_stock(house: House, sent: Mapping[UUID, str]) -> Stock:
    """Compare. `sent` is the SHA-256 of what was sent with each submission, or "" where that does not matter."""
    db.session.rollback()
    db.session.expire_all()
    stock = Stock()
    rows = {row.id: row for row in db.session.scalars(select(Submission))}
    photos = {photo.submission_id: photo for photo in db.session.scalars(select(Photo))}
    renditions: dict[UUID, list[Rendition]] = {}
    for rendition in db.session.scalars(select(Rendition)):
        renditions.setdefault(rendition.photo_id, []).append(rendition)
    for submission_id, digest in sent.items():
        row = rows.get(submission_id)
        if row is None or row.state in UNSETTLED:
            stock.missing.append(submission_id)
        elif row.state in SHOWN:
            stock.ready += 1
            photo = photos[submission_id]
            stock.unlike += _unlike(house, photo, renditions.get(photo.id, []), digest)
        else:
            stock.refused[f"{row.state}: {row.reason}"] += 1
    stock.strays = _strays(house, photos.values(), renditions)
    db.session.rollback()
    return stock


def _unlike(house: House, photo: Photo, renditions: Collection[Rendition], digest: str) -> list[str]:
    """What is not as it should be with one photo that is shown."""
    wrong = []
    original = _read(house, photo.original_key)
    if sha256(original) != photo.sha256 or (digest and photo.sha256 != digest):
        wrong.append(f"original of {photo.id}")
    if not renditions:
        wrong.append(f"no rendition of {photo.id}")
    for rendition in renditions:
        found = _read(house, rendition.key)
        if (
            len(found) != rendition.bytes
            or found[:4] != b"RIFF"
            or int.from_bytes(found[4:8], "little") + 8 != len(found)
        ):
            wrong.append(rendition.key)
    return wrong


def _read(house: House, key: str | None) -> bytes:
    try:
        return (house.objects / str(key)).read_bytes()
    except OSError:
        return b""


def _strays(house: House, photos: Collection[Photo], renditions: Mapping[UUID, Collection[Rendition]]) -> list[str]:
    named = {rendition.key for some in renditions.values() for rendition in some}
    named |= {key for photo in photos for key in (photo.original_key, photo.card_key) if key}
    found = (
        path.relative_to(house.objects).as_posix()
        for folder in ("photos", "originals")
        for path in (house.objects / folder).rglob("*")
        if path.is_file() and path.name != ".keep"
    )
    return [key for key in found if key not in named]
