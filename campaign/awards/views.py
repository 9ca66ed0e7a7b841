"""Releases, rights and downloads as pages and programs see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import url_for

from campaign.awards.models import Answer, OriginalsDownload, Release, ReleaseWords
from campaign.awards.queries import newest_releases
from campaign.awards.releases import why_not_answer
from campaign.awards.rights import Right, Standing
from campaign.campaigns.views import CampaignView, view_campaigns
from campaign.clock import database_now
from campaign.judging.models import Award
from campaign.submissions.renditions import absolute_url
from campaign.submissions.views import PhotoView, photo_view, submission_document
from campaign.web.times import iso


@dataclass(frozen=True, kw_only=True)
class ReleaseView:
    """What one fan is asked. `closed` says why the answer cannot be given or changed any more, None while it can."""

    id: UUID
    photo: PhotoView
    campaign: CampaignView
    version: int
    text: str
    asked_at: datetime
    answer_by: datetime | None
    answer: Answer | None
    answered_at: datetime | None
    closed: str | None

    @property
    def url(self) -> str:
        return url_for("awards.release", release_id=self.id)


@dataclass(frozen=True, kw_only=True)
class RightView:
    """A chosen photo at the desk, and what its fan said."""

    photo: PhotoView
    award: Award
    place: int | None
    standing: Standing
    version: int | None
    asked_at: datetime | None
    answer_by: datetime | None
    answered_at: datetime | None
    earlier: Sequence[tuple[int, Standing, datetime | None]]

    @property
    def is_missing(self) -> bool:
        return self.standing is not Standing.ACCEPTED


def view_releases(releases: Sequence[Release]) -> list[ReleaseView]:
    """Views of releases that were loaded complete, with their campaigns."""
    now = database_now()
    campaigns = {release.campaign.id: release.campaign for release in releases}
    views = {view.id: view for view in view_campaigns(list(campaigns.values()))}
    newest = newest_releases([one.submission_id for one in releases])
    return [_release(one, views[one.campaign_id], why_not_answer(one, now, newest)) for one in releases]


def view_release(release: Release) -> ReleaseView:
    return view_releases([release])[0]


def release_document(release: Release) -> dict[str, Any]:
    view = view_release(release)
    return _release_document(view, release)


def release_documents(releases: Sequence[Release]) -> list[dict[str, Any]]:
    return [_release_document(view, one) for view, one in zip(view_releases(releases), releases, strict=True)]


def view_right(right: Right) -> RightView:
    release, earlier = right.release, right.earlier
    return RightView(
        photo=photo_view(right.submission),
        award=right.selection.award,
        place=right.selection.place,
        standing=right.standing,
        version=release.words.version if release else None,
        asked_at=release.created_at if release else None,
        answer_by=release.answer_by if release else None,
        answered_at=_answered_at(release),
        earlier=[(one.words.version, _standing(one), _answered_at(one)) for one in earlier],
    )


def right_document(right: Right) -> dict[str, Any]:
    view = view_right(right)
    times = {name: iso(getattr(view, name)) or None for name in ("asked_at", "answer_by", "answered_at")}
    earlier = [
        {"version": version, "standing": standing, "answered_at": iso(at) or None}
        for version, standing, at in view.earlier
    ]
    return {
        "submission": submission_document(right.submission),
        "award": view.award,
        "place": view.place,
        "rules_version": right.rules.version,
        "standing": view.standing,
        "version": view.version,
        **times,
        "earlier": earlier,
    }


def words_document(words: ReleaseWords) -> dict[str, Any]:
    return {"version": words.version, "text": words.text, "written_at": iso(words.created_at)}


def download_document(download: OriginalsDownload) -> dict[str, Any]:
    return {
        "id": download.id,
        "by": download.person.display_name if download.person else None,
        "at": iso(download.created_at),
        "bytes": download.bytes,
        "rights_sha256": download.rights_sha256,
        "photos": download.photos,
    }


def _release(release: Release, campaign: CampaignView, closed: str | None) -> ReleaseView:
    return ReleaseView(
        id=release.id,
        photo=photo_view(release.submission),
        campaign=campaign,
        version=release.words.version,
        text=release.words.text,
        asked_at=release.created_at,
        answer_by=release.answer_by,
        answer=release.answer.answer if release.answer else None,
        answered_at=_answered_at(release),
        closed=closed,
    )


def _release_document(view: ReleaseView, release: Release) -> dict[str, Any]:
    return {
        "id": view.id,
        "campaign": view.campaign.slug,
        "submission": submission_document(release.submission),
        "version": view.version,
        "text": view.text,
        "asked_at": iso(view.asked_at),
        "answer_by": iso(view.answer_by) or None,
        "answer": view.answer,
        "answered_at": iso(view.answered_at) or None,
        "closed": view.closed,
        "url": absolute_url(view.url),
    }


def _standing(release: Release) -> Standing:
    return Standing(release.answer.answer) if release.answer else Standing.WAITING


def _answered_at(release: Release | None) -> datetime | None:
    return release.answer.created_at if release is not None and release.answer is not None else None
