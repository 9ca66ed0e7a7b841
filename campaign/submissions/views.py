"""A photo as pages and programs see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from campaign.accounts.actor import Actor
from campaign.accounts.models import Person
from campaign.submissions.models import Submission, SubmissionState
from campaign.submissions.renditions import absolute_url, card_url, rendition_url
from campaign.submissions.veil import NEUTRAL, is_veiled
from campaign.submissions.words import reason_of
from campaign.web.times import iso
from uploads.drawing.placeholder import placeholder_url

BLANK = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="
"""One transparent pixel, where there is no picture yet or any more."""
UNLIT = "#22222c"

VEILED = {"caption": "", "place": "", "by": "", "card": None, "reason": None, "is_veiled": True}
"""What a program is given in the place of words that are hidden from whoever asks."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One rendition: its name, its size in pixels and its address."""

    name: str
    width: int
    height: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoView:
    """What a template needs. `width` and `height` are the upright photo's, None where there is no picture.

    `card` is the absolute address of the JPEG for previews of links, empty before there is one. Where `is_veiled`,
    whoever looks judges blind: the caption is a neutral one, place, name and card are empty, and there is no person.
    """

    id: UUID
    state: str
    caption: str
    place: str
    category: str
    by: str
    person: Person | None
    width: int | None
    height: int | None
    dominant: str
    thumbhash: str | None
    shapes: tuple[Shape, ...]
    card: str
    reason: str
    mine: bool
    sent_at: datetime
    ready_at: datetime | None
    published_at: datetime | None
    decided_at: datetime | None
    waiting_for: timedelta | None = None
    is_veiled: bool = False

    @property
    def url(self) -> str:
        return f"/photos/{self.id}"

    @property
    def placeholder(self) -> str:
        """A tiny picture as a `data:` address, made only where a page asks for it; empty before there is one."""
        return placeholder_url(self.thumbhash) if self.thumbhash else ""

    @property
    def alt(self) -> str:
        return f"{self.caption}, {self.place}" if self.place else self.caption

    @property
    def srcset(self) -> str:
        return ", ".join(f"{shape.url} {shape.width}w" for shape in self.shapes)

    def src(self, name: str | int) -> str:
        """The address of the rendition of this name or of the next smaller one; one clear pixel where there is none."""
        wanted = int(name)
        fitting = [shape for shape in self.shapes if int(shape.name) <= wanted] or list(self.shapes[:1])
        return fitting[-1].url if fitting else BLANK


def photo_view(submission: Submission, actor: Actor | None = None, *, now: datetime | None = None) -> PhotoView:
    """The view of a submission that was loaded whole; with `now`, it says how long it has waited for a person.

    Veiled from whoever judges it blind in the request that this is for (see `veil.py`).
    """
    photo = submission.photo
    is_waiting = now is not None and submission.state is SubmissionState.READY
    view = PhotoView(
        id=submission.id,
        state=submission.state.value,
        caption=submission.caption,
        place=submission.place,
        category=submission.category,
        by=submission.person.display_name,
        person=submission.person,
        width=photo.width if photo.renditions else None,
        height=photo.height if photo.renditions else None,
        dominant=photo.dominant or UNLIT,
        thumbhash=photo.thumbhash,
        shapes=_shapes(submission),
        card=card_url(submission),
        reason=reason_of(submission),
        mine=actor is not None and actor.person_id == submission.person_id,
        sent_at=submission.created_at,
        ready_at=submission.ready_at,
        published_at=submission.published_at,
        decided_at=submission.decided_at,
        waiting_for=now - (submission.ready_at or submission.created_at) if is_waiting and now else None,
    )
    return veiled(view) if is_veiled(submission) else view


def veiled(view: PhotoView) -> PhotoView:
    """The photo without a word of its fan's, and without what leads to them."""
    return replace(view, caption=NEUTRAL, place="", by="", person=None, card="", reason="", is_veiled=True)


def photo_views(
    submissions: Iterable[Submission], actor: Actor | None = None, *, now: datetime | None = None
) -> list[PhotoView]:
    return [photo_view(submission, actor, now=now) for submission in submissions]


def submission_document(submission: Submission) -> dict[str, Any]:
    """The submission as the API gives it: instants in UTC, addresses with their host.

    Veiled from whoever judges it blind in the request that this is for (see `veil.py`).
    """
    photo = submission.photo
    document = {
        "id": str(submission.id),
        "state": submission.state.value,
        "reason": reason_of(submission) or None,
        "reason_code": submission.reason if submission.state is SubmissionState.REJECTED else None,
        "caption": submission.caption,
        "place": submission.place,
        "category": submission.category,
        "by": submission.person.display_name,
        "width": photo.width,
        "height": photo.height,
        "thumbhash": photo.thumbhash,
        "dominant": photo.dominant,
        "renditions": [
            {"name": shape.name, "width": shape.width, "height": shape.height, "url": absolute_url(shape.url)}
            for shape in _shapes(submission)
        ],
        "card": card_url(submission) or None,
        "url": absolute_url(f"/photos/{submission.id}"),
        "sent_at": iso(submission.created_at),
        "published_at": iso(submission.published_at) or None,
        "is_veiled": False,
    }
    return document | VEILED if is_veiled(submission) else document


def _shapes(submission: Submission) -> tuple[Shape, ...]:
    return tuple(
        Shape(rendition.name, rendition.width, rendition.height, rendition_url(submission, rendition))
        for rendition in submission.photo.renditions
    )
