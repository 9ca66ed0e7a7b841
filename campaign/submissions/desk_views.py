"""A photo as the desk sees it: with whose it is, who looks at it, what was asked, and what is known about the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from campaign.accounts.actor import Actor
from campaign.submissions.desk_words import TOGETHER, Did, stands_of, told
from campaign.submissions.file_claims import FileClaims, claims_of
from campaign.submissions.mending import mendable
from campaign.submissions.models import Submission, SubmissionState
from campaign.submissions.moderation_queries import history_of, lately_decided_by, latest_batch, others_by_the_fan
from campaign.submissions.presence import Watcher, holder
from campaign.submissions.sight import sight_of
from campaign.submissions.views import PhotoView, photo_view
from campaign.web.times import plural

OTHERS = 5
HISTORY = 8
RECENT = 5


@dataclass(frozen=True, slots=True)
class Opinion:
    """Who asked the others what they think, and how."""

    by: str
    note: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskPhoto:
    """`held_by` is who else is meant to decide just now; `others` everybody else who has it open.

    `alike` is how many other photos of the campaign look like it.
    """

    photo: PhotoView
    stands: str
    sight: str
    assigned_to: UUID | None
    assigned_name: str
    is_mine: bool
    opinion: Opinion | None
    held_by: str
    others: tuple[str, ...]
    decided_by: str
    alike: int


@dataclass(frozen=True, slots=True)
class Other:
    """Another photo of the same fan."""

    id: UUID
    caption: str
    state: str
    stands: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a moderator may want to know before deciding. `bytes` is the file's length as the fan sent it."""

    format: str
    bytes: int
    filename: str
    others: tuple[Other, ...]
    others_count: int
    claims: FileClaims
    history: tuple[Did, ...]
    can_try_again: bool


@dataclass(frozen=True, slots=True)
class Undoable:
    """One decision, or several made together, that can be taken back."""

    label: str
    at: datetime
    submission_id: UUID | None = None
    batch_id: UUID | None = None


def desk_photo(
    submission: Submission, actor: Actor, watching: Sequence[Watcher], *, now: datetime | None = None, alike: int = 0
) -> DeskPhoto:
    """The view of a submission loaded with `DESK_WHOLE`."""
    held = holder(watching, actor)
    asked = submission.opinion_asked_at
    return DeskPhoto(
        photo=photo_view(submission, actor, now=now),
        stands=stands_of(submission),
        sight=sight_of(submission),
        assigned_to=submission.assigned_to,
        assigned_name=submission.assignee.display_name if submission.assignee else "",
        is_mine=submission.assigned_to is not None and submission.assigned_to == actor.person_id,
        opinion=Opinion(_name(submission), submission.opinion_note, asked) if asked else None,
        held_by=held.name if held else "",
        others=tuple(one.name for one in watching if one.person_id != actor.person_id),
        decided_by=submission.decider.display_name if submission.decider else "",
        alike=alike,
    )


def desk_photos(
    submissions: Iterable[Submission],
    actor: Actor,
    watching: Mapping[UUID, Sequence[Watcher]],
    *,
    now: datetime | None = None,
    alike: Mapping[UUID, int] | None = None,
) -> list[DeskPhoto]:
    counts = alike or {}
    return [
        desk_photo(one, actor, watching.get(one.id, ()), now=now, alike=counts.get(one.id, 0)) for one in submissions
    ]


def facts_of(submission: Submission) -> Facts:
    """In a fixed number of queries."""
    photo = submission.photo
    others, count = others_by_the_fan(submission, OTHERS)
    is_rejected = submission.state is SubmissionState.REJECTED
    return Facts(
        format=(photo.format or photo.content_type.removeprefix("image/")).upper(),
        bytes=photo.bytes or photo.declared_bytes,
        filename=photo.filename,
        others=tuple(Other(one.id, one.caption, one.state.value, stands_of(one)) for one in others),
        others_count=count,
        claims=claims_of(photo),
        history=tuple(told(entry) for entry in history_of(submission.id, HISTORY)),
        can_try_again=is_rejected and bool(mendable([submission.id])),
    )


def undoables(campaign_id: UUID, actor: Actor) -> list[Undoable]:
    """What this person decided lately, newest first; several decided together are one."""
    found = [
        Undoable(_label(one), one.decided_at, submission_id=one.id)
        for one in lately_decided_by(campaign_id, actor, RECENT)
        if one.decided_at is not None
    ]
    latest = latest_batch(campaign_id, actor)
    if latest is not None:
        batch, count = latest
        label = f"{TOGETHER[batch.action].capitalize()}: {plural(count, 'photo')} together"
        found.append(Undoable(label, batch.created_at, batch_id=batch.id))
    return sorted(found, key=lambda one: one.at, reverse=True)[:RECENT]


def _label(submission: Submission) -> str:
    what = "Published" if submission.state is SubmissionState.PUBLISHED else "Declined"
    return f"{what}: {submission.caption}"


def _name(submission: Submission) -> str:
    return submission.asker.display_name if submission.asker else "Somebody of the team"
