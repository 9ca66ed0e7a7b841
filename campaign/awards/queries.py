"""Reading releases and downloads. A release is its fan's alone; the desk reads them beside the chosen photos."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from campaign.accounts.actor import Actor
from campaign.accounts.permissions import About, can, require
from campaign.awards.models import OriginalsDownload, Release, ReleaseWords
from campaign.campaigns.models import Campaign
from campaign.db import db
from campaign.errors import NotFound, SignInNeeded
from campaign.submissions.models import Submission
from campaign.submissions.queries import WHOLE

COMPLETE: tuple[ORMOption, ...] = (
    joinedload(Release.words),
    selectinload(Release.answers),
    joinedload(Release.submission).options(*WHOLE),  # type: ignore[arg-type]  # all loaders
)
"""A release with its words, its answers and its photo, in a fixed number of queries."""


def release_of(actor: Actor, release_id: UUID) -> Release:
    """The release, for the fan who was asked; NotFound for everybody else, the desk too."""
    if not actor.is_signed_in:
        raise SignInNeeded("Sign in as the person who sent the photo, and the question is here.")
    campaigns = joinedload(Release.campaign).selectinload(Campaign.rules)
    query = select(Release).where(Release.id == release_id).options(*COMPLETE, campaigns)
    found = db.session.scalars(query).unique().one_or_none()
    if found is None or found.owner_id != actor.person_id:
        raise NotFound("There is no question here for you. Signing in as somebody else may help.")
    require(actor, "release.answer", found)
    return found


def may_answer_any(actor: Actor) -> bool:
    """Whether this actor may read and answer what they themselves are asked: a token's scope decides."""
    return can(actor, "release.answer", About(owner_id=actor.person_id))


def releases_to(person_id: UUID) -> Select[Release]:
    """What one fan was asked, with the campaigns; of several versions of words only the newest."""
    campaigns = joinedload(Release.campaign).selectinload(Campaign.rules)
    mine = select(Submission.id).where(Submission.person_id == person_id)
    newest = _newest().where(Release.submission_id.in_(mine))
    return select(Release).where(Release.id.in_(newest)).options(*COMPLETE, campaigns)


def newest_releases(submission_ids: Collection[UUID]) -> Collection[UUID]:
    """For each of these photos the release with the newest words."""
    return set(db.session.scalars(_newest().where(Release.submission_id.in_(submission_ids))))


def releases_of(submission_ids: Collection[UUID]) -> Mapping[UUID, Sequence[Release]]:
    """For each photo what its fan was asked, oldest words first."""
    query = (
        select(Release)
        .join(Release.words)
        .where(Release.submission_id.in_(submission_ids))
        .order_by(ReleaseWords.version)
        .options(joinedload(Release.words), selectinload(Release.answers))
    )
    found: dict[UUID, list[Release]] = {}
    for release in db.session.scalars(query).unique():
        found.setdefault(release.submission_id, []).append(release)
    return found


def words_of(campaign_id: UUID) -> Select[ReleaseWords]:
    """A campaign's versions of words."""
    return select(ReleaseWords).where(ReleaseWords.campaign_id == campaign_id)


def downloads_of(campaign_id: UUID) -> Select[OriginalsDownload]:
    """What was downloaded of a campaign, with who did it."""
    query = select(OriginalsDownload).where(OriginalsDownload.campaign_id == campaign_id)
    return query.options(joinedload(OriginalsDownload.person))


def _newest() -> Select[UUID]:
    """The ids of the releases with the newest words, one for each photo."""
    first = select(Release.id).join(Release.words).ext(distinct_on(Release.submission_id))
    return first.order_by(Release.submission_id, ReleaseWords.version.desc())
