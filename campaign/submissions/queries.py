"""Reading submissions. What is published is everybody's; the rest is its owner's and the desk's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select, tuple_
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from campaign.accounts.actor import Actor
from campaign.accounts.permissions import can
from campaign.campaigns.models import Campaign
from campaign.db import db
from campaign.errors import NotFound
from campaign.submissions.models import Photo, Submission, SubmissionState
from campaign.submissions.search import Wanted, matching

WHOLE: tuple[ORMOption, ...] = (
    joinedload(Submission.person),
    joinedload(Submission.photo).selectinload(Photo.renditions),
)
"""Everything a PhotoView needs, in two queries however many rows there are."""


WHOLE_AFTERWARDS: tuple[ORMOption, ...] = (
    selectinload(Submission.person),
    selectinload(Submission.photo).selectinload(Photo.renditions),
)
"""The same in queries of its own, for where many rows are sorted before a few are taken."""


def not_known() -> NotFound:
    """The one answer for what is not there and for what this person may not know of."""
    return NotFound("There is no photo here. It may have been taken back, or it was never on this address.")


def submission_of(submission_id: UUID) -> Submission:
    """The submission with its photo, renditions, person and campaign, as stored now. Raises NotFound."""
    query = select(Submission).where(Submission.id == submission_id).options(*WHOLE, joinedload(Submission.campaign))
    found = db.session.scalars(query.execution_options(populate_existing=True)).unique().one_or_none()
    if found is None:
        raise not_known()
    return found


def locked_submission(submission_id: UUID) -> Submission:
    """The submission with its row locked to the end of the transaction, read after the lock. Raises NotFound.

    Whoever only refers to it, such as a judge to whom it is handed, does not wait.
    """
    query = select(Submission).where(Submission.id == submission_id).with_for_update(key_share=True)
    found = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise not_known()
    return found


def may_see(actor: Actor, submission: Submission) -> bool:
    """Published photos are for everybody; others for who sent them and for the desk of their campaign."""
    return submission.state is SubmissionState.PUBLISHED or can(actor, "submission.view", submission)


def visible_submission(actor: Actor, submission_id: UUID) -> Submission:
    """The submission, or NotFound where there is none or this person may not know of it."""
    submission = submission_of(submission_id)
    if not may_see(actor, submission):
        raise not_known()
    return submission


def in_state(campaign_id: UUID, state: SubmissionState) -> Select[Submission]:
    """A campaign's submissions in one state, whole."""
    return select(Submission).where(Submission.campaign_id == campaign_id, Submission.state == state).options(*WHOLE)


def hung(campaign_id: UUID, wanted: Wanted) -> Select[Submission]:
    """What is wanted of a campaign's gallery, whole.

    Words are looked up by themselves, behind a fence: of a rare word the planner knows nothing, and walking along the
    gallery until enough photos match would then mean reading all of it.
    """
    if not wanted.q:
        return matching(in_state(campaign_id, SubmissionState.PUBLISHED), wanted)
    here = (Submission.campaign_id == campaign_id, Submission.state == SubmissionState.PUBLISHED)
    found = matching(select(Submission.id).where(*here), wanted).offset(0).correlate(None)
    return select(Submission).where(Submission.id.in_(found)).options(*WHOLE_AFTERWARDS)


def sent_by(person_id: UUID) -> Select[Submission]:
    """All that one person sent, with the campaigns and the photos kept in the place of duplicates."""
    campaigns = joinedload(Submission.campaign).selectinload(Campaign.rules)
    firsts = selectinload(Submission.duplicate_of)
    return select(Submission).where(Submission.person_id == person_id).options(*WHOLE, campaigns, firsts)


def newer_and_older(
    submission: Submission, wanted: Wanted | None = None
) -> tuple[Submission | None, Submission | None]:
    """The neighbours of a published photo in its gallery, among those wanted."""
    place = tuple_(Submission.published_at, Submission.id)
    here = tuple_(submission.published_at, submission.id)
    beside = hung(submission.campaign_id, wanted or Wanted())
    return _nearest(beside, place > here, newest_first=False), _nearest(beside, place < here, newest_first=True)


def counts_by_state(campaign_ids: Sequence[UUID]) -> Mapping[UUID, Mapping[str, int]]:
    """For each campaign, how many submissions are in each state; every state is named."""
    counts = {campaign_id: dict.fromkeys((state.value for state in SubmissionState), 0) for campaign_id in campaign_ids}
    query = (
        select(Submission.campaign_id, Submission.state, func.count())
        .where(Submission.campaign_id.in_(campaign_ids))
        .group_by(Submission.campaign_id, Submission.state)
    )
    for campaign_id, state, count in db.session.execute(query):
        counts[campaign_id][SubmissionState(state).value] = count
    return counts


def newest_published(campaign_ids: Sequence[UUID]) -> Mapping[UUID, Submission]:
    """For each campaign that has one, the photo published last."""
    # One step into the gallery's index for each campaign, however many photos hang there.
    newest = (
        select(Submission.id)
        .where(Submission.campaign_id == Campaign.id, Submission.state == SubmissionState.PUBLISHED)
        .order_by(Submission.published_at.desc(), Submission.id.desc())
        .limit(1)
        .correlate(Campaign)
        .scalar_subquery()
    )
    query = (
        select(Submission)
        .where(Submission.id.in_(select(newest).select_from(Campaign).where(Campaign.id.in_(campaign_ids))))
        .options(*WHOLE)
    )
    return {submission.campaign_id: submission for submission in db.session.scalars(query).unique()}


def _nearest(beside: Select[Submission], beyond: ColumnElement[bool], *, newest_first: bool) -> Submission | None:
    query = beside.where(beyond).limit(1)
    order = (Submission.published_at, Submission.id)
    query = query.order_by(*(column.desc() for column in order)) if newest_first else query.order_by(*order)
    return db.session.scalars(query).unique().one_or_none()
