"""What a judge is shown of photos, and the documents of assignments: read as rows, as each vote asks for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from sqlalchemy import and_, bindparam, exists, func, or_, select

from campaign.db import db
from campaign.judging.allocation.handing import Waiting
from campaign.judging.methods import METHODS
from campaign.judging.methods.shape import Method, Terms, Word, photos_in
from campaign.judging.models import DeclaredConflict
from campaign.judging.voting.sitting import Sitting
from campaign.submissions.models import Photo, Rendition, Submission, SubmissionState
from campaign.submissions.renditions import absolute_url, public_url
from campaign.submissions.veil import is_veiled

_SHAPE = ("name", Rendition.name, "width", Rendition.width, "height", Rendition.height, "key", Rendition.key)
_SHAPES = select(func.json_agg(func.json_build_object(*_SHAPE))).where(Rendition.photo_id == Photo.id).scalar_subquery()
_IS_BARRED = exists().where(
    DeclaredConflict.judge_id == bindparam("judge"),
    DeclaredConflict.campaign_id == Submission.campaign_id,
    or_(
        DeclaredConflict.submission_id == Submission.id,
        and_(DeclaredConflict.fan_id.is_not(None), DeclaredConflict.fan_id == Submission.person_id),
    ),
)
SHOWN = (
    Submission.id.label("photo_id"),
    Submission.campaign_id,
    Submission.person_id,
    Submission.state,
    Submission.caption,
    Submission.place,
    Photo.width,
    Photo.height,
    Photo.thumbhash,
    Photo.dominant,
    _SHAPES.label("shapes"),
    _IS_BARRED.label("is_barred"),
)
"""The columns of `Shown`; needs the parameter `judge`."""
_PHOTOS = (
    select(*SHOWN)
    .join(Photo, Photo.submission_id == Submission.id)
    .where(Submission.id.in_(bindparam("photos", expanding=True)))
)


class Judged(Protocol):
    """A round, or a table of it: how it is judged."""

    @property
    def method(self) -> Method: ...

    @property
    def terms(self) -> Terms: ...


class Shown(NamedTuple):
    """A photo as a judge may look at it. `is_barred`: the judge declared a conflict with it."""

    id: UUID
    campaign_id: UUID
    person_id: UUID
    state: SubmissionState
    caption: str
    place: str
    width: int | None
    height: int | None
    thumbhash: str | None
    dominant: str | None
    shapes: list[dict[str, Any]] | None
    is_barred: bool


def photos_for(judge_id: UUID, photos: Sequence[UUID]) -> dict[UUID, Shown]:
    """These photos for a judge, in one statement."""
    rows = db.session.execute(_PHOTOS, {"photos": list(photos), "judge": judge_id})
    return {row.photo_id: Shown._make(row) for row in rows}


def assignment_document(
    judged: Judged,
    assignment_id: UUID,
    subject: str,
    shown: Mapping[UUID, Shown],
    word: Word | None = None,
    *,
    skipped: bool = False,
) -> dict[str, Any]:
    """What lies before a judge, with this judge's own word, and never whose photo it is."""
    written = METHODS[judged.method].write(word, judged.terms) if word else {}
    scores = word.scores if word else None
    return {
        "id": assignment_id,
        "submissions": [photo_document(shown[UUID(one)]) for one in photos_in(subject)],
        "stars": scores[0] if scores and len(scores) == 1 else None,
        **{name: written.get(name) for name in ("scores", "vote", "winner", "ranking")},
        "skipped": skipped,
    }


def waiting_documents(sitting: Sitting, waiting: Sequence[Waiting]) -> list[dict[str, Any]]:
    """Documents of what waits before the judge, in this order."""
    shown = photos_for(sitting.person_id, [photo for one in waiting for photo in one.photos]) if waiting else {}
    return [
        assignment_document(sitting, one.id, one.subject, shown, skipped=one.skipped_at is not None) for one in waiting
    ]


def photo_document(photo: Shown) -> dict[str, Any]:
    """A photo without its sender; without its words, too, where they are veiled from whoever asks."""
    veiled = is_veiled(photo)
    is_public = photo.state is SubmissionState.PUBLISHED
    shapes = sorted(photo.shapes or [], key=lambda shape: shape["width"])
    return {
        "id": str(photo.id),
        "caption": "" if veiled else photo.caption,
        "place": "" if veiled else photo.place,
        "width": photo.width,
        "height": photo.height,
        "thumbhash": photo.thumbhash,
        "dominant": photo.dominant,
        "renditions": [
            {
                "name": shape["name"],
                "width": shape["width"],
                "height": shape["height"],
                "url": absolute_url(public_url(shape["key"]) if is_public else f"/media/{shape['key']}"),
            }
            for shape in shapes
        ],
    }
